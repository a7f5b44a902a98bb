export { loadReferences } from './load.ts';
