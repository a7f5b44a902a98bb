import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

/** Open to everybody. */
export const signInRoutes: RouteObject[] = [{ path: paths.signIn(), lazy: () => import('./sign-in.screen.tsx') }];

/** Of the own account, in no unit. */
export const ownAccountRoutes: RouteObject[] = [{ path: paths.account(), lazy: () => import('./own-account.screen.tsx') }];
