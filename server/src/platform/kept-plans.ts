// Connections that keep the plans of statements asked again and again, and that send together what need not be waited for: to plan
// a short statement costs more than to run it, and to wait for its answer costs both sides as much again.
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

const askedOften = 5;
const mostStatements = 500;
const longestList = 20;
/** Begins a statement whose answer nobody waits for. */
export const unansweredMark = '/* unanswered */ ';
/** They are sent with what follows, all in one piece, and what follows fails where they did. */
const isUnanswered = (text: string) =>
  text.startsWith(unansweredMark) || /^(begin$|set local |(release )?savepoint \w+$)/.test(text);

interface Statement {
  name: string;
  asked: number;
}

/** The same pool for Kysely. What is planned, kept and when, PostgreSQL decides: a plan without its values is kept only where it is no worse. */
export function keepingPlans(pool: pg.Pool): PostgresPool {
  const statements = new Map<string, Statement>();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client) ?? keepingClient(client, statements);
      clients.set(client, known);
      return known;
    },
  };
}

function keepingClient(client: pg.PoolClient, statements: Map<string, Statement>): PostgresPoolClient {
  const held: pg.QueryConfig[] = [];
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: string | PostgresCursor<unknown>, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('Results are not read by cursor.');
    const name = nameOf(statements, text, values);
    const asked: pg.QueryConfig = { ...(name && { name }), text, values: [...values] };
    if (client.pipeline && isUnanswered(text)) {
      held.push(asked);
      return Promise.resolve({ command: 'SET', rowCount: null, rows: [] });
    }
    const { stream } = client.connection;
    stream.cork();
    const before = held.splice(0).map((each) => client.query(each));
    const answer = client.query(asked);
    stream.uncork();
    if (before.length === 0) return answer;
    // What is taken back may have failed.
    return text.startsWith('rollback') ? allSettled(before, answer) : firstFailure(before, answer);
  }
  return { query, release: (destroy) => client.release(destroy) };
}

async function allSettled<T>(before: Promise<unknown>[], answer: Promise<T>): Promise<T> {
  await Promise.allSettled(before);
  return answer;
}

/** Of several statements of a transaction the first to fail says why; a commit after it answers as if nothing had happened. */
async function firstFailure<T>(before: Promise<unknown>[], answer: Promise<T>): Promise<T> {
  await Promise.allSettled([...before, answer]);
  await Promise.all(before);
  return answer;
}

/** Undefined for what is asked seldom, and for long lists of values: how long they are decides the plan. */
function nameOf(statements: Map<string, Statement>, text: string, values: readonly unknown[]): string | undefined {
  if (values.length === 0) return undefined;
  const lengths = values.filter((value) => Array.isArray(value)).map((list) => list.length);
  if (lengths.some((length) => length > longestList)) return undefined;
  const key = lengths.length > 0 ? `${text} ${lengths.join(' ')}` : text;
  let statement = statements.get(key);
  if (!statement) {
    if (statements.size === mostStatements) return undefined;
    statement = { name: `kept_${statements.size}`, asked: 0 };
    statements.set(key, statement);
  }
  statement.asked += 1;
  return statement.asked > askedOften ? statement.name : undefined;
}
