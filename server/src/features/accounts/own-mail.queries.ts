import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { MailLink } from './mail-link.ts';

interface OwnMailRow {
  email: string | null;
  wants_mail: boolean;
  confirmed_at: Date | null;
  ask: 'waiting' | 'sending' | 'sent' | 'failed' | null;
  asked_at: Date | null;
}

export async function selectOwnMail(tx: Tx): Promise<OwnMailRow> {
  const { rows } = await sql<OwnMailRow>`select * from own_mail()`.execute(tx);
  return rows[0]!;
}

/** False where a letter would be one too many. */
export async function setOwnMail(tx: Tx, email: string | null, wantsMail: boolean, at: Date): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select set_own_mail(${email}, ${wantsMail}, ${at}) as may`.execute(tx);
  return rows[0]!.may;
}

export async function askOwnConfirmation(tx: Tx, at: Date): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select ask_own_confirmation(${at}) as may`.execute(tx);
  return rows[0]!.may;
}

export async function confirmAddress(
  tx: Tx,
  { accountId, email }: MailLink,
  at: Date,
): Promise<{ unit_id: string; reader: string; is_news: boolean } | undefined> {
  const { rows } = await sql<{ unit_id: string; reader: string; is_news: boolean }>`
    select * from confirm_mail(${accountId}, ${email}, ${at})`.execute(tx);
  return rows[0];
}
