import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import type { ReportLink } from '../../paths.ts';
import type { ReportState } from '@khuevan/core/reports/states.ts';

export type WizardStep = 'data' | 'rooms' | 'budget' | 'check' | 'send';
export type ReportView = NonNullable<ReportLink['step']>;

export const schoolSteps: readonly WizardStep[] = ['data', 'rooms', 'budget', 'check', 'send'];
/** An office adds up what it approved; it types no rooms and no money. */
export const officeSteps: readonly WizardStep[] = ['data', 'check', 'send'];

/** A school types rooms and money where the form asks for them. */
export const stepsOf = (form: Pick<FormDefinition, 'sections'>, isSchool: boolean): readonly WizardStep[] => {
  const asks = (part: number) => form.sections.some((section) => section.part === part);
  return isSchool
    ? schoolSteps.filter((step) => (step !== 'rooms' || asks(4)) && (step !== 'budget' || asks(5)))
    : officeSteps;
};

const numbers: Partial<Record<WizardStep, string>> = { data: '1-3', rooms: '4', budget: '5' };

/** Where a form has all the parts of form 02-TH-ĐN, the steps bear their numbers. */
export const partsOf = (step: WizardStep, form: Pick<FormDefinition, 'sections'>): string =>
  stepsOf(form, true).length === schoolSteps.length ? (numbers[step] ?? '') : '';

/** The step after one, of those that the form has. */
export const stepAfter = (step: WizardStep, form: Pick<FormDefinition, 'sections'>, isSchool: boolean): WizardStep => {
  const steps = stepsOf(form, isSchool);
  return steps[steps.indexOf(step) + 1] ?? 'send';
};

/** In these states the figures are in the unit's own hands. */
export function isWorking(state: ReportState): boolean {
  return state === 'draft' || state === 'returned' || state === 'supplement';
}

export interface WizardFacts {
  state: ReportState;
  isCompiled: boolean;
  isOutdated: boolean;
  /** Rooms and budget lines on record; null while they are not known. */
  rooms: number | null;
  budgetLines: number | null;
  budgetLinesWanted: number;
  /** What stands against sending; null while it is not known. */
  errors: number | null;
  unexplained: number | null;
  openItems: number;
}

export type StepState = 'done' | 'todo' | 'attention';

/** How far each step is. Sent means that all of them are done. */
export function stepState(step: WizardStep, facts: WizardFacts): StepState {
  if (!isWorking(facts.state)) return 'done';
  switch (step) {
    case 'data':
      return !facts.isCompiled ? 'todo' : facts.isOutdated ? 'attention' : 'done';
    case 'rooms':
      return facts.rooms ? 'done' : 'todo';
    case 'budget':
      return facts.budgetLines !== null && facts.budgetLines >= facts.budgetLinesWanted ? 'done' : 'todo';
    case 'check':
      if (!facts.isCompiled || facts.errors === null) return 'todo';
      return facts.errors + (facts.unexplained ?? 0) > 0 ? 'attention' : facts.isOutdated ? 'todo' : 'done';
    case 'send':
      return 'todo';
  }
}

/** Where the work goes on. */
export function nextStep(steps: readonly WizardStep[], facts: WizardFacts): WizardStep {
  return steps.find((step) => stepState(step, facts) !== 'done') ?? 'send';
}

/** What is shown where the address names no step: the work to answer, then the next step, then the form. */
export function viewFor(
  given: string | null,
  steps: readonly WizardStep[],
  facts: WizardFacts,
  isOwn: boolean,
): ReportView {
  const views: readonly ReportView[] = ['form', 'work', 'differences', 'history'];
  const asked = [...steps, ...views].find((each) => each === given);
  if (asked && (isOwn || views.includes(asked))) return asked;
  if (!isOwn) return 'form';
  if (facts.openItems > 0 && isWorking(facts.state)) return 'work';
  return isWorking(facts.state) ? nextStep(steps, facts) : 'send';
}
