// How the records of one import lie in the waiting table and in the tables of the records. Given to the queries, which know
// no other feature.
import { columnOf, type Field, type RecordKind, type RecordKindName } from '@khuevan/core/records/field.ts';
import { shapes } from '#features/records';

export interface StagedColumn {
  key: string;
  name: string;
  /** Belongs to the person. */
  isOfPerson: boolean;
  isPin: boolean;
}

export interface StagingShape {
  kind: RecordKind;
  /** "import_student". */
  staging: string;
  /** Columns that the file has, in its order of values. */
  columns: StagedColumn[];
  year: string;
  person: { table: string; column: string } | undefined;
  /** Columns by which a record of the year is known, besides its school, year and person. */
  yearKeys: string[];
  /** Those of them that some records leave empty, as fields of some levels are: two empty ones are the same. */
  emptyKeys: ReadonlySet<string>;
  /** Fields that hold the code of another record of the school, with the rule that finds one that is not there. */
  references: { column: string; field: string; table: string; rule: string }[];
}

/** References that the database itself keeps: a row that breaks one could not be stored. */
const unknownReference: Record<string, string> = {
  'student.classCode': 'student_class_unknown',
  'student.openingClassCode': 'student_class_unknown',
  'class.siteCode': 'class_site_unknown',
};

export function stagingShape(name: RecordKindName, fields: readonly string[]): StagingShape {
  const { kind, year, person } = shapes[name];
  const present = kind.fields.filter((field) => fields.includes(field.key));
  return {
    kind,
    staging: `import_${name}`,
    columns: present.map(stagedColumn),
    year: year.table,
    person: person && { table: person.table, column: person.column },
    yearKeys: yearKeysOf(kind),
    emptyKeys: new Set(kind.fields.filter((field) => field.levels).map((field) => columnOf(field.key))),
    references: present.flatMap((field) => referenceOf(kind, field)),
  };
}

function stagedColumn(field: Field): StagedColumn {
  const isPin = field.type === 'pin';
  return {
    key: field.key,
    name: isPin ? 'pin_mask' : columnOf(field.key),
    isOfPerson: field.person === true,
    isPin,
  };
}

/** Of the natural keys, what does not belong to the person: "enteredOn" of a student, nothing of staff, all of a class. */
function yearKeysOf(kind: RecordKind): string[] {
  const ofPerson = new Set(kind.fields.filter((field) => field.person).map((field) => field.key));
  return [...new Set(kind.naturalKeys.flat().filter((key) => !ofPerson.has(key)))].map(columnOf);
}

function referenceOf(kind: RecordKind, field: Field): StagingShape['references'] {
  const rule = unknownReference[`${kind.name}.${field.key}`];
  return field.to && rule
    ? [{ column: columnOf(field.key), field: field.key, table: shapes[field.to].year.table, rule }]
    : [];
}
