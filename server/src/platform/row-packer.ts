// Rows of a table as one value in PostgreSQL's binary format, for `unnest($1::some_table[])`: nothing is written as text to be read
// again. The format is that of array_recv, record_recv and the receiving functions of the types (PostgreSQL source,
// src/backend/utils/adt/arrayfuncs.c, rowtypes.c, numeric.c).

/** The type of a table's rows; columns as the table has them. */
export interface RowType {
  oid: number;
  columns: { name: string; typeOid: number }[];
}

/** Bytes: as they are. A number for a column of bytes keeps so many free, to be filled in later. */
export type PackedValue = string | number | boolean | Uint8Array | readonly string[] | null | undefined;

const typeOids = {
  bool: 16,
  bytea: 17,
  int2: 21,
  int4: 23,
  text: 25,
  textArray: 1009,
  date: 1082,
  numeric: 1700,
  uuid: 2950,
};

type Writer = (packer: RowPacker, value: NonNullable<PackedValue>) => void;

const writers = new Map<number, Writer>([
  [typeOids.bool, (packer, value) => packer.bool(value as boolean)],
  [
    typeOids.bytea,
    (packer, value) => (typeof value === 'number' ? packer.reserve(value) : packer.bytes(value as Uint8Array)),
  ],
  [typeOids.int2, (packer, value) => packer.int2(value as number)],
  [typeOids.int4, (packer, value) => packer.int4(value as number)],
  [typeOids.text, (packer, value) => packer.text(value as string)],
  [typeOids.textArray, (packer, value) => packer.textArray(value as readonly string[])],
  [typeOids.date, (packer, value) => packer.int4(daysOf(value as string))],
  [typeOids.numeric, (packer, value) => packer.numeric(value as number)],
  [typeOids.uuid, (packer, value) => packer.bytes(value as Uint8Array)],
]);

/** Days from 2000-01-01 to an ISO date: years begin in March, so that the odd day is the last of each. */
function daysOf(iso: string): number {
  const digit = (at: number) => iso.charCodeAt(at) - 48;
  const month = digit(5) * 10 + digit(6);
  const isLate = month > 2;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3) - (isLate ? 0 : 1);
  const ofYear = Math.floor((153 * (month + (isLate ? -3 : 9)) + 2) / 5) + digit(8) * 10 + digit(9) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear - dayZero;
}

/** 2000-01-01 so counted. */
const dayZero = 730_425;

const headBytes = 20;
const longestUtf8 = 3;
/** Longer texts than these are left to Buffer, which costs a call. */
const shortText = 40;

export class RowPacker {
  count = 0;
  /** Where the free places are, in the order in which they were kept. */
  readonly reserved: number[] = [];
  private buffer: Buffer<ArrayBuffer>;
  private view: DataView;
  private at = headBytes;
  private readonly type: RowType;
  private readonly columns: { typeOid: number; write: Writer }[];

  /**
   * @param room is written over; more is taken where it does not suffice.
   * @throws RangeError for a table with columns of types that are not known here.
   */
  constructor(type: RowType, room: ArrayBuffer = new ArrayBuffer(64 * 1024)) {
    this.type = type;
    this.columns = type.columns.map(({ name, typeOid }) => {
      const write = writers.get(typeOid);
      if (!write) throw new RangeError(`type ${typeOid} of column ${name}`);
      return { typeOid, write };
    });
    this.buffer = Buffer.from(room);
    this.view = new DataView(this.buffer.buffer);
  }

  /** @param values one a column, in the order of the table. */
  add(values: readonly PackedValue[]): void {
    const { columns } = this;
    this.ensure(8 + columns.length * 8);
    const start = this.at;
    this.at += 4;
    this.word(columns.length);
    for (let index = 0; index < columns.length; index += 1) {
      const { typeOid, write } = columns[index]!;
      const value = values[index];
      this.ensure(8);
      this.word(typeOid);
      if (value === null || value === undefined) this.word(-1);
      else write(this, value);
    }
    this.view.setInt32(start, this.at - start - 4);
    this.count += 1;
  }

  /** All rows so far, as one value, in a buffer of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    const { view } = this;
    view.setInt32(0, 1);
    view.setInt32(4, 0);
    view.setInt32(8, this.type.oid);
    view.setInt32(12, this.count);
    view.setInt32(16, 1);
    return new Uint8Array(this.buffer.buffer, 0, this.at);
  }

  bool(value: boolean): void {
    this.ensure(5);
    this.word(1);
    this.buffer[this.at++] = value ? 1 : 0;
  }

  int2(value: number): void {
    this.ensure(6);
    this.word(2);
    this.view.setInt16(this.at, value);
    this.at += 2;
  }

  int4(value: number): void {
    this.ensure(8);
    this.word(4);
    this.word(value);
  }

  bytes(value: Uint8Array): void {
    this.ensure(4 + value.length);
    this.word(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  reserve(length: number): void {
    this.ensure(4 + length);
    this.word(length);
    this.reserved.push(this.at);
    this.at += length;
  }

  text(value: string): void {
    this.ensure(4 + value.length * longestUtf8);
    const start = this.at;
    const end = value.length > shortText ? -1 : writeShort(this.buffer, start + 4, value);
    this.at = end < 0 ? start + 4 + this.buffer.write(value, start + 4, 'utf8') : end;
    this.view.setInt32(start, this.at - start - 4);
  }

  textArray(values: readonly string[]): void {
    this.ensure(24);
    const start = this.at;
    this.at += 4;
    const head = values.length === 0 ? [0, 0, typeOids.text] : [1, 0, typeOids.text, values.length, 1];
    for (const each of head) this.word(each);
    for (const value of values) this.text(value);
    this.view.setInt32(start, this.at - start - 4);
  }

  /** Digits in groups of four on both sides of the point, the weight of the first group, the sign, the digits after the point. */
  numeric(value: number): void {
    const [whole, fraction = ''] = String(Math.abs(value)).split('.') as [string, string?];
    if (!/^\d+$/.test(whole + fraction)) throw new RangeError(`not a decimal number: ${value}`);
    const groups = Math.ceil(whole.length / 4);
    const digits = whole.padStart(groups * 4, '0') + fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0');
    this.ensure(12 + digits.length / 2);
    this.word(8 + digits.length / 2);
    for (const each of [digits.length / 4, groups - 1, value < 0 ? 0x4000 : 0, fraction.length]) this.half(each);
    for (let index = 0; index < digits.length; index += 4) this.half(Number(digits.slice(index, index + 4)));
  }

  private half(value: number): void {
    this.view.setInt16(this.at, value);
    this.at += 2;
  }

  private word(value: number): void {
    this.view.setInt32(this.at, value);
    this.at += 4;
  }

  private ensure(length: number): void {
    if (this.at + length <= this.buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.buffer.length * 2, this.at + length)));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** UTF-8 of a text without halves of letters; answers where it ends, -1 when it has such halves. */
function writeShort(buffer: Uint8Array, start: number, text: string): number {
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) buffer[at++] = unit;
    else if (unit < 0x800) {
      buffer[at++] = 0xc0 | (unit >> 6);
      buffer[at++] = 0x80 | (unit & 0x3f);
    } else if (unit >= 0xd800 && unit <= 0xdfff) return -1;
    else {
      buffer[at++] = 0xe0 | (unit >> 12);
      buffer[at++] = 0x80 | ((unit >> 6) & 0x3f);
      buffer[at++] = 0x80 | (unit & 0x3f);
    }
  }
  return at;
}
