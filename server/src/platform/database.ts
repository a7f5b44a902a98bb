// The one door to the database. A request opens one transaction, inside one unit; who may see which rows is decided by the
// database from then on (db/migrations/0020_access.sql).
import { CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { ProblemError } from '@khuevan/core/problems.ts';
import { permissionsOf, type Permission, type Role, type UnitKind } from '@khuevan/core/permissions.ts';
import { now, today } from './clock.ts';
import { newId } from './ids.ts';
import { keepingPlans, unansweredMark } from './kept-plans.ts';
import type { DB } from './tables.generated.ts';

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

export interface Actor {
  accountId: string;
  name: string;
}

export interface ReachingMembership {
  unitId: string;
  unitKind: UnitKind;
  role: Role;
  /** Levels of education it is limited to; null is all. */
  levels: string[] | null;
}

/** What the actor may do in the unit of this transaction. */
export interface Access {
  actor: Actor;
  unitId: string;
  memberships: ReachingMembership[];
  /** Whether a membership gives the permission; `fromAbove` asks for one held in a unit above this one. */
  may(permission: Permission, options?: { fromAbove?: boolean; level?: string }): boolean;
}

/** What the audit log will say; actions add what they learn on the way. */
export interface AuditNote {
  id: string;
  action: string;
  subjectKind?: string;
  subjectId?: string;
  detail: Record<string, unknown>;
}

/** What a transaction sees: the unit and all below it, or, for what concerns the unit alone, nothing else. */
export type Reach = 'below' | 'alone';

export interface Reading {
  tx: Tx;
  access: Access;
}
export interface Writing extends Reading {
  audit: AuditNote;
}

export interface Database {
  /** Without scope: sees shared tables only. For sign-in, public pages and jobs' bookkeeping. */
  db: Db;
  pool: pg.Pool;
  read<T>(
    actor: Actor,
    unitId: string,
    permission: Permission,
    work: (reading: Reading) => Promise<T>,
    reach?: Reach,
  ): Promise<T>;
  /** One request, one transaction, one audit entry. */
  write<T>(
    actor: Actor,
    unitId: string,
    permission: Permission,
    action: string,
    work: (writing: Writing) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

export function appUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = 'khuevan_app';
  url.password = password;
  return url.href;
}

export function createDatabase(url: string, options: { connections?: number } = {}): Database {
  pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 16,
    application_name: 'khuevan',
    pipeline: true,
  });
  // An idle connection that breaks must not end the program; the next query opens a new one.
  pool.on('error', () => undefined);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: keepingPlans(pool) }) });

  return {
    db,
    pool,
    read: (actor, unitId, permission, work, reach) =>
      db
        .transaction()
        .execute(async (tx) => work({ tx, access: await enterScope(tx, actor, unitId, permission, null, reach) })),
    write: (actor, unitId, permission, action, work) =>
      retryingDeadlocks(() =>
        db.transaction().execute(async (tx) => {
          const audit: AuditNote = { id: newId(), action, detail: {} };
          const access = await enterScope(tx, actor, unitId, permission, audit.id);
          const result = await work({ tx, access, audit });
          await appendAudit(tx, actor, unitId, audit);
          return result;
        }),
      ),
    close: () => db.destroy(),
  };
}

