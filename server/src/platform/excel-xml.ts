// Reads the XML of a workbook as it arrives, one tag at a time. It knows elements, attributes and text, and refuses what a
// workbook never holds and an attacker needs: document types, entities of their own, endless tags, bottomless nesting.

export interface XmlListener {
  /** `name` without its prefix; `attributes` as they are written, for `attributesOf`. */
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

/** Not XML as workbooks hold it; the reason is for the log, not for people. */
export class XmlFault extends Error {}

const DEEPEST = 100;
const LONGEST_TAG = 64 * 1024;
const LONGEST_TEXT = 1024 * 1024;

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const COLON = 58;

export class XmlScanner {
  private readonly listener: XmlListener;
  // A mark of byte order is white space before the document, and kept inside it.
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private readonly names: string[] = [];
  /** Bytes after the last ">": a tag or text that goes on in the next chunk. */
  private tail: Buffer = Buffer.alloc(0);
  /** A tag that goes on after a ">" in its values. */
  private rest = '';
  private isBegun = false;

  constructor(listener: XmlListener) {
    this.listener = listener;
  }

  /** @throws XmlFault */
  write(bytes: Buffer): void {
    const end = bytes.lastIndexOf(GREATER) + 1;
    if (end === 0) {
      this.tail = Buffer.concat([this.tail, bytes]);
      if (this.tail.length > LONGEST_TEXT) throw new XmlFault('a text or a tag without end');
      return;
    }
    const whole = this.tail.length === 0 ? bytes.subarray(0, end) : Buffer.concat([this.tail, bytes.subarray(0, end)]);
    this.tail = bytes.subarray(end);
    this.scan(this.decode(whole), false);
  }

  /** @throws XmlFault when the document is cut short. */
  end(): void {
    this.scan(this.decode(this.tail), true);
    if (this.names.length > 0 || !this.isBegun) throw new XmlFault('the document is cut short');
  }

  private decode(bytes: Buffer): string {
    if (bytes.includes(0)) throw new XmlFault('a character that XML cannot hold');
    try {
      return this.decoder.decode(bytes);
    } catch {
      throw new XmlFault('not UTF-8');
    }
  }

  private scan(more: string, isLast: boolean): void {
    const text = this.rest === '' ? more : this.rest + more;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag < 0) {
        if (isLast) this.takeText(text, at, text.length);
        break;
      }
      const after = this.scanTag(text, tag, at);
      if (after < 0) {
        if (isLast) throw new XmlFault('the document is cut short');
        break;
      }
      at = after;
    }
    this.rest = isLast ? '' : text.slice(at);
    if (this.rest.length > LONGEST_TEXT) throw new XmlFault('a text or a tag without end');
  }

  /** The place after the tag; -1 when it is not whole yet. `from` is where the text before it begins. */
  private scanTag(text: string, tag: number, from: number): number {
    const first = text.charCodeAt(tag + 1);
    if (first === SLASH) {
      // Nearly always the innermost open tag, written as it was opened.
      const name = this.names.at(-1) ?? '';
      const end = tag + 2 + name.length;
      if (text.charCodeAt(end) === GREATER && text.startsWith(name, tag + 2)) {
        this.takeText(text, from, tag);
        this.names.pop();
        this.listener.close(name);
        return end + 1;
      }
    }
    if (first === BANG || first === QUESTION) return this.scanSpecial(text, tag, from, first);
    const end = endOfTag(text, tag + 1);
    if (end < 0) {
      if (text.length - tag > LONGEST_TAG) throw new XmlFault('a tag without end');
      return -1;
    }
    this.takeText(text, from, tag);
    if (first === SLASH) {
      const name = nameAt(text, tag + 2, end);
      if (this.names.pop() !== name) throw new XmlFault('a tag is closed that is not open');
      this.listener.close(name);
      return end + 1;
    }
    this.isBegun = true;
    const isEmpty = text.charCodeAt(end - 1) === SLASH;
    const nameEnd = endOfName(text, tag + 1, isEmpty ? end - 1 : end);
    const name = nameAt(text, tag + 1, nameEnd);
    this.listener.open(name, nameEnd === end ? '' : text.slice(nameEnd, isEmpty ? end - 1 : end));
    if (isEmpty) this.listener.close(name);
    else if (this.names.push(name) > DEEPEST) throw new XmlFault('nested too deep');
    return end + 1;
  }

  private scanSpecial(text: string, tag: number, from: number, first: number): number {
    const [opening, closing] =
      first === QUESTION ? ['<?', '?>'] : text.startsWith('<!--', tag) ? ['<!--', '-->'] : ['<![CDATA[', ']]>'];
    if (!text.startsWith(opening, tag)) {
      if (text.length - tag < opening.length && opening.startsWith(text.slice(tag))) return -1;
      throw new XmlFault('a document type or an entity');
    }
    const end = text.indexOf(closing, tag + opening.length);
    if (end < 0) return -1;
    this.takeText(text, from, tag);
    const inside = text.slice(tag + opening.length, end);
    if (first === QUESTION && /^xml\s/.test(inside) && /encoding\s*=\s*["'](?!utf-8["'])/i.test(inside))
      throw new XmlFault('not UTF-8');
    if (opening === '<![CDATA[') this.listener.text(inside);
    return end + closing.length;
  }

  private takeText(text: string, from: number, to: number): void {
    if (from === to) return;
    const part = text.slice(from, to);
    if (this.names.length > 0) this.listener.text(decodeEntities(part));
    else if (part.trim() !== '') throw new XmlFault('text outside the document');
  }
}

/** The ">" that ends a tag, past those in quoted values; -1 when it has not come yet. */
function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (quote !== 0) {
      if (letter === quote) quote = 0;
    } else if (letter === GREATER) return at;
    else if (letter === DOUBLE_QUOTE || letter === SINGLE_QUOTE) quote = letter;
    else if (letter === LESS) throw new XmlFault('a tag inside a tag');
  }
  return -1;
}

function endOfName(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) > 32) at += 1;
  return at;
}

// One string for each name, so that comparing names is comparing addresses.
const knownNames = new Map<string, string>();
const MOST_NAMES = 1000;

function nameAt(text: string, from: number, end: number): string {
  let start = from;
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) <= 32) stop -= 1;
  for (let at = from; at < stop; at += 1) if (text.charCodeAt(at) === COLON) start = at + 1;
  if (stop - start === 1) return text[start]!;
  const name = text.slice(start, stop);
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (name === '') throw new XmlFault('a tag without a name');
  if (knownNames.size < MOST_NAMES) knownNames.set(name, name);
  return name;
}

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));?|&/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (!whole.endsWith(';')) throw new XmlFault('a stray &');
      if (name !== undefined) {
        const letter = named.get(name);
        if (letter === undefined) throw new XmlFault('an entity');
        return letter;
      }
      const point = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) || point === 0)
        throw new XmlFault('no such character');
      return String.fromCodePoint(point);
    },
  );
}

const ATTRIBUTE = /\s+(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy;

/** Attributes by name without prefix. @throws XmlFault when they are not well formed. */
export function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let end = 0;
  for (const match of text.matchAll(ATTRIBUTE)) {
    found[match[1]!] = decodeEntities(match[2] ?? match[3] ?? '');
    end = match.index + match[0].length;
  }
  if (text.slice(end).trim() !== '') throw new XmlFault('attributes that are not well formed');
  return found;
}
