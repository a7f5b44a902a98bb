import type { Endpoint } from './endpoint.ts';
import * as accounts from './accounts.ts';
import * as collectionAnswers from './collection-answers.ts';
import * as collections from './collections.ts';
import * as checks from './checks.ts';
import * as commendations from './commendations.ts';
import * as imports from './imports.ts';
import * as indicators from './indicators.ts';
import * as open from './open.ts';
import * as periods from './periods.ts';
import * as population from './population.ts';
import * as progress from './progress.ts';
import * as records from './records.ts';
import * as reminders from './reminders.ts';
import * as reports from './reports.ts';
import * as reviews from './reviews.ts';
import * as units from './units.ts';

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

/** Every endpoint of the API by its name, for OpenAPI and for the test that each is served. */
export const allEndpoints: Record<string, Endpoint> = Object.fromEntries([
  ...[
    accounts,
    checks,
    collections,
    collectionAnswers,
    indicators,
    population,
    units,
    imports,
    periods,
    reports,
    reviews,
    open,
    records,
    progress,
    reminders,
    commendations,
  ].flatMap((part) => Object.entries(part).filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1]))),
  ...Object.entries(records.recordEndpoints).flatMap(([kind, endpoints]) =>
    Object.entries(endpoints).map(([action, each]): [string, Endpoint] => [`${kind}.${action}`, each]),
  ),
]);
