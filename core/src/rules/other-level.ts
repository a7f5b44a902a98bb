import { codeName } from '../codes/index.ts';
import type { RecordKindName } from '../records/field.ts';
import { fieldOf, recordKinds } from '../records/kinds.ts';
import { levelOfRecord } from './grades.ts';
import { isGiven, kept, type RecordRule } from './rule.ts';

type LevelKind = Extract<RecordKindName, 'class' | 'student' | 'staff' | 'room'>;

/** A field of some levels that a record of another level states: no form counts it there. `judged` have rules of their own. */
export function otherLevelRule(kind: LevelKind, source: string, judged: readonly string[] = []): RecordRule {
  const limited = recordKinds[kind].fields.flatMap(({ key, levels }) =>
    levels && !judged.includes(key) ? [{ key, levels }] : [],
  );
  const labelOf = (key: string | undefined) => fieldOf(recordKinds[kind], key ?? '').label;
  return {
    id: `${kind}_other_level`,
    kind,
    severity: 'error',
    source,
    title: { vi: 'Thông tin không có ở cấp học này', en: 'A value that the level does not have' },
    message: ({ field, params: p = {} }) => ({
      vi: `“${labelOf(field).vi}” không dùng cho cấp ${codeName('level', String(p.level), 'vi')}. Xóa ô này, hoặc sửa khối, cấp học.`,
      en: `“${labelOf(field).en}” is not used at the level ${codeName('level', String(p.level), 'en')}. Clear the cell, or correct the grade or level.`,
    }),
    // Where the school teaches none of the field's levels nobody sees it, so nobody could clear it.
    check: (record, { levels: taught }) => {
      const level = levelOfRecord(record);
      if (level === undefined) return kept;
      const stated = limited.filter(
        ({ key, levels }) =>
          !levels.includes(level) &&
          isGiven(record[key]) &&
          record[key] !== false &&
          levels.some((each) => taught.includes(each)),
      );
      return stated.length === 0 ? kept : stated.map(({ key }) => ({ field: key, params: { level } }));
    },
  };
}
