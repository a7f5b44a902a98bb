// What background work asks of the database. It acts for no account: these functions are its only doors.
import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';

export interface Morning {
  day: string;
  at: Date;
  /** Days from a deadline on which it is said, where nobody set others. */
  usualDays: readonly number[];
}

export async function drawDeadlineNotices(tx: Tx, { day, at, usualDays }: Morning): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    select draw_deadline_notices(${day}, ${at}, ${usualDays}) as added`.execute(tx);
  return rows[0]!.added;
}

export async function drawReviewNotices(tx: Tx, { day, at, usualDays }: Morning): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    select draw_review_notices(${day}, ${at}, ${usualDays}) as added`.execute(tx);
  return rows[0]!.added;
}

export async function drawCollectionNotices(tx: Tx, { day, at, usualDays }: Morning): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    select draw_collection_notices(${day}, ${at}, ${usualDays}) as added`.execute(tx);
  return rows[0]!.added;
}

export async function drawDigests(tx: Tx, { day, at }: Morning): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    select draw_digests(${day}, ${at}) as added`.execute(tx);
  return rows[0]!.added;
}

/** Letters of all notices that have none yet. */
export async function postNewLetters(tx: Tx, day: string, at: Date): Promise<void> {
  await sql`select post_new_letters(${day}, ${at})`.execute(tx);
}

export interface LetterRow {
  unit_id: string;
  id: string;
  notice_id: string;
  address: string;
  unit_name: string;
  kind: string;
  content: unknown;
}

export async function takeLetters(tx: Tx, at: Date, most: number): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`select * from take_letters(${at}, ${most})`.execute(tx);
  return rows;
}

export async function settleLetter(
  tx: Tx,
  letter: Pick<LetterRow, 'unit_id' | 'id'>,
  fault: string | null,
  at: Date,
): Promise<void> {
  await sql`select settle_letter(${letter.unit_id}, ${letter.id}, ${fault}, ${at})`.execute(tx);
}

export async function takeConfirmations(
  tx: Tx,
  most: number,
): Promise<{ account_id: string; address: string; reader: string }[]> {
  const { rows } = await sql<{ account_id: string; address: string; reader: string }>`
    select * from take_confirmations(${most})`.execute(tx);
  return rows;
}

export async function settleConfirmation(tx: Tx, accountId: string, address: string, isSent: boolean): Promise<void> {
  await sql`select settle_confirmation(${accountId}, ${address}, ${isSent})`.execute(tx);
}
