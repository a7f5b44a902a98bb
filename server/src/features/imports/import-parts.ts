import type { Config } from '#platform/config.ts';
import type { Actor, Database } from '#platform/database.ts';
import type { Secrets } from '#platform/secrets.ts';

/** What background work is given. */
export interface WorkParts {
  database: Database;
  secrets: Secrets;
  config: Config;
}

/** Acts as the person who asked, so that the same scope holds. */
export interface ImportJob {
  unitId: string;
  importId: string;
  actor: Actor;
}

/** Somebody else did the work, or it is no longer wanted. */
export class NothingToDo extends Error {}
