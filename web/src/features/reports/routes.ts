import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const reportsRoutes: RouteObject[] = [
  { path: paths.reports(':unitId'), lazy: () => import('./reports.screen.tsx') },
  { path: paths.report(':unitId', ':reportId'), lazy: () => import('./report.screen.tsx') },
];
