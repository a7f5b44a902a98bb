import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

export const unitsRoutes: RouteObject[] = [{ path: paths.units(':unitId'), lazy: () => import('./units.screen.tsx') }];
