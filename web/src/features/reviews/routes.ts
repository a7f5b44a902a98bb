import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const reviewsRoutes: RouteObject[] = [
  { path: paths.board(':unitId'), lazy: () => import('./board.screen.tsx') },
  { path: paths.reviews(':unitId'), lazy: () => import('./reviews.screen.tsx') },
  { path: paths.review(':unitId', ':reportUnitId', ':reportId'), lazy: () => import('./review.screen.tsx') },
  { path: paths.aggregate(':unitId'), lazy: () => import('./aggregate.screen.tsx') },
];
