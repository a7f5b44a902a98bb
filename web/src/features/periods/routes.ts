import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const periodsRoutes: RouteObject[] = [
  { path: paths.periods(':unitId'), lazy: () => import('./periods.screen.tsx') },
];
