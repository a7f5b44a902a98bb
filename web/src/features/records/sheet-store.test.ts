import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import type { Text } from '@khuevan/core/records/field.ts';
import { student } from '@khuevan/core/records/student.ts';
import type { RowToSave, SaveResult, SheetServer } from './sheet-server.ts';
import { SheetStore } from './sheet-store.ts';
import { findingsIn, newRow, type StoredRecord, stateOf, toneOf, valueIn } from './sheet-rows.ts';

/** Behaves as the API does: versions that count up, stale writers told so, the same key answered once. */
class SchoolServer implements SheetServer {
  readonly records = new Map<string, StoredRecord>();
  readonly requests: RowToSave[][] = [];
  readonly removed: string[] = [];
  readonly inUse = new Set<string>();
  isDown = false;
  losesAnswers = false;
  private readonly answered = new Map<string, SaveResult[]>();

  constructor(records: StoredRecord[]) {
    for (const record of records) this.records.set(record.id, record);
  }

  async save(rows: RowToSave[], key: string): Promise<SaveResult[]> {
    if (this.isDown) throw new Error('unreachable');
    this.requests.push(rows);
    const results = this.answered.get(key) ?? rows.map((row) => this.saveOne(row));
    this.answered.set(key, results);
    if (this.losesAnswers) throw new Error('unreachable');
    return results;
  }

  async remove(id: string): Promise<Text | null> {
    if (this.isDown) throw new Error('unreachable');
    if (this.inUse.has(id)) return { vi: 'đang dùng', en: 'in use' };
    this.records.delete(id);
    this.removed.push(id);
    return null;
  }

  /** Another person at another desk. */
  storeElsewhere(id: string, values: Record<string, unknown>): void {
    const record = this.records.get(id)!;
    this.records.set(id, {
      ...record,
      version: String(Number(record.version) + 1),
      values: { ...record.values, ...values },
    });
  }

  private saveOne({ id, version, values }: RowToSave): SaveResult {
    const current = this.records.get(id);
    if (current && current.version !== version) return { state: 'stale', record: current, findings: [], problem: null };
    const record = {
      id,
      version: String(Number(current?.version ?? 0) + 1),
      values: { ...current?.values, ...values },
      findings: [],
    };
    if (!record.values.fullName)
      return {
        state: 'invalid',
        record: null,
        findings: [{ rule: 'required', severity: 'error', field: 'fullName' }],
        problem: { vi: 'còn lỗi', en: 'has errors' },
      };
    this.records.set(id, record);
    return { state: 'saved', record, findings: [], problem: null };
  }
}

