// Good rows as the waiting table has them: each column is what the file says, or what the system adds.
import { columnOf } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { idBytes, newIds } from '#platform/ids.ts';
import type { PackedValue, RowPacker } from '#platform/row-packer.ts';
import { cipherLength, fingerprintLength } from '#platform/secrets.ts';
import type { ReadingPlan } from './reading-plan.ts';

const idsAtOnce = 2048;

export class WaitingRows {
  /** By column: the key of the field, where it is of the file. */
  private readonly keys: (string | undefined)[];
  /** The row that is being put together. */
  private readonly values: PackedValue[];
  private readonly places: Record<
    'school_id' | 'row_no' | 'record_id' | 'person_id' | 'pin_cipher' | 'pin_hash',
    number
  >;
  private readonly schools: Map<string, Uint8Array>;
  private ids: Buffer = Buffer.alloc(0);
  private usedIds = 0;

  /** @param fields keys of the fields that have a column in the file. */
  constructor({ kind, schools, rowType }: ReadingPlan, fields: ReadonlySet<string>, sheetNo: number) {
    const names = rowType.columns.map((column) => column.name);
    const keyOf = new Map(
      recordKinds[kind].fields
        .filter(({ key }) => fields.has(key))
        .map(({ key, type }) => [type === 'pin' ? 'pin_mask' : columnOf(key), key]),
    );
    this.keys = names.map((name) => keyOf.get(name));
    this.values = names.map((name) => (name === 'sheet_no' ? sheetNo : null));
    const place = (name: string) => names.indexOf(name);
    this.places = {
      school_id: place('school_id'),
      row_no: place('row_no'),
      record_id: place('record_id'),
      person_id: place('person_id'),
      pin_cipher: place('pin_cipher'),
      pin_hash: place('pin_hash'),
    };
    this.schools = new Map(schools.map(({ id }) => [id, Buffer.from(id.replaceAll('-', ''), 'hex')]));
  }

  /** With `hasPin`, places are kept free for the number's cipher and hash. */
  add(packer: RowPacker, schoolId: string, rowNo: number, record: RecordValues, hasPin: boolean): void {
    const { keys, values, places } = this;
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (key !== undefined) values[index] = storable(record[key]);
    }
    values[places.school_id] = this.schools.get(schoolId);
    values[places.row_no] = rowNo;
    values[places.record_id] = this.nextId();
    values[places.person_id] = this.nextId();
    if (places.pin_cipher >= 0) {
      values[places.pin_cipher] = hasPin ? cipherLength : null;
      values[places.pin_hash] = hasPin ? fingerprintLength : null;
    }
    packer.add(values);
  }

  private nextId(): Uint8Array {
    if (this.usedIds === this.ids.length) {
      this.ids = newIds(idsAtOnce);
      this.usedIds = 0;
    }
    return this.ids.subarray(this.usedIds, (this.usedIds += idBytes));
  }
}

/** An empty text is no value. */
const storable = (value: unknown): PackedValue => (value === '' ? null : (value as PackedValue));
