// What is known of all good rows of a file so far: how many there are of each school, and whether two of them may say the same
// record or person. Nearly no file has such rows; only where it may have them are they looked for among the waiting rows, which
// costs a good part of a second for a large file.
import type { RecordKind } from '@khuevan/core/records/field.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { Digest, DigestSet } from './digest-set.ts';

interface Key {
  fields: string[];
  /** Two rows of different schools are not the same. A personal number is one person's in all schools. */
  isOfSchool: boolean;
}

export class SeenRecords {
  /** Never false when a row repeats another; true without a reason once in many millions of large files. */
  mayRepeat = false;
  private readonly schools = new Map<string, { no: number; rows: number }>();
  private readonly keys: Key[];
  private readonly digests = new DigestSet();
  private readonly digest = new Digest();

  /** Keys that some records leave empty: two empty ones are the same. */
  private readonly emptyKeys: ReadonlySet<string>;

  constructor({ naturalKeys, fields, person }: RecordKind) {
    this.emptyKeys = new Set(fields.filter((field) => field.levels).map((field) => field.key));
    const ofPerson = new Set(fields.filter((field) => field.person).map((field) => field.key));
    // Several spells of one person are rows of the same person too.
    this.keys = naturalKeys
      .map((keys) => (person ? keys.filter((key) => ofPerson.has(key)) : keys))
      .map((keys) => ({ fields: keys, isOfSchool: !keys.includes('pin') }));
  }

  /** @param pin the number in full; a masked one says nothing. */
  add(schoolId: string, record: RecordValues, pin: string | null): void {
    let school = this.schools.get(schoolId);
    if (!school) this.schools.set(schoolId, (school = { no: this.schools.size + 1, rows: 0 }));
    school.rows += 1;
    if (this.mayRepeat) return;
    for (let place = 0; place < this.keys.length; place += 1) {
      const { fields, isOfSchool } = this.keys[place]!;
      this.digest.begin(place, isOfSchool ? school.no : 0);
      let isWhole = true;
      for (const field of fields) {
        const value = field === 'pin' ? pin : record[field];
        if (value === null || value === undefined) isWhole = isWhole && this.emptyKeys.has(field);
        else this.digest.add(typeof value === 'string' ? value : JSON.stringify(value));
      }
      if (isWhole && !this.digests.add(this.digest)) this.mayRepeat = true;
    }
  }
  /** Rows of each school so far. */
  get rows(): Map<string, number> {
    return new Map([...this.schools].map(([id, { rows }]) => [id, rows]));
  }
}
