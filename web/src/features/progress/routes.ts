import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const progressRoutes: RouteObject[] = [
  { path: paths.progress(':unitId'), lazy: () => import('./progress.screen.tsx') },
];
