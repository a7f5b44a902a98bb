/**
 * The vocabulary in which record kinds are described. One description feeds validation, sheets, entry forms,
 * Excel templates, imports, the API and the data dictionary.
 */
export interface Text {
  vi: string;
  en: string;
}

export type FieldType =
  | 'text' // trimmed, NFC
  | 'name' // a person's name
  | 'date' // ISO yyyy-mm-dd; in Excel and on screen dd/mm/yyyy
  | 'integer' // not negative
  | 'decimal' // not negative, two decimals (million đồng, km)
  | 'boolean'
  | 'code' // one entry of a code list
  | 'codes' // several entries, in Excel separated by ";"
  | 'pin' // personal identification number: encrypted, masked
  | 'reference'; // the `code` of another record of the same school and year

export interface Field {
  key: string;
  label: Text;
  type: FieldType;
  /** Slug of the code list, for `code` and `codes`. */
  list?: string;
  /** Record kind it points to, for `reference`. */
  to?: RecordKindName;
  required?: boolean;
  /**
   * Codes of the levels it is kept for; without it, for all. A unit that teaches none of them is not asked for it (`fieldsFor`);
   * where it is `required`, it is in the records of these levels alone.
   */
  levels?: readonly string[];
  /** Longest text, in characters. */
  max?: number;
  /** Largest number. */
  most?: number;
  /** Sensitive by law (Law 91/2025/QH15 on personal data): shown only with the permission `records.sensitive`. */
  sensitive?: boolean;
  /** Set by an upper tier or by the system; never written by the school. */
  readOnly?: boolean;
  /** Belongs to the person, not to the school year (student, staff). */
  person?: boolean;
  /** Shown in the sheet before the reader asks for more columns. */
  main?: boolean;
  guidance?: Text;
  /** Where the field is defined by law. */
  source?: string;
  /** Width in the sheet, in pixels. */
  width?: number;
}

export type RecordKindName = 'profile' | 'site' | 'class' | 'student' | 'staff' | 'room' | 'budget';

export interface RecordKind {
  name: RecordKindName;
  /** Segment of the URL. */
  collection: string;
  label: Text;
  /** Table of the school year's row; `person` is the table of the lasting person. */
  table: string;
  person?: { table: string; key: string };
  /** View or table that is read. */
  view: string;
  /** Fields by which an import recognises a record it has seen, tried in order. */
  naturalKeys: string[][];
  /** Default order of a list. */
  order: string[];
  /** Fields searched without diacritics. */
  search: string[];
  fields: Field[];
  source: string;
}

/** SQL column of a field key: camelCase to snake_case. */
export function columnOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
