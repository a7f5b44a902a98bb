import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import { Autosave, type SaveState } from './autosave.ts';

class Down extends Error {}

function start(t: TestContext, save: (text: string) => Promise<unknown>) {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const states: SaveState[] = [];
  const autosave = new Autosave({
    save,
    isLongEnough: (text) => text.trim().length >= 3,
    mayPass: (error) => error instanceof Down,
    onState: (state) => states.push(state),
  });
  return { autosave, states };
}

const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

test('only the newest text is sent, once the typing rests', async (t) => {
  const sent: string[] = [];
  const { autosave, states } = start(t, async (text) => sent.push(text));
  autosave.type('Do');
  autosave.type('Do s');
  mock.timers.tick(300);
  autosave.type('Do sáp nhập');
  mock.timers.tick(699);
  assert.deepEqual(sent, []);
  mock.timers.tick(1);
  await settle();
  assert.deepEqual(sent, ['Do sáp nhập']);
  assert.deepEqual(states, ['short', 'typing', 'typing', 'saving', 'saved']);
});

test('a text that became too short is not sent', async (t) => {
  const sent: string[] = [];
  const { autosave, states } = start(t, async (text) => sent.push(text));
  autosave.type('Do sáp');
  autosave.type('Do');
  mock.timers.tick(10_000);
  await settle();
  assert.deepEqual(sent, []);
  assert.equal(states.at(-1), 'short');
});

test('what is typed while a request is under way goes out after it', async (t) => {
  const sent: string[] = [];
  let answer: () => void = () => undefined;
  const { autosave, states } = start(t, (text) => {
    sent.push(text);
    return new Promise<void>((resolve) => (answer = resolve));
  });
  autosave.type('một hai');
  mock.timers.tick(700);
  autosave.type('một hai ba');
  mock.timers.tick(700);
  await settle();
  assert.deepEqual(sent, ['một hai']);
  answer();
  await settle();
  assert.deepEqual(sent, ['một hai', 'một hai ba']);
  answer();
  await settle();
  assert.equal(states.at(-1), 'saved');
});

test('without a network the text waits and is sent again by itself', async (t) => {
  let isDown = true;
  const sent: string[] = [];
  const { autosave, states } = start(t, async (text) => {
    if (isDown) throw new Down();
    sent.push(text);
  });
  autosave.type('lý do dài');
  mock.timers.tick(700);
  await settle();
  assert.equal(states.at(-1), 'held');
  isDown = false;
  mock.timers.tick(2000);
  await settle();
  assert.deepEqual(sent, ['lý do dài']);
  assert.equal(states.at(-1), 'saved');
});

test('a refusal is told and not repeated', async (t) => {
  let asked = 0;
  const { autosave, states } = start(t, async () => {
    asked += 1;
    throw new Error('wrong_state');
  });
  autosave.type('lý do dài');
  mock.timers.tick(700);
  await settle();
  mock.timers.tick(60_000);
  await settle();
  assert.equal(asked, 1);
  assert.equal(states.at(-1), 'refused');
});
