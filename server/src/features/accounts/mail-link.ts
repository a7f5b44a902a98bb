// The link by which a reader confirms an e-mail address: it says which account, which address and until when, and is signed. Nothing of it is
// stored; with another address, or after its day, it is worth nothing.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secrets } from '#platform/secrets.ts';

export interface MailLink {
  accountId: string;
  email: string;
}

const linkLifeMs = 24 * 60 * 60_000;
const content = z.object({ accountId: z.uuid(), email: z.string(), until: z.number() });

const signatureOf = (secrets: Secrets, text: string): Buffer =>
  createHmac('sha256', secrets.derive('e-mail confirmation')).update(text).digest();

export function sealMailLink(secrets: Secrets, { accountId, email }: MailLink, at: Date): string {
  const text = Buffer.from(JSON.stringify({ accountId, email, until: at.getTime() + linkLifeMs })).toString(
    'base64url',
  );
  return `${text}.${signatureOf(secrets, text).toString('base64url')}`;
}

/** What the link confirms; null where it was not made here, or is too old. */
export function openMailLink(secrets: Secrets, token: string, at: Date): MailLink | null {
  const [text = '', signature = ''] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(secrets, text);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const { accountId, email, until } = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return at.getTime() < until ? { accountId, email } : null;
}
