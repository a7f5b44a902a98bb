import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const checksRoutes: RouteObject[] = [
  { path: paths.checks(':unitId'), lazy: () => import('./checks.screen.tsx') },
  { path: paths.findings(':unitId'), lazy: () => import('./findings.screen.tsx') },
];
