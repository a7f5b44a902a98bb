import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const collectionsRoutes: RouteObject[] = [
  { path: paths.collections(':unitId'), lazy: () => import('./collections.screen.tsx') },
  { path: paths.collectionBuilder(':unitId', ':collectionId'), lazy: () => import('./builder.screen.tsx') },
  { path: paths.collectionAnswer(':unitId', ':collectionId'), lazy: () => import('./answer.screen.tsx') },
  { path: paths.collection(':unitId', ':collectionId'), lazy: () => import('./result.screen.tsx') },
];
