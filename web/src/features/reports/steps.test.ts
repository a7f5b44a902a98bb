import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  nextStep,
  officeSteps,
  partsOf,
  schoolSteps,
  stepAfter,
  stepsOf,
  stepState,
  viewFor,
  type WizardFacts,
} from './steps.ts';

const fresh: WizardFacts = {
  state: 'draft',
  isCompiled: false,
  isOutdated: false,
  rooms: 0,
  budgetLines: 0,
  budgetLinesWanted: 8,
  errors: null,
  unexplained: null,
  openItems: 0,
};
const clean: WizardFacts = { ...fresh, isCompiled: true, rooms: 29, budgetLines: 8, errors: 0, unexplained: 0 };

test('a new report begins with the data and a clean one is ready to be sent', () => {
  assert.equal(nextStep(schoolSteps, fresh), 'data');
  assert.equal(nextStep(schoolSteps, { ...fresh, isCompiled: true }), 'rooms');
  assert.equal(nextStep(schoolSteps, { ...fresh, isCompiled: true, rooms: 3 }), 'budget');
  assert.equal(nextStep(schoolSteps, { ...clean, errors: 2 }), 'check');
  assert.equal(nextStep(schoolSteps, clean), 'send');
  assert.equal(nextStep(officeSteps, { ...fresh, isCompiled: true, errors: 0, unexplained: 0 }), 'send');
});

const withParts = (...parts: Array<1 | 2 | 3 | 4 | 5>) => ({
  sections: parts.map((part) => ({
    id: String(part),
    number: '',
    title: { vi: '', en: '' },
    columnSet: '',
    part,
    rows: [],
  })),
});

test('a form that asks for no rooms or no money has no step for them', () => {
  assert.deepEqual(stepsOf(withParts(1, 2, 3, 4, 5), true), schoolSteps);
  assert.deepEqual(stepsOf(withParts(1, 2, 3), true), ['data', 'check', 'send']);
  assert.deepEqual(stepsOf(withParts(5), true), ['data', 'budget', 'check', 'send']);
  assert.deepEqual(stepsOf(withParts(4, 5), false), officeSteps);
  assert.equal(stepAfter('data', withParts(1, 2, 3), true), 'check');
  assert.equal(stepAfter('data', withParts(5), true), 'budget');
  assert.equal(stepAfter('rooms', withParts(1, 4, 5), true), 'budget');
  assert.equal(stepAfter('rooms', withParts(1, 4), true), 'check');
  assert.equal(stepAfter('data', withParts(1, 4, 5), false), 'check');
});

test('steps are numbered as the parts of the form where it has all of them', () => {
  const said = (form: ReturnType<typeof withParts>) => stepsOf(form, true).map((step) => partsOf(step, form));
  assert.deepEqual(said(withParts(1, 2, 3, 4, 5)), ['1-3', '4', '5', '', '']);
  assert.deepEqual(said(withParts(1, 2, 3)), ['', '', '']);
  assert.deepEqual(said(withParts(5)), ['', '', '', '']);
});

test('changed records and open warnings want attention', () => {
  assert.equal(stepState('data', { ...clean, isOutdated: true }), 'attention');
  assert.equal(stepState('check', { ...clean, isOutdated: true }), 'todo');
  assert.equal(stepState('check', { ...clean, unexplained: 1 }), 'attention');
  assert.equal(stepState('budget', { ...clean, budgetLines: 7 }), 'todo');
});

test('after sending every step is done', () => {
  for (const step of schoolSteps) assert.equal(stepState(step, { ...fresh, state: 'submitted' }), 'done');
});

test('the address decides what is shown, within what the reader may do', () => {
  assert.equal(viewFor('rooms', schoolSteps, clean, true), 'rooms');
  assert.equal(viewFor('rooms', officeSteps, clean, true), 'send');
  assert.equal(viewFor('history', schoolSteps, clean, false), 'history');
  assert.equal(viewFor('send', schoolSteps, clean, false), 'form');
  assert.equal(viewFor(null, schoolSteps, { ...clean, state: 'returned', openItems: 2 }, true), 'work');
  assert.equal(viewFor(null, schoolSteps, { ...clean, state: 'approved', openItems: 2 }, true), 'send');
  assert.equal(viewFor('nonsense', schoolSteps, fresh, true), 'data');
});
