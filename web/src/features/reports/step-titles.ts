import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { partsOf, type WizardStep } from './steps.ts';

/** What a step is called in a report of the form. */
export function useStepTitle(form: Pick<FormDefinition, 'sections'>, isSchool: boolean): (step: WizardStep) => string {
  const t = useText(reportsText);
  return (step) => (isSchool ? `${partsOf(step, form)} ${t.steps[step]}`.trim() : t.officeSteps[step]);
}
