import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const noticesRoutes: RouteObject[] = [
  { path: paths.notices(':unitId'), lazy: () => import('./notices.screen.tsx') },
];
