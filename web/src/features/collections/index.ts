export { AskedPanel } from './asked-panel.tsx';