class DeviceMemory {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

const pupil = (id: string, fullName: string): StoredRecord => ({
  id,
  version: '1',
  values: { fullName, sex: '01', birthDate: '2018-03-12', pin: null },
  findings: [],
});

async function settleTime(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

function open(
  t: TestContext,
  records = [pupil('a', 'Lý Thị Dung'), pupil('b', 'Ma Văn Giang')],
  storage = new DeviceMemory(),
  server = new SchoolServer(records),
  onRemovalRefused: (reason: Text) => void = () => undefined,
) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const store = new SheetStore({ kind: student, server, storage, outbox: 'outbox', onRemovalRefused });
  store.load([...server.records.values()]);
  const row = (id: string) => store.state.rows.find((each) => each.id === id)!;
  return { store, server, storage, row };
}

test('what is typed is read, kept on the device at once, saved after a pause, and then no longer kept', async (t) => {
  const { store, server, storage, row } = open(t);
  store.change([{ id: 'a', key: 'birthDate', text: '1/7/2018' }]);
  assert.equal(valueIn(row('a'), 'birthDate'), '2018-07-01');
  assert.match(storage.items.get('outbox')!, /2018-07-01/);
  assert.equal(server.requests.length, 0);
  await settleTime(500);
  assert.deepEqual(server.requests, [[{ id: 'a', version: '1', values: { birthDate: '2018-07-01' } }]]);
  assert.equal(row('a').version, '2');
  assert.equal(store.state.saved.state, 'saved');
  assert.equal(storage.items.has('outbox'), false);
});

test('without a network nothing is lost: it is sent when the network is back, and after the page was closed', async (t) => {
  const { store, server, storage, row } = open(t);
  server.isDown = true;
  store.change([{ id: 'a', key: 'fullName', text: 'Lý Thị Dung Anh' }]);
  await settleTime(500);
  assert.deepEqual(store.state.saved, { state: 'held', count: 1 });
  assert.equal(valueIn(row('a'), 'fullName'), 'Lý Thị Dung Anh');

  store.stop();
  server.isDown = false;
  const again = new SheetStore({ kind: student, server, storage, outbox: 'outbox' });
  again.load([...server.records.values()]);
  assert.equal(valueIn(again.state.rows[0]!, 'fullName'), 'Lý Thị Dung Anh');
  await settleTime(500);
  assert.equal(server.records.get('a')!.values.fullName, 'Lý Thị Dung Anh');
  assert.equal(storage.items.has('outbox'), false);
});

test('a sheet that was made while the one before was still typed in misses nothing of it', async (t) => {
  const { store, server, storage } = open(t);
  server.isDown = true;
  const next = new SheetStore({ kind: student, server, storage, outbox: 'outbox' });
  store.change([{ id: 'a', key: 'fullName', text: 'Lý Thị Dung Anh' }]);
  await store.leave();
  store.stop();
  next.load([...server.records.values()]);
  assert.equal(valueIn(next.state.rows[0]!, 'fullName'), 'Lý Thị Dung Anh');
  assert.match(storage.items.get('outbox')!, /Lý Thị Dung Anh/);
  next.stop();
});

test('a lost answer stores nothing twice', async (t) => {
  const { store, server, row } = open(t);
  server.losesAnswers = true;
  store.change([{ id: 'b', key: 'sex', text: 'Nữ' }]);
  await settleTime(500);
  server.losesAnswers = false;
  await settleTime(5000);
  assert.equal(server.records.get('b')!.version, '2');
  assert.equal(row('b').version, '2');
  assert.equal(stateOf(row('b')), 'stored');
});

test('text that is no value stays in its cell, is not sent, and says what is wrong', async (t) => {
  const { store, server, row } = open(t);
  store.change([
    { id: 'a', key: 'birthDate', text: '31/02/2018' },
    { id: 'a', key: 'sex', text: 'nu' },
  ]);
  assert.equal(toneOf(row('a'), 'birthDate'), 'error');
  assert.equal(findingsIn(row('a'))[0]!.rule, 'bad_date');
  await settleTime(500);
  assert.deepEqual(server.requests, [[{ id: 'a', version: '1', values: { sex: '02' } }]]);
  assert.deepEqual(store.state.saved, { state: 'held', count: 1 });
  store.change([{ id: 'a', key: 'birthDate', text: '28/02/2018' }]);
  await settleTime(500);
  assert.equal(server.records.get('a')!.values.birthDate, '2018-02-28');
  assert.equal(store.state.saved.state, 'saved');
});

test('two people in different fields: both changes stand', async (t) => {
  const { store, server, row } = open(t);
  server.storeElsewhere('a', { sex: '02' });
  store.change([{ id: 'a', key: 'fullName', text: 'Lý Thị Dung Anh' }]);
  await settleTime(500);
  await settleTime(500);
  assert.deepEqual(server.records.get('a')!.values, {
    fullName: 'Lý Thị Dung Anh',
    sex: '02',
    birthDate: '2018-03-12',
    pin: null,
  });
  assert.equal(stateOf(row('a')), 'stored');
});

test('two people in the same field: a person chooses, nothing is overwritten meanwhile', async (t) => {
  const { store, server, row } = open(t);
  server.storeElsewhere('a', { fullName: 'Lý Thị Dung B' });
  store.change([{ id: 'a', key: 'fullName', text: 'Lý Thị Dung A' }]);
  await settleTime(500);
  assert.equal(stateOf(row('a')), 'conflict');
  assert.equal(store.state.saved.state, 'conflict');
  assert.equal(server.records.get('a')!.values.fullName, 'Lý Thị Dung B');

  store.settle('a', new Set());
  assert.equal(valueIn(row('a'), 'fullName'), 'Lý Thị Dung B');

  store.change([{ id: 'a', key: 'fullName', text: 'Lý Thị Dung C' }]);
  server.storeElsewhere('a', { fullName: 'Lý Thị Dung D' });
  await settleTime(500);
  store.settle('a', new Set(['fullName']));
  await settleTime(500);
  assert.equal(server.records.get('a')!.values.fullName, 'Lý Thị Dung C');
});

test('a new row is sent when it is left; refused, it stays with its reason', async (t) => {
  const { store, server, row } = open(t);
  store.add([newRow('n', { sex: '01' })], true);
  store.enter('n');
  store.change([{ id: 'n', key: 'birthDate', text: '05/05/2018' }]);
  await settleTime(2000);
  assert.equal(server.requests.length, 0);
  store.enter('a');
  await settleTime(500);
  assert.equal(stateOf(row('n')), 'blocked');
  assert.equal(toneOf(row('n'), 'fullName'), 'error');
  assert.equal(row('n').findings.length, 0);
  store.change([{ id: 'n', key: 'fullName', text: 'Nông Đức Kiên' }]);
  await settleTime(500);
  assert.equal(server.records.get('n')!.values.birthDate, '2018-05-05');
  assert.equal(row('n').version, '1');
});

test('undo and redo take back cells, rows that were added, and rows that were removed', async (t) => {
  const { store, server, row } = open(t);
  store.change([
    { id: 'a', key: 'sex', text: 'Nữ' },
    { id: 'b', key: 'sex', text: 'Nữ' },
  ]);
  store.undo();
  assert.deepEqual(
    ['a', 'b'].map((id) => valueIn(row(id), 'sex')),
    ['01', '01'],
  );
  store.redo();
  assert.deepEqual(
    ['a', 'b'].map((id) => valueIn(row(id), 'sex')),
    ['02', '02'],
  );

  store.remove(['a']);
  assert.deepEqual(
    store.state.rows.map((each) => each.id),
    ['b'],
  );
  store.undo();
  assert.deepEqual(
    store.state.rows.map((each) => each.id),
    ['a', 'b'],
  );
  await settleTime(20_000);
  assert.deepEqual(server.removed, []);

  store.remove(['a']);
  await settleTime(20_000);
  assert.deepEqual(server.removed, ['a']);
});

test('a removal that is refused brings the row back with the reason; without a network it waits', async (t) => {
  const reasons: string[] = [];
  const { store, server, storage, row } = open(t, undefined, undefined, undefined, ({ en }) => reasons.push(en));
  server.inUse.add('b');
  store.remove(['b']);
  await settleTime(10_000);
  assert.deepEqual(reasons, ['in use']);
  assert.equal(stateOf(row('b')), 'stored');

  store.remove(['a']);
  server.isDown = true;
  await settleTime(10_000);
  assert.equal(row('a'), undefined);
  assert.match(storage.items.get('outbox')!, /isRemoved/);
  server.isDown = false;
  await settleTime(40_000);
  assert.deepEqual(server.removed, ['a']);
});

test('a masked number that comes back changes nothing', (t) => {
  const { store, row } = open(t);
  store.change([{ id: 'a', key: 'pin', text: '019318••••07' }]);
  assert.equal(stateOf(row('a')), 'stored');
});

test('a device that refuses to keep what was typed is told', (t) => {
  const storage = new DeviceMemory();
  const { store } = open(t, undefined, storage);
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  store.change([{ id: 'a', key: 'sex', text: 'Nữ' }]);
  assert.equal(store.state.isKept, false);
});
