import { listKinds } from '@khuevan/core/records/kinds.ts';
import { formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import type { Language } from '../../preferences.ts';
import type { accountsText } from '../../text/accounts.ts';

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

/** Details on one line: names and values, short; nothing is said of what did not happen. */
export function showDetail(detail: Record<string, unknown>, words: AuditWords): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== 0)
    .map(([key, value]) => `${(words.auditDetails as Record<string, string>)[key] ?? key}: ${showValue(key, value)}`)
    .join('; ');
}

function showValue(key: string, value: unknown): string {
  if (key === 'schoolYear' && typeof value === 'number') return formatSchoolYear(value);
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
