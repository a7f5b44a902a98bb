// The shared strings of a workbook, kept as bytes: a tenth of what as many JavaScript strings would take.
import type { XmlListener } from './excel-xml.ts';
import { refusal } from './excel-refusals.ts';

const MOST_BYTES = 128 * 1024 * 1024;
/** What an entry takes beside its text: empty ones without end are a bomb as well. */
const BYTES_OF_PLACE = 12;
/** Excel holds 32,767 characters, each of which may be written _xHHHH_. */
export const LONGEST_CELL = 7 * 32_767;
const BLOCK = 1024 * 1024;

export class SharedStrings {
  private readonly blocks: Buffer[] = [];
  private used = BLOCK;
  /** Pairs: block, and start and length within it. */
  private places = new Uint32Array(3 * 4096);
  private count = 0;
  private bytes = 0;

  add(text: string): void {
    const length = Buffer.byteLength(text);
    this.bytes += length + BYTES_OF_PLACE;
    if (this.bytes > MOST_BYTES) throw refusal('unsafe');
    if (this.blocks.length === 0 || this.used + length > BLOCK) {
      this.blocks.push(Buffer.allocUnsafeSlow(Math.max(BLOCK, length)));
      this.used = 0;
    }
    const block = this.blocks.length - 1;
    this.blocks[block]!.write(text, this.used);
    if (this.count * 3 === this.places.length) {
      const larger = new Uint32Array(this.places.length * 2);
      larger.set(this.places);
      this.places = larger;
    }
    const place = this.count * 3;
    this.places[place] = block;
    this.places[place + 1] = this.used;
    this.places[place + 2] = length;
    this.used = length > BLOCK ? BLOCK : this.used + length;
    this.count += 1;
  }

  /** Undefined past the end. */
  at(index: number): string | undefined {
    if (!(Number.isInteger(index) && index >= 0 && index < this.count)) return undefined;
    const start = this.places[index * 3 + 1]!;
    return this.blocks[this.places[index * 3]!]!.toString('utf8', start, start + this.places[index * 3 + 2]!);
  }
}

/** Fills the strings from xl/sharedStrings.xml; how a name is pronounced (rPh) is not part of it. */
export function stringListener(strings: SharedStrings): XmlListener {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  return {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') isText = !isPhonetic;
      else if (name === 'rPh') isPhonetic = true;
    },
    text(part) {
      if (!isText) return;
      text += part;
      if (text.length > LONGEST_CELL) throw refusal('unsafe');
    },
    close(name) {
      if (name === 'si') strings.add(decodeEscapes(text));
      else if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
    },
  };
}

/** Excel writes what XML cannot hold as _xHHHH_. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
