// A form changes while its period runs: what was sent is asked for the new cells only.
import { ProblemError } from '@khuevan/core/problems.ts';
import type { BodyOf, ParamsOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { previewFormVersion, publishFormVersion } from '@khuevan/core/contract/periods.ts';
import type { CellPlace } from '@khuevan/core/forms/cells.ts';
import { compareVersions, onlyAdds } from '@khuevan/core/forms/version-change.ts';
import { isInForce } from '@khuevan/core/forms/versions.ts';
import { findForm } from '#features/forms';
import { now, today } from '#platform/clock.ts';
import type { Tx, Writing } from '#platform/database.ts';
import { countReportsOfForm, storeFormVersion } from './form-version.queries.ts';
import { describePeriod, readPeriod } from './periods.actions.ts';
import type { PeriodRow } from './periods.queries.ts';

type Asked = ParamsOf<typeof publishFormVersion>;

/** @throws ProblemError not_found; invalid_request where the version does more than add cells, or is not in force on the as-of day */
async function findAddition(
  tx: Tx,
  asked: Asked,
): Promise<{ period: PeriodRow; fromVersion: string; added: CellPlace[] }> {
  const period = await readPeriod(tx, asked.periodId);
  const current = period.forms.find((form) => form.code === asked.formCode && form.replacedBy === null);
  if (period.owner_id !== asked.unitId || !current) throw new ProblemError('not_found');
  const form = findForm(asked.formCode, asked.version);
  const refuse = (reason: string) => new ProblemError('invalid_request', { path: 'version', reason });
  if (current.version === form.version) throw refuse(`kỳ này đang dùng phiên bản ${form.version}`);
  if (!isInForce(form, period.as_of)) throw refuse(`phiên bản ${form.version} không có hiệu lực vào ngày chốt số liệu`);
  const change = compareVersions(findForm(current.code, current.version), form);
  if (!onlyAdds(change)) {
    const cells = [...change.removed, ...change.changed].slice(0, 10).join(', ');
    throw refuse(`phiên bản ${form.version} bỏ hoặc đổi cách đếm các ô ${cells}: hãy mở một kỳ khác cho phiên bản này`);
  }
  return { period, fromVersion: current.version, added: change.added };
}

export async function previewVersion(tx: Tx, asked: Asked): Promise<ResponseOf<typeof previewFormVersion>> {
  const { fromVersion, added } = await findAddition(tx, asked);
  const rows = new Map(added.map(({ row }) => [row.code, { code: row.code, label: row.label }]));
  return {
    fromVersion,
    rows: [...rows.values()],
    cells: added.length,
    ...(await countReportsOfForm(tx, asked.periodId, asked.formCode)),
  };
}

export async function publishVersion(
  { tx, access, audit }: Writing,
  asked: Asked,
  { periodVersion, dueOn, reason }: BodyOf<typeof publishFormVersion>,
): Promise<ResponseOf<typeof publishFormVersion>> {
  const { period, added } = await findAddition(tx, asked);
  if (period.version !== periodVersion) throw new ProblemError('stale_record', {}, { current: describePeriod(period) });
  if (dueOn < today()) throw new ProblemError('invalid_request', { path: 'body.dueOn', reason: 'hạn bổ sung đã qua' });
  const told = await storeFormVersion(tx, {
    ...asked,
    added: added.map(({ key }) => key),
    dueOn,
    reason,
    accountName: access.actor.name,
    at: now(),
  });
  audit.subjectKind = 'period';
  audit.subjectId = period.id;
  audit.detail = { formCode: asked.formCode, version: asked.version, dueOn, reason, ...told };
  return { period: describePeriod(await readPeriod(tx, period.id)), ...told };
}
