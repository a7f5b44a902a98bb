/** The shape of a code list. The position of an entry is its sort order; whatever else an entry carries is an attribute. */
export interface CodeEntry {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

export interface CodeList<Entry extends CodeEntry = CodeEntry> {
  /** Our name of the list: record fields and forms refer to it. */
  readonly slug: string;
  /** The ministry's name of it, as the exchange of 2020 writes it; null where the ministry has no such list. */
  readonly official: string | null;
  readonly name: { readonly vi: string; readonly en: string };
  /** The law or decision that the entries come from. */
  readonly source: string;
  readonly entries: readonly Entry[];
}

export type CodeOf<List extends CodeList> = List['entries'][number]['code'];

/** One row of the table `code_entry`. */
export interface CodeRow {
  list: string;
  code: string;
  nameVi: string;
  nameEn: string;
  sort: number;
  attributes: Record<string, unknown>;
}

const EXCHANGE = 'mô tả dữ liệu đầu năm (26/10/2020)';
const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT (31/12/2021)';

/** Source of a list of the ministry that the exchange of 2020 names; `more` adds the law behind it. */
export function ministrySource(official: string, more = ''): string {
  return `${TECHNICAL_RULES}; ${EXCHANGE}, ${official}${more && `; ${more}`}`;
}

/** Rows for the database, in the order of the list; `sort` starts at 1. */
export function rowsOf(list: CodeList): CodeRow[] {
  return list.entries.map(({ code, vi, en, ...attributes }, index) => ({
    list: list.slug,
    code,
    nameVi: vi,
    nameEn: en,
    sort: index + 1,
    attributes,
  }));
}
