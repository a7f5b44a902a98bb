import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const commendationsRoutes: RouteObject[] = [
  { path: paths.commendations(':unitId'), lazy: () => import('./commendations.screen.tsx') },
  { path: paths.commendation(':unitId', ':ofUnitId'), lazy: () => import('./commendation.screen.tsx') },
];
