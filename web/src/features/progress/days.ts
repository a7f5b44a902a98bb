const furthest = 60;
const most = 20;

/** "-7, -3, 1" as days from a deadline, in order; null where it is anything else. Empty text: no days. */
export function parseDays(text: string): number[] | null {
  const parts = text
    .split(/[,;\s]+/)
    .map((part) => part.replace('−', '-').replace(/^\+/, ''))
    .filter((part) => part !== '');
  if (!parts.every((part) => /^-?\d{1,2}$/.test(part))) return null;
  const days = [...new Set(parts.map(Number))].toSorted((a, b) => a - b);
  return days.length <= most && days.every((day) => Math.abs(day) <= furthest) ? days : null;
}
