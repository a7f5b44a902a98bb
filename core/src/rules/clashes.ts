import { type RecordValues, type SetSpot, textOf } from './rule.ts';

/** Each later record of a group that clashes with an earlier one. */
export function clashes(
  records: readonly RecordValues[],
  keyOf: (record: RecordValues) => string,
  isClash: (earlier: RecordValues, later: RecordValues) => boolean,
  field: string,
): readonly SetSpot[] {
  const groups = new Map<string, number[]>();
  const spots: SetSpot[] = [];
  records.forEach((record, index) => {
    const key = keyOf(record);
    if (key === '') return;
    const group = groups.get(key);
    if (!group) {
      groups.set(key, [index]);
      return;
    }
    const first = group.find((earlier) => isClash(records[earlier] as RecordValues, record));
    group.push(index);
    if (first === undefined) return;
    const other = records[first] as RecordValues;
    spots.push({
      index,
      field,
      params: { other: textOf(other.fullName) || textOf(other.code), otherCode: textOf(other.code), otherIndex: first },
    });
  });
  return spots;
}
