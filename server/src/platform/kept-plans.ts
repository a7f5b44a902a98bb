// Connections that keep the plans of statements asked again and again: to plan a short statement costs more than to run it.
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

const askedOften = 5;
const mostStatements = 500;
const longestList = 20;
/** They answer nothing, and what follows fails where they did: they wait for it and are sent with it, all in one piece. */
const unanswered = /^(begin|set local .*|(release )?savepoint \w+)$/;

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
  const held: string[] = [];
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: string | PostgresCursor<unknown>, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('Results are not read by cursor.');
    if (client.pipeline && unanswered.test(text)) {
      held.push(text);
      return Promise.resolve({ command: 'SET', rowCount: null, rows: [] });
    }
    const { stream } = client.connection;
    stream.cork();
    for (const each of held.splice(0)) client.query(each).catch(() => undefined);
    const name = nameOf(statements, text, values);
    const answer = client.query(name ? { name, text, values: [...values] } : { text, values: [...values] });
    stream.uncork();
    return answer;
  }
  return { query, release: (destroy) => client.release(destroy) };
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
