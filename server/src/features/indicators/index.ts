export { type LibraryLine, workOutLibrary } from './comparison.actions.ts';
export { describeIndicator } from './indicators.actions.ts';
export { serveIndicators } from './indicators.routes.ts';
