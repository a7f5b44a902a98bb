// Faults that another try may not meet: a lost connection, a server that stops, too many connections, a deadlock.
import pg from 'pg';

const passingClasses = ['08', '40', '53', '57'];
const passingCodes = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'];

export function isPassing(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return passingClasses.includes(error.code?.slice(0, 2) ?? '');
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return passingCodes.includes(code) || error.message.startsWith('Connection terminated');
}

/** Somebody else stored or removed, between our looking and our writing, what now stands in the way. */
export function isRace(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '23505' || error.code === '23503');
}
