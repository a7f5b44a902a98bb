import { listKinds } from '@khuevan/core/records/kinds.ts';
import type { accountsText } from '../../text/accounts.ts';
import type { Language } from '../../preferences.ts';

type AuditWords = (typeof accountsText)['vi'];

/** What an entry of the audit log says was done; its code where there is no word for it. */
export function wordOfAction(action: string, words: AuditWords, language: Language): string {
  const known = (words.auditActions as Record<string, string>)[action];
  if (known) return known;
  const [collection, verb = ''] = action.split('.');
  const kind = listKinds.find((each) => each.collection === collection);
  const word = (words.auditVerbs as Record<string, string>)[verb];
  return kind && word ? words.auditOf(word, kind.label[language].toLocaleLowerCase(language)) : action;
}

/** Details on one line: names and values, short. */
export function showDetail(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ');
}
