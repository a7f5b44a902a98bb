import * as contract from '@khuevan/core/contract/reminders.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { listNoticesOf, markRead, remind } from './notices.actions.ts';
import { changePlan, changeRhythm, describeDigest, readPlan } from './plan.actions.ts';

export function serveReminders(parts: ServerParts): void {
  const mailIsOn = parts.config.KHUEVAN_SMTP_URL !== undefined;
  serve(parts, contract.listNotices, ({ params, query, read }) =>
    read(params.unitId, (reading) => listNoticesOf(reading, query), 'alone'),
  );
  serve(parts, contract.readNotices, ({ params, body, write }) =>
    write(params.unitId, 'notices.read', (writing) => markRead(writing, body.noticeIds)),
  );
  serve(parts, contract.remindUnits, ({ params, body, write }) =>
    write(params.unitId, 'units.reminded', (writing) => remind(writing, body)),
  );
  serve(parts, contract.readReminderPlan, ({ params, read }) =>
    read(params.unitId, (reading) => readPlan(reading, params.periodId, mailIsOn)),
  );
  serve(parts, contract.changeReminderPlan, ({ params, body, write }) =>
    write(params.unitId, 'reminder-plan.changed', (writing) => changePlan(writing, params.periodId, body, mailIsOn)),
  );
  serve(parts, contract.readDigest, ({ params, read }) => read(params.unitId, describeDigest));
  serve(parts, contract.changeDigest, ({ params, body, write }) =>
    write(params.unitId, 'digest.changed', (writing) => changeRhythm(writing, body)),
  );
}
