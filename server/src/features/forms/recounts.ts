// The recount of every form, by its slug; every-form.test.ts holds the compiler to it, and fails for a form that has none.
import type { Recount } from './recount-parts.ts';
import { recountBudget, recountBudgetEnd, recountDisabled, recountDisabledEnd } from './recount-all-levels.ts';
import { recountContinuing } from './recount-continuing.ts';
import { recountPreschool } from './recount-01-mn-dn.ts';
import { recountPrimary } from './recount-02-th-dn.ts';
import { recountLowerSecondary, recountUpperSecondary } from './recount-secondary.ts';
import {
  recountContinuingEnd,
  recountLowerSecondaryEnd,
  recountPreschoolEnd,
  recountPrimaryEnd,
  recountUpperSecondaryEnd,
} from './recount-year-end.ts';

export interface RegisteredRecount {
  recount: Recount;
  /** The day for which random schools are counted: stays of random people begin and end around it. */
  asOf: string;
}

const atStart = (recount: Recount): RegisteredRecount => ({ recount, asOf: '2024-09-30' });
const atEnd = (recount: Recount): RegisteredRecount => ({ recount, asOf: '2025-05-31' });

export const recounts: Readonly<Record<string, RegisteredRecount>> = {
  '01-mn-dn': atStart(recountPreschool),
  '02-th-dn': atStart(recountPrimary),
  'x03-thcs-dn': atStart(recountLowerSecondary),
  'x04-thpt-dn': atStart(recountUpperSecondary),
  'x05-gdtx-dn': atStart(recountContinuing),
  'x06-kt-dn': atStart(recountDisabled),
  'x07-nsnn-dn': atStart(recountBudget),
  'x01-mn-cn': atEnd(recountPreschoolEnd),
  'x02-th-cn': atEnd(recountPrimaryEnd),
  'x03-thcs-cn': atEnd(recountLowerSecondaryEnd),
  'x04-thpt-cn': atEnd(recountUpperSecondaryEnd),
  'x05-gdtx-cn': atEnd(recountContinuingEnd),
  'x06-kt-cn': atEnd(recountDisabledEnd),
  'x07-nsnn-cn': atEnd(recountBudgetEnd),
};
