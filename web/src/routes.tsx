import type { RouteObject } from 'react-router';
import { accountsRoutes, ownAccountRoutes, signInRoutes } from './features/accounts/routes.ts';
import { collectionsRoutes } from './features/collections/routes.ts';
import { checksRoutes } from './features/checks/routes.ts';
import { importsRoutes } from './features/imports/routes.ts';
import { indicatorsRoutes } from './features/indicators/routes.ts';
import { recordsRoutes } from './features/records/routes.ts';
import { checkRoutes, printsRoutes } from './features/prints/routes.ts';
import { periodsRoutes } from './features/periods/routes.ts';
import { reportsRoutes } from './features/reports/routes.ts';
import { reviewsRoutes } from './features/reviews/routes.ts';
import { tasksRoutes } from './features/tasks/routes.ts';
import { unitsRoutes } from './features/units/routes.ts';
import { NotFound, RouteFailure } from './route-failure.tsx';
import { AccountShell, StartRedirect, UnitShell } from './shell.tsx';
import { paths } from './paths.ts';

/** Screens of a unit, inside the frame. A feature adds its array here; each screen is loaded when it is opened. */
const unitRoutes: RouteObject[] = [
  ...tasksRoutes,
  ...recordsRoutes,
  ...importsRoutes,
  ...unitsRoutes,
  ...accountsRoutes,
  ...reportsRoutes,
  ...printsRoutes,
  ...reviewsRoutes,
  ...periodsRoutes,
  ...indicatorsRoutes,
  ...collectionsRoutes,
  ...checksRoutes,
];

/** Screens for everybody, without the frame. */
const openRoutes: RouteObject[] = [...signInRoutes, ...checkRoutes];

export const routes: RouteObject[] = [
  {
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <></>,
    children: [
      { path: paths.start(), element: <StartRedirect /> },
      ...openRoutes,
      { element: <AccountShell />, children: [{ errorElement: <RouteFailure />, children: ownAccountRoutes }] },
      {
        element: <UnitShell />,
        children: [
          { errorElement: <RouteFailure />, children: unitRoutes },
          { path: `${paths.home(':unitId')}/*`, element: <NotFound /> },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
];
