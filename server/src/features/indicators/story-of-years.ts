// Five school years of approved reports with random figures: for the tests of this folder.
import assert from 'node:assert/strict';
import { approveReport, reopenReport } from '@khuevan/core/contract/reviews.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { createRandom } from '@khuevan/core/vietnam/random.ts';
import { findForm } from '#features/forms';
import { servePopulation } from '#features/population';
import { serveReviews } from '#features/reviews';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { createCaller } from '#testing/caller.ts';
import { idOf, type PersonName, seatCast, type UnitName, units } from '#testing/cast.ts';
import { form, seatPeriod, seatSubmission, type SeatedReport } from '#testing/reports.ts';
import { serveIndicators } from './index.ts';

export const years = [2020, 2021, 2022, 2023, 2024];
const reviewers = {
  doiCan: ['town', 'reviewer.town'],
  hoaSen: ['town', 'reviewer.town'],
  laHien: ['hills', 'reviewer.hills'],
  cucDuong: ['hills', 'reviewer.hills'],
} as const satisfies Partial<Record<UnitName, readonly [UnitName, PersonName]>>;
export type School = keyof typeof reviewers;
export const schools = Object.keys(reviewers) as School[];

/** Every cell filled, no column larger than the total beside it; rows know nothing of one another. */
export function drawCells(seed: string): Cells {
  const random = createRandom(seed);
  const cells: Cells = {};
  for (const { key, row, column, empty } of placesOf(findForm(form.code, form.version))) {
    if (empty) continue;
    cells[key] = column.code === '1' ? random.integer(20, 400) : random.integer(0, cells[`${row.code}.1`] ?? 0);
  }
  return cells;
}

export async function openYears() {
  const db = await createTestDatabase();
  await seatCast(db.owner);
  const app = await createTestApp(db, [serveIndicators, servePopulation, serveReviews]);
  const as = await createCaller(app, db.owner);
  const periods = new Map<number, string>();
  for (const year of years) periods.set(year, await seatPeriod(db.owner, year));

  const send = (school: School, year: number, cells: Cells): Promise<SeatedReport> =>
    seatSubmission(db.owner, units[school].id, units[reviewers[school][0]].id, periods.get(year)!, cells);
  const approve = async (school: School, reportId: string, submissionNo = 1): Promise<void> => {
    const params = { unitId: units[school].id, reportId };
    const answer = await as(reviewers[school][1]).attempt(approveReport, { params, body: { submissionNo } });
    assert.equal(answer.statusCode, 200, answer.body);
  };
  return {
    db,
    app,
    as,
    periods,
    send,
    approve,
    async fill(): Promise<Map<string, string>> {
      const reports = new Map<string, string>();
      for (const year of years)
        for (const school of schools) {
          const { reportId } = await send(school, year, drawCells(`${school} ${year}`));
          await approve(school, reportId);
          reports.set(`${school} ${year}`, reportId);
        }
      return reports;
    },
    async reopen(school: School, reportId: string): Promise<void> {
      const params = { unitId: units[school].id, reportId };
      const body = { reason: 'Đề nghị rà lại số liệu.', until: '2100-01-01' };
      const answer = await as(reviewers[school][1]).attempt(reopenReport, { params, body });
      assert.equal(answer.statusCode, 200, answer.body);
    },
    async close(): Promise<void> {
      await app.close();
      await db.close();
    },
  };
}
export type Years = Awaited<ReturnType<typeof openYears>>;

/** People of a place, past the import: half of each age are women, nothing is known of minorities. */
export async function seatPopulation(
  { owner }: TestDatabase,
  unit: UnitName,
  year: number,
  people: (age: number) => number,
): Promise<void> {
  const id = idOf(`population ${unit} ${year}`);
  await owner.query(
    `insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
     values ($1, $2, $3, 'Cục Thống kê', '12/BC-CTK', 'dan-so.xlsx', 'x', $1, 'Người nhập', $1, now())`,
    [units[unit].id, id, year],
  );
  for (let age = 0; age <= 17; age += 1)
    await owner.query('insert into population_count values ($1, $2, $3, $4, $5, null, null)', [
      units[unit].id,
      id,
      age,
      people(age),
      Math.floor(people(age) / 2),
    ]);
}
