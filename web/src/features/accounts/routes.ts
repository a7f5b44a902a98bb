import type { RouteObject } from 'react-router';
import { paths } from '../../paths.ts';

/** Open to everybody. */
export const signInRoutes: RouteObject[] = [
  { path: paths.signIn(), lazy: () => import('./sign-in.screen.tsx') },
  { path: paths.confirmMail(), lazy: () => import('./confirm-mail.screen.tsx') },
];

/** Of the own account, in no unit. */
export const ownAccountRoutes: RouteObject[] = [
  { path: paths.account(), lazy: () => import('./own-account.screen.tsx') },
];

export const accountsRoutes: RouteObject[] = [
  { path: paths.accounts(':unitId'), lazy: () => import('./accounts.screen.tsx') },
  { path: paths.audit(':unitId'), lazy: () => import('./audit.screen.tsx') },
];
