export { serveUnits } from './units.routes.ts';
