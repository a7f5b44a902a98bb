export { LateReason } from './late-reason.tsx';
