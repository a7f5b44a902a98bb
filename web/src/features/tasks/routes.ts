import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const tasksRoutes: RouteObject[] = [{ path: paths.home(':unitId'), lazy: () => import('./home.screen.tsx') }];
