import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { permissionsOf } from '../permissions.ts';
import {
  eventsFor,
  eventWords,
  holderIn,
  nextState,
  reportStates,
  stateWords,
  transitions,
  type Party,
  type ReportEvent,
  type ReportState,
} from './states.ts';

const events = Object.keys(transitions) as ReportEvent[];

test('the whole table, state by state', () => {
  const table = Object.fromEntries(
    reportStates.map((state) => [
      state,
      events.filter((event) => nextState(state, event)).map((event) => `${event}:${nextState(state, event)}`),
    ]),
  );
  assert.deepEqual(table, {
    'not-started': ['start:draft'],
    draft: ['compile:draft', 'explain:draft', 'answer:draft', 'submit:submitted', 'extend:draft', 'form-changed:draft'],
    submitted: ['answer:submitted', 'remark:submitted', 'approve:approved', 'return:returned', 'supplement:supplement'],
    returned: [
      'compile:returned',
      'explain:returned',
      'answer:returned',
      'submit:submitted',
      'remark:returned',
      'extend:returned',
      'form-changed:returned',
    ],
    approved: ['remark:approved', 'reopen:draft', 'supplement:supplement'],
    supplement: [
      'compile:supplement',
      'explain:supplement',
      'answer:supplement',
      'submit:submitted',
      'remark:supplement',
      'extend:supplement',
      'supplement:supplement',
    ],
  });
});

test('whatever happens, a report is approved only by its reviewer right after it was sent', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (attempts) => {
      let state: ReportState = 'not-started';
      let last: ReportEvent | undefined;
      for (const event of attempts) {
        const next = nextState(state, event);
        if (!next) continue;
        if (next === 'approved' && state !== 'approved') {
          assert.equal(state, 'submitted');
          assert.equal(event, 'approve');
        }
        if (event === 'submit') assert.equal(holderIn(next), 'reviewer');
        if (next !== state) last = event;
        state = next;
      }
      if (state === 'approved') assert.equal(last, 'approve');
    }),
  );
});

test('each party is offered what its permissions allow and nothing of the others', () => {
  assert.deepEqual(eventsFor('submitted', 'unit'), ['answer']);
  assert.deepEqual(eventsFor('submitted', 'reviewer'), ['remark', 'approve', 'return', 'supplement']);
  assert.deepEqual(eventsFor('submitted', 'above'), ['remark', 'supplement']);
  assert.deepEqual(eventsFor('approved', 'above'), ['remark', 'reopen', 'supplement']);
  const clerk = permissionsOf('clerk', 'school');
  for (const state of reportStates) {
    for (const event of eventsFor(state, 'unit')) assert.ok(clerk.has(transitions[event].permission), event);
    for (const party of ['reviewer', 'above'] as Party[]) {
      for (const event of eventsFor(state, party)) assert.ok(!clerk.has(transitions[event].permission), event);
    }
  }
});

test('every state and event has its own words in both languages', () => {
  for (const words of [stateWords, eventWords]) {
    for (const language of ['vi', 'en'] as const) {
      const said = Object.values(words).map((text) => text[language]);
      assert.equal(new Set(said).size, said.length);
    }
  }
});
