// A second transaction of one piece of work, so that two processes of the database share it. The first transaction decides: the
// branch is prepared before the first commits, which no crash undoes, and committed after it. What a killed program leaves
// behind in between is settled by what the first one decided.
import { sql, type ControlledTransaction } from 'kysely';
import pg from 'pg';
import type { Permission } from '@khuevan/core/permissions.ts';
import { enterScope, type Actor, type Database, type Tx } from './database.ts';
import type { DB } from './tables.generated.ts';

export interface Branch {
  tx: Tx;
  /** Holds what was written, come what may. The first transaction may commit now. */
  prepare(): Promise<void>;
  /** The first transaction has committed. */
  commit(): Promise<void>;
  /** The first transaction will not commit. */
  abandon(): Promise<void>;
}

export interface BranchScope {
  actor: Actor;
  unitId: string;
  permission: Permission;
  auditId: string;
}

/** Longer than any statement of another writer: two transactions of one program could wait for each other unseen. */
const lockTimeout = '60s';

const nameOf = (work: string): string => {
  if (!/^[0-9a-f-]{36}$/.test(work)) throw new TypeError('not an id');
  return `khuevan-${work}`;
};

/** Servers allow no prepared transactions unless they are told to (max_prepared_transactions). */
export async function canBranch({ db }: Database): Promise<boolean> {
  const { rows } = await sql<{
    most: number;
  }>`select current_setting('max_prepared_transactions')::integer as most`.execute(db);
  return rows[0]!.most > 0;
}

/** `work` is the id of what is done; one branch of it at a time. */
export async function openBranch(
  database: Database,
  { actor, unitId, permission, auditId }: BranchScope,
  work: string,
): Promise<Branch> {
  const name = nameOf(work);
  const tx: ControlledTransaction<DB> = await database.db.startTransaction().execute();
  let isPrepared = false;
  const branch: Branch = {
    tx,
    async prepare() {
      await sql.raw(`prepare transaction '${name}'`).execute(tx);
      isPrepared = true;
      // Only gives the connection back: the transaction is no longer this session's.
      await tx.rollback().execute();
    },
    commit: () => settleBranch(database, work, true),
    abandon: () => (isPrepared ? settleBranch(database, work, false) : tx.rollback().execute()),
  };
  try {
    await enterScope(tx, actor, unitId, permission, auditId);
    await sql.raw(`set local lock_timeout = '${lockTimeout}'`).execute(tx);
  } catch (error) {
    await branch.abandon();
    throw error;
  }
  return branch;
}

const unknownTransaction = '42704';

/** Ends a branch that waits, if there is one, as the first transaction of the work was decided. */
export async function settleBranch({ db }: Database, work: string, isCommitted: boolean): Promise<void> {
  try {
    await sql.raw(`${isCommitted ? 'commit' : 'rollback'} prepared '${nameOf(work)}'`).execute(db);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === unknownTransaction)) throw error;
  }
}
