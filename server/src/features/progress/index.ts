export { findAskedPeriod } from './progress.actions.ts';
export { serveProgress } from './progress.routes.ts';
