export { describeTolerance } from './tolerance.ts';
