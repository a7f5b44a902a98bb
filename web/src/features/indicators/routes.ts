import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const indicatorsRoutes: RouteObject[] = [
  { path: paths.indicators(':unitId'), lazy: () => import('./indicators.screen.tsx') },
  { path: paths.indicator(':unitId', ':slug'), lazy: () => import('./indicator.screen.tsx') },
  { path: paths.population(':unitId'), lazy: () => import('./population.screen.tsx') },
];
