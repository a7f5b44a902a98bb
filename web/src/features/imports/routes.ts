import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const importsRoutes: RouteObject[] = [
  { path: paths.imports(':unitId'), lazy: () => import('./imports.screen.tsx') },
  { path: paths.import(':unitId', ':importId'), lazy: () => import('./import.screen.tsx') },
];
