// Periods and sent reports put straight into the database: for tests and benches of what happens after sending.
import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { formatPrintCode } from '@khuevan/core/reports/print-code.ts';
import { findForm } from '#features/forms';
import { newId } from '#platform/ids.ts';
import { units } from './cast.ts';

export const form = { code: '02-TH-ĐN', version: '2018', level: '02' };
/** A form of every level: asked of every school, whatever it teaches. */
export const everywhere = { code: 'X06-KT-ĐN', version: '2018', level: '*' };

/** Every cell that may be filled, in the order of print. */
export const cellKeys = placesOf(findForm(form.code, form.version))
  .filter((place) => !place.empty)
  .map((place) => place.key);

/** A moment of the story: the period is open and no deadline has passed. */
export const duringPeriod = new Date('2024-10-15T08:00:00+07:00');

/** The ministry's start-of-year period of 2024-25, or of another year. */
export async function seatPeriod(owner: pg.Pool, schoolYear = 2024, asked = form): Promise<string> {
  const id = newId();
  const ownerId = units.ministry.id;
  const day = (monthAndDay: string) => `${schoolYear}-${monthAndDay}`;
  await owner.query(
    `insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on) values ($1, $2, $3, $4, 'start', $5, $6, $7)`,
    [id, ownerId, `Thống kê đầu năm ${schoolYear}`, schoolYear, day('09-30'), day('10-01'), day('11-15')],
  );
  await owner.query(`insert into period_form values ($1, $2, $3, 'start', $4, $5, $6, $7)`, [
    id,
    ownerId,
    schoolYear,
    asked.code,
    asked.version,
    asked.level,
    cellKeys,
  ]);
  for (const [kind, due] of [
    ['school', '10-25'],
    ['district', '10-30'],
    ['province', '10-31'],
  ] as const) {
    await owner.query('insert into period_deadline values ($1, $2, $3, $4)', [id, ownerId, kind, day(due)]);
  }
  return id;
}

export interface SeatedReport {
  reportId: string;
  submissionId: string;
}

/** A report that a unit has sent and its reviewer holds. Sent again, it is the next submission of the same report. */
export async function seatSubmission(
  owner: pg.Pool,
  unitId: string,
  reviewerId: string,
  periodId: string,
  cells: Cells,
  asked = form,
): Promise<SeatedReport> {
  const { rows } = await owner.query<{ id: string; last_submission_no: number }>(
    `insert into report (unit_id, id, period_id, form_code, form_version, state, reviewer_id, holder_id, state_since)
     values ($1, $2, $3, $4, $5, 'draft', $6, $1, now())
     on conflict on constraint report_once do update set version = report.version returning id, last_submission_no`,
    [unitId, newId(), periodId, asked.code, asked.version, reviewerId],
  );
  const { id: reportId, last_submission_no: last } = rows[0]!;
  const submissionId = newId();
  const code = formatPrintCode(randomBytes(5));
  await owner.query(
    `insert into submission (unit_id, id, report_id, no, form_version, cells, records_digest, hash, code, sent_by, sent_by_name, sent_at)
     values ($1, $2, $3, $4, $5, $6, 'seated', $7, $8, $1, 'seated', now())`,
    [
      unitId,
      submissionId,
      reportId,
      last + 1,
      asked.version,
      cells,
      createHash('sha256').update(submissionId).digest('hex'),
      code,
    ],
  );
  await owner.query('insert into print_code values ($1, $2, $3)', [code, unitId, submissionId]);
  await owner.query(
    `update report set state = 'submitted', holder_id = reviewer_id, last_submission_no = $3, last_sent_at = now(), cells = $4,
       compiled_at = now(), records_digest = 'seated', version = version + 1
     where unit_id = $1 and id = $2`,
    [unitId, reportId, last + 1, cells],
  );
  return { reportId, submissionId };
}