export async function enterScope(
  tx: Tx,
  actor: Actor,
  unitId: string,
  permission: Permission,
  auditId: string | null,
  reach: Reach = 'below',
): Promise<Access> {
  const { rows } = await sql<{
    membership_unit: string;
    membership_kind: UnitKind;
    role: Role;
    levels: string[] | null;
  }>`
    select * from enter_scope(${actor.accountId}, ${unitId}, ${today()}, ${reach === 'alone'}, ${auditId})`.execute(tx);
  // Outside the actor's reach looks the same as not existing.
  if (rows.length === 0) throw new ProblemError('not_found');
  const memberships = rows.map((row) => ({
    unitId: row.membership_unit,
    unitKind: row.membership_kind,
    role: row.role,
    levels: row.levels,
  }));
  const may: Access['may'] = (asked, { fromAbove = false, level } = {}) =>
    memberships.some(
      (each) =>
        permissionsOf(each.role, each.unitKind).has(asked) &&
        (!fromAbove || each.unitId !== unitId) &&
        (level === undefined || each.levels === null || each.levels.includes(level)),
    );
  if (!may(permission)) throw new ProblemError('forbidden');
  // The ministry's own unit reaches every unit and no person (app.scope); the role ends with the transaction.
  if (reach === 'below' && memberships.some((each) => each.unitKind === 'ministry' && each.unitId === unitId))
    await sql`set local role khuevan_nation`.execute(tx);
  return { actor, unitId, memberships, may };
}

/**
 * For statements that join many rows of a school. A policy and a condition on the same school look to the planner like two
 * filters: it expects one row, and joins a school's pupils with each other in a nested loop. Hash joins are right whatever the
 * number.
 */
export async function withoutNestedLoops<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  if (joiningMany.has(tx)) return work();
  joiningMany.add(tx);
  try {
    await sql`set local enable_nestloop = off`.execute(tx);
    const result = await work();
    await sql`set local enable_nestloop = default`.execute(tx);
    return result;
  } finally {
    joiningMany.delete(tx);
  }
}

/**
 * For statements that are answered in the order of an index. Expecting one row, the planner finds it as cheap to fetch all rows of a
 * school again and again and to sort them; which of the two it takes would change with every analyze.
 */
export async function withoutSorting<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`set local enable_sort = off`.execute(tx);
  const result = await work();
  await sql`set local enable_sort = default`.execute(tx);
  return result;
}

/**
 * For statements that count the records of hundreds of schools: joined and grouped in memory. Expecting few rows and little memory,
 * the planner would sort them on disk.
 */
export async function withLargeHashes<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  return withoutNestedLoops(tx, () =>
    withoutSorting(tx, async () => {
      await sql`set local work_mem = '64MB'`.execute(tx);
      const result = await work();
      await sql`set local work_mem = default`.execute(tx);
      return result;
    }),
  );
}

/** Transactions that are in it already. */
const joiningMany = new WeakSet<Tx>();

/**
 * For long statements on one school, asked of school after school: planned once for all of them, because to plan them takes longer
 * than to run them. Such a plan knows no number of rows, and only a hash join is right whatever it is.
 */
export async function withOnePlan<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  return withoutNestedLoops(tx, async () => {
    await sql`set local plan_cache_mode = force_generic_plan`.execute(tx);
    const result = await work();
    await sql`set local plan_cache_mode = default`.execute(tx);
    return result;
  });
}

/** For statements that are asked of a commune and of the country: planned anew each time, because one plan for both is right for neither. */
export async function withFreshPlan<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`set local plan_cache_mode = force_custom_plan`.execute(tx);
  const result = await work();
  await sql`set local plan_cache_mode = default`.execute(tx);
  return result;
}

/** Writes without waiting: sent with the next statement of the transaction, which fails where this one did. */
export async function writeUnanswered(tx: Tx, { sql: text, parameters }: CompiledQuery): Promise<void> {
  await tx.executeQuery(CompiledQuery.raw(unansweredMark + text, [...parameters]));
}

export async function appendAudit(tx: Tx, actor: Actor, unitId: string, audit: AuditNote): Promise<void> {
  const appending = sql`select append_audit(${unitId}, ${audit.id}, ${now()}, ${actor.accountId}, ${actor.name}, ${audit.action},
    ${audit.subjectKind ?? null}, ${audit.subjectId ?? null}, ${JSON.stringify(audit.detail)}::jsonb)`;
  await writeUnanswered(tx, appending.compile(tx));
}

async function retryingDeadlocks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001');
      if (!mayPass || attempt === 3) throw error;
    }
  }
}
