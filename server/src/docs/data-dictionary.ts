// docs/data-dictionary.md: what a school states (core/src/records), with which codes (core/src/codes), and where it is kept (the database).
import { codeLists, codeName } from '@khuevan/core/codes/index.ts';
import { columnOf, type Field, type RecordKind } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import type { TableFace } from './catalogue.queries.ts';

const typeWords: Record<Field['type'], string> = {
  text: 'chữ / text',
  name: 'họ tên / name',
  date: 'ngày / date',
  integer: 'số nguyên / integer',
  decimal: 'số / decimal',
  boolean: 'có, không / yes, no',
  code: 'mã / code',
  codes: 'nhiều mã / codes',
  pin: 'số định danh / PIN',
  reference: 'tham chiếu / reference',
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function tableOf(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function describeType(field: Field): string {
  const detail = field.list ?? field.to ?? (field.max ? `≤ ${field.max}` : field.most ? `≤ ${field.most}` : '');
  return `${typeWords[field.type]}${detail && ` (${detail})`}`;
}

/** Bắt buộc, nhạy cảm, chỉ đọc, của người. */
function marksOf(field: Field): string {
  const marks: Array<[boolean | undefined, string]> = [
    [field.required, 'bắt buộc / required'],
    [field.sensitive, 'nhạy cảm / sensitive'],
    [field.readOnly, 'chỉ đọc / read-only'],
    [field.person, 'của người / of the person'],
  ];
  const levels = field.levels?.map((code) => codeName('level', code, 'vi')).join(', ');
  return [
    ...(levels ? [`chỉ ${levels} / only of level ${field.levels!.join(', ')}`] : []),
    ...marks.flatMap(([holds, word]) => (holds ? [word] : [])),
  ].join('; ');
}

function describeKind(kind: RecordKind): string {
  const rows = kind.fields.map((field) => [
    `\`${field.key}\``,
    field.label.vi,
    field.label.en,
    describeType(field),
    marksOf(field),
    [field.guidance?.vi, field.source].filter(Boolean).join(' · '),
  ]);
  const keys = kind.naturalKeys.map((key) => key.map((each) => `\`${each}\``).join(' + ')).join(', else ');
  return [
    `### ${kind.label.vi} / ${kind.label.en} (\`${kind.name}\`)`,
    `Căn cứ / source: ${kind.source}. API: \`${kind.collection}\`. Bảng / tables: ${[kind.table, kind.person?.table]
      .filter(Boolean)
      .map((name) => `\`${name}\``)
      .join(', ')}.` + (keys && ` Nhận ra khi nhập lại / recognised on import by: ${keys}.`),
    tableOf(
      ['Trường / field', 'Tên', 'Label', 'Kiểu / type', 'Tính chất / marks', 'Hướng dẫn, căn cứ / guidance, source'],
      rows,
    ),
  ].join('\n\n');
}

/** Column -> label, for the tables that hold records. */
function labelsOf(table: string): Map<string, string> {
  const fields = Object.values(recordKinds)
    .filter((kind) => [kind.table, kind.person?.table, kind.view].includes(table))
    .flatMap((kind) => kind.fields);
  return new Map(fields.map((field) => [columnOf(field.key), `${field.label.vi} / ${field.label.en}`]));
}

function describeTable(table: TableFace): string {
  const labels = labelsOf(table.name);
  const rows = table.columns.map((column) => [
    `\`${column.name}\``,
    `\`${column.type}\``,
    column.required || table.isView ? '' : 'có thể trống / may be empty',
    column.comment ?? labels.get(column.name) ?? '',
  ]);
  const facts = [
    table.primaryKey.length > 0 ? `Khóa / key: ${table.primaryKey.map((name) => `\`${name}\``).join(', ')}.` : '',
    table.refersTo.length > 0
      ? `Tham chiếu / refers to: ${table.refersTo.map((name) => `\`${name}\``).join(', ')}.`
      : '',
    table.isView ? 'Khung nhìn, theo quyền của người đọc / view, with the rights of who reads it.' : '',
    table.scoped ? 'Giới hạn theo dòng / row-level security.' : '',
  ];
  return [
    `### \`${table.name}\``,
    [table.comment ? `${table.comment}.` : '', ...facts].filter(Boolean).join(' '),
    tableOf(['Cột / column', 'Kiểu / type', 'Trống / empty', 'Ý nghĩa / meaning'], rows),
  ]
    .filter(Boolean)
    .join('\n\n');
}

export function dataDictionaryMarkdown(catalogue: readonly TableFace[]): string {
  const lists = codeLists.map((list) => [
    `\`${list.slug}\``,
    list.official ?? '',
    list.name.vi,
    list.name.en,
    String(list.entries.length),
    list.source,
  ]);
  return `# Từ điển dữ liệu / data dictionary

Generated from \`core/src/records\`, \`core/src/codes\` and the comments of the database; do not edit.

## Hồ sơ / records

${Object.values(recordKinds).map(describeKind).join('\n\n')}

## Danh mục / code lists

The entries stand in \`core/src/codes\`, and in the table \`code_entry\`.

${tableOf(['Danh mục / list', 'Tên của Bộ / official', 'Tên', 'Name', 'Số mục / entries', 'Căn cứ / source'], lists)}

## Bảng / tables

Columns of records carry the label of their field. In \`import_…\` tables, rows of an Excel file wait to be written.

${catalogue.map(describeTable).join('\n\n')}
`;
}
