import {
  type CheckFace,
  describeChecks,
  findSettingFault,
  type SettingFault,
  toleranceBounds,
} from '@khuevan/core/checks/settings.ts';
import type { listChecks, setCheck } from '@khuevan/core/contract/checks.ts';
import type { BodyOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { newestVersions } from '@khuevan/core/forms/versions.ts';
import { permissionsOf } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { findForm, loadForms } from '#features/forms';
import type { Tx, Writing } from '#platform/database.ts';
import {
  insertSetting,
  selectPeriodForm,
  selectSettingHistory,
  selectSettingsInForce,
  type SettingRow,
} from './settings.queries.ts';

const describeSetting = (row: SettingRow): ResponseOf<typeof setCheck> => ({
  id: row.id,
  rule: row.rule,
  severity: row.severity,
  tolerance: row.tolerance,
  reason: row.reason,
  ownerId: row.owner_id,
  ownerName: row.owner_name,
  setByName: row.set_by_name,
  setAt: row.set_at.toISOString(),
});

/** @throws ProblemError not_found where the period does not ask for the form. */
export async function describeChecksOf(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: QueryOf<typeof listChecks>,
): Promise<ResponseOf<typeof listChecks>> {
  const asked = await selectPeriodForm(tx, periodId, formCode);
  if (!asked) throw new ProblemError('not_found');
  const form = findForm(formCode, asked.form_version);
  const place = { unitId, slug: form.slug, level: asked.level, asOf: asked.as_of };
  const inForce = new Map((await selectSettingsInForce(tx, place)).map((row) => [row.rule, row]));
  return {
    formSlug: form.slug,
    checks: describeChecks(form).map((face) => {
      const set = inForce.get(face.rule);
      return {
        ...face,
        allowed: [...face.allowed],
        setting: set
          ? { severity: set.severity, tolerance: set.tolerance, ownerId: set.owner_id, ownerName: set.owner_name }
          : null,
      };
    }),
    history: (await selectSettingHistory(tx, place)).map(describeSetting),
  };
}

/** From now on, for every unit below; what was sent before keeps what was in force then. */
export async function setOneCheck(
  { tx, access, audit }: Writing,
  unitId: string,
  body: BodyOf<typeof setCheck>,
): Promise<ResponseOf<typeof setCheck>> {
  // In the unit's own name: who holds the right further up sets it there.
  const mayHere = access.memberships.some(
    (each) => each.unitId === unitId && permissionsOf(each.role, each.unitKind).has('checks.write'),
  );
  if (!mayHere) throw new ProblemError('forbidden');
  const { formSlug, rule, severity, tolerance, reason } = body;
  const [form] = newestVersions(loadForms().filter(({ slug }) => slug === formSlug));
  const face = form && describeChecks(form).find((each) => each.rule === rule);
  if (!face) throw new ProblemError('not_found');
  const fault = severity === null ? null : findSettingFault(face, { rule, severity, tolerance });
  if (fault) throw new ProblemError('check_setting_refused', sayFault(fault, face));
  const row = await insertSetting(tx, {
    ownerId: unitId,
    formSlug,
    rule,
    severity,
    tolerance: severity === null ? {} : tolerance,
    reason,
    setBy: access.actor.accountId,
    setByName: access.actor.name,
  });
  audit.subjectKind = 'check';
  audit.subjectId = row.id;
  audit.detail = { rule, severity, tolerance, reason };
  return describeSetting(row);
}

function sayFault(fault: SettingFault, { title }: CheckFace): { vi: string; en: string } {
  const { share, least, times } = toleranceBounds;
  const said = {
    'fixed-by-law': {
      vi: 'là cấu trúc của biểu do luật định, không tắt và không đổi ngưỡng được',
      en: 'is the structure of the form by law and can be neither switched off nor changed',
    },
    severity: {
      vi: 'chỉ là điều thường thấy, không đặt thành lỗi chặn gửi được',
      en: 'is an expectation and cannot become an error that blocks sending',
    },
    tolerance: {
      vi: `chỉ nhận ngưỡng của nó: tỷ lệ ${share.least * 100}-${share.most * 100}%, số tuyệt đối ${least.least}-${least.most}, số lần độ lệch ${times.least}-${times.most}`,
      en: `takes its own tolerances only: a share of ${share.least * 100}-${share.most * 100}%, an amount of ${least.least}-${least.most}, ${times.least}-${times.most} deviations`,
    },
  }[fault];
  return { vi: `Kiểm tra “${title.vi}” ${said.vi}.`, en: `The check “${title.en}” ${said.en}.` };
}
