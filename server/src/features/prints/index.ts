export { servePrints } from './prints.routes.ts';
