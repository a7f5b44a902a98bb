import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const printsRoutes: RouteObject[] = [
  { path: paths.print(':unitId', ':reportId'), lazy: () => import('./print.screen.tsx') },
  { path: paths.aggregatePrint(':unitId'), lazy: () => import('./aggregate-print.screen.tsx') },
];

/** For everybody, without the frame. */
export const checkRoutes: RouteObject[] = [
  { path: paths.check(), lazy: () => import('./check.screen.tsx') },
  { path: paths.check(':code'), lazy: () => import('./check.screen.tsx') },
];
