// The form's compiler against a recount in plain SQL that shares nothing with it, on synthetic schools of every kind.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { loadReferences } from '#features/codes';
import { compileForm, findForm } from '#features/forms';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { buildProvince } from './index.ts';

let db: TestDatabase;
let schoolIds: string[];
const recount = readFileSync(join(import.meta.dirname, 'recount.sql'), 'utf8');

before(async () => {
  db = await createTestDatabase();
  const line = (index: number) => ({
    line: index,
    code: `1917${index}401`,
    name: `Trường số ${index}`,
    // Primary, primary with lower secondary, preschool with primary.
    levelGroup: ['06', '06', '09', '16'][index % 4]!,
    managingCode: ['164', '170'][index % 2]!,
    managingName: 'Phòng GDĐT',
    provinceCode: '19',
  });
  const facts = new Map([
    [line(11).code, { districtCode: '170', schoolKind: '01' }],
    [line(14).code, { districtCode: '164', ownership: '09' }],
  ]);
  const owner = await db.owner.connect();
  try {
    await loadReferences(owner);
    await buildProvince(owner, db.secrets, {
      schools: Array.from({ length: 12 }, (_, index) => line(index + 10)),
      schoolYear: 2024,
      seed: 'recount',
      today: '2024-12-20',
      facts,
    });
  } finally {
    owner.release();
  }
  schoolIds = (await db.owner.query<{ id: string }>(`select school_id as id from school_profile`)).rows.map(
    (row) => row.id,
  );
});
after(() => db.close());

test('every cell of every school, on several days, equals the recount', async () => {
  const form = findForm('02-TH-ĐN', '2018');
  assert.equal(schoolIds.length, 12);
  for (const asOf of ['2024-08-20', '2024-09-30', '2024-11-15']) {
    const compiled = await compiledAsOwner(form, asOf);
    let nonZero = 0;
    for (const schoolId of schoolIds) {
      const { rows } = await db.owner.query<{ cell: string; value: string }>(recount, [[schoolId], 2024, asOf]);
      const counted = Object.fromEntries(rows.map((row) => [row.cell, Number(row.value)]));
      const stated = compiled.get(schoolId) ?? {};
      for (const cell of new Set([...Object.keys(counted), ...Object.keys(stated)])) {
        assert.equal(stated[cell] ?? 0, counted[cell] ?? 0, `${asOf} ${schoolId} ${cell}`);
        if (stated[cell]) nonZero += 1;
      }
    }
    assert.ok(nonZero > 1500, `${nonZero} cells count somebody`);
  }
});

async function compiledAsOwner(form: ReturnType<typeof findForm>, asOf: string): Promise<Map<string, Cells>> {
  return db.database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.record_schools', ${`{${schoolIds.join(',')}}`}, true), set_config('app.report_units', '{}', true)`.execute(
      tx,
    );
    return compileForm(tx, form, { schoolIds, schoolYear: 2024, asOf });
  });
}
