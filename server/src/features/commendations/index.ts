export { serveCommendations } from './commendations.routes.ts';
