// A form gets a row after everything has been approved: what was sent is asked for the row alone, and no total wavers meanwhile.
import { listForms, listPeriods, publishFormVersion } from '@khuevan/core/contract/periods.ts';
import { compileReport, openCell, readReport, submitReport } from '@khuevan/core/contract/reports.ts';
import { approveReport, readAggregate } from '@khuevan/core/contract/reviews.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { isInForce, newestVersions } from '@khuevan/core/forms/versions.ts';
import type { Person } from './api-client.ts';
import { formCode, mustBeRefused, type Report } from './report.act.ts';
import type { Stage } from './stage.ts';
import { must, type Story } from './step.ts';

interface Roles {
  clerk: Person;
  reviewer: Person;
}

/** Of a year whose forms have a newer version under the same code; of another there is nothing to play. */
export async function playLateChange(story: Story, stage: Stage, { clerk, reviewer }: Roles, sent: Report) {
  const ministry = await stage.enter('bo');
  const province = await stage.enter(`so.${stage.schools[0]!.provinceCode}`);
  const { periods } = await ministry.call(listPeriods, {
    params: { unitId: ministry.unitId },
    query: { schoolYear: stage.schoolYear },
  });
  const period = periods.find(({ id }) => id === sent.periodId)!;
  const { forms } = await ministry.call(listForms);
  const newest = newestVersions(forms.filter((form) => form.code === formCode && isInForce(form, period.asOf)))[0];
  if (!newest || newest.version === sent.formVersion) return null;

  const totalOf = async (): Promise<Cells> => {
    const query = { periodId: period.id, formCode };
    return (await province.call(readAggregate, { params: { unitId: province.unitId }, query })).cells;
  };
  const before = await totalOf();
  const told = await story.step(
    `the ministry publishes version ${newest.version} of the form while the period runs`,
    () =>
      ministry.call(publishFormVersion, {
        params: { unitId: ministry.unitId, periodId: period.id, formCode, version: newest.version },
        body: {
          periodVersion: period.version,
          dueOn: `${stage.schoolYear}-11-20`,
          reason: 'Bổ sung chỉ tiêu trường có tổ chức học trực tuyến.',
        },
      }),
    ({ asked, restarted }) => ({ asked, restarted }),
  );
  must(sameCells(await totalOf(), before), 'no total has changed');
  const supplemented = await supplement(story, { clerk, reviewer }, sent);
  const after = await totalOf();
  const added = Object.keys(after).filter((cell) => !(cell in before));
  must(
    sameCells({ ...after, ...Object.fromEntries(added.map((cell) => [cell, undefined])) }, before),
    'of the total only the new cells have changed',
  );
  must(
    added.length > 0 && added.every((cell) => after[cell] === supplemented.cells[cell]),
    'the new cells of the total are those of the one school that has supplemented them',
  );
  return { version: newest.version, asked: told.asked, added };
}

const sameCells = (left: Record<string, number | undefined>, right: Cells): boolean =>
  [...new Set([...Object.keys(left), ...Object.keys(right)])].every((cell) => left[cell] === right[cell]);

/** The school sends the new cells and keeps the others; the figures that were kept open to the records of then. */
async function supplement(story: Story, { clerk, reviewer }: Roles, sent: Report): Promise<Report> {
  const params = { unitId: sent.unitId, reportId: sent.id };
  const asked = await clerk.call(readReport, { params });
  must(asked.state === 'supplement', `the report is ${asked.state}`);
  await mustBeRefused(
    reviewer.call(approveReport, { params, body: { submissionNo: sent.lastSubmissionNo } }),
    409,
    'an approval of a report that needs a supplement',
  );
  return story.step(
    'the school supplements the new cells alone; approved again',
    async () => {
      const { report } = await clerk.call(compileReport, { params });
      const made = await clerk.call(submitReport, { params, body: { version: report!.version } });
      for (const [cell, value] of Object.entries(sent.cells)) must(made.cells[cell] === value, `cell ${cell} was kept`);
      const no = made.lastSubmissionNo;
      const opened = await clerk.call(openCell, {
        params: { ...params, row: '37', column: '1' },
        query: { no, pageSize: 1 },
      });
      must(opened.total === made.cells['37.1'], 'a kept figure opens to its records');
      return reviewer.call(approveReport, { params, body: { submissionNo: no } });
    },
    (made) => ({ no: made.lastSubmissionNo, cells: made.supplement?.cells.length }),
  );
}
