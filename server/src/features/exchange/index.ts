export { programVersion, serveExchange } from './exchange.routes.ts';
