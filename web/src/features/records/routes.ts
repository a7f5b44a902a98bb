import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const recordsRoutes: RouteObject[] = [
  { path: paths.records(':unitId', ':collection'), lazy: () => import('./sheet.screen.tsx') },
  { path: paths.profile(':unitId'), lazy: () => import('./profile.screen.tsx') },
];
