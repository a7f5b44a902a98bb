// The tables follow the descriptions in core: the same columns, of fitting types, as empty or filled as the fields.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { columnOf, type Field } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** What a table has beside its fields. */
const kept = ['school_id', 'id', 'school_year', 'version', 'recorded_at', 'audit_id'];
const ofNames = ['search_key', 'given_name', 'other_names'];
const types: Record<Field['type'], string> = {
  text: 'text',
  name: 'text',
  date: 'date',
  integer: 'integer',
  decimal: 'numeric',
  boolean: 'boolean',
  code: 'text',
  codes: 'ARRAY',
  pin: 'text',
  reference: 'text',
};

interface Column {
  column_name: string;
  data_type: string;
  is_nullable: 'YES' | 'NO';
}

async function columnsOf(table: string): Promise<Map<string, Column>> {
  const { rows } = await db.owner.query<Column>(
    'select column_name, data_type, is_nullable from information_schema.columns where table_schema = $1 and table_name = $2',
    ['public', table],
  );
  assert.ok(rows.length > 0, table);
  return new Map(rows.map((row) => [row.column_name, row]));
}

for (const kind of Object.values(recordKinds)) {
  test(`${kind.name}: tables and view have the columns of the fields`, async () => {
    const yearFields = kind.fields.filter((field) => !(kind.person && field.person));
    const parts: { table: string; fields: Field[]; more: string[] }[] = [
      { table: kind.table, fields: yearFields, more: kind.person ? [...kept, columnOf(kind.person.key)] : kept },
    ];
    if (kind.person)
      parts.push({
        table: kind.person.table,
        fields: kind.fields.filter((field) => field.person),
        more: [...kept.filter((name) => name !== 'school_year'), ...ofNames],
      });
    for (const { table, fields, more } of parts) {
      const columns = await columnsOf(table);
      const described = fields.flatMap((field) =>
        field.type === 'pin' ? ['pin_cipher', 'pin_hash', 'pin_mask'] : [columnOf(field.key)],
      );
      assert.deepEqual([...columns.keys()].toSorted(), [...described, ...more].toSorted(), table);
      for (const field of fields.filter((each) => each.type !== 'pin')) {
        const column = columns.get(columnOf(field.key))!;
        assert.equal(column.data_type, types[field.type], `${table}.${column.column_name}`);
        // A profile is filled bit by bit, and a person's code is issued.
        if (kind.name !== 'profile' && field.key !== 'code')
          assert.equal(
            column.is_nullable,
            field.required && !field.levels ? 'NO' : 'YES',
            `${table}.${column.column_name}`,
          );
      }
    }
    const view = await columnsOf(kind.view);
    for (const field of kind.fields)
      assert.equal(view.get(columnOf(field.key))?.data_type, types[field.type], `${kind.view}.${field.key}`);
  });
}
