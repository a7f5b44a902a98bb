import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { drawSampleSchool } from '../rules/sample-school.ts';
import { recordKinds } from './kinds.ts';
import { parseRecord } from './parse.ts';
import { recordSchema } from './schema.ts';

const school = drawSampleSchool('schema', 40);

for (const kind of Object.values(recordKinds)) {
  const schema = recordSchema(kind).strict();

  test(`${kind.name}: what parseRecord reads fits the schema, what it refuses does not`, () => {
    for (const record of school.records[kind.name]) {
      const { values } = parseRecord(kind, record, { writeReadOnly: true });
      assert.deepEqual(schema.parse(values), values);
      for (const field of kind.fields) {
        const broken = {
          ...values,
          [field.key]:
            field.type === 'text' || field.type === 'name' || field.type === 'reference' ? 7 : 'no such value',
        };
        assert.equal(schema.safeParse(broken).success, false, field.key);
      }
    }
  });

  test(`${kind.name}: describes itself as JSON Schema`, () => {
    const json = z.toJSONSchema(schema) as {
      title?: string;
      properties: Record<string, { description?: string; readOnly?: boolean }>;
    };
    assert.deepEqual(
      Object.keys(json.properties),
      kind.fields.map(({ key }) => key),
    );
    for (const field of kind.fields) {
      assert.ok(json.properties[field.key]?.description?.startsWith(field.label.vi));
      assert.equal(json.properties[field.key]?.readOnly === true, field.readOnly === true);
    }
  });
}
