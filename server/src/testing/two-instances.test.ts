// The server keeps nothing between requests: two instances on one database are one service, background work included.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readSession } from '@khuevan/core/contract/accounts.ts';
import { downloadTemplate, readImport, startImport } from '@khuevan/core/contract/imports.ts';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { loadReferences } from '#features/codes';
import { buildProvince, demoPassword } from '#features/demo';
import { readConfig } from '#platform/config.ts';
import { createDatabase } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createApp } from '../app.ts';
import { enter, RefusedError, type Person } from '../play/api-client.ts';
import type { Runtime } from '../runtime.ts';
import { startFeatureWorker } from '../worker.ts';

interface Instance {
  address: string;
  close(): Promise<void>;
}

let db: TestDatabase;
let first: Instance;
let second: Instance;
const username = 'truong.19164401';

/** An instance with its own connections. Only one of the two does background work, so a job that the other queued crosses over. */
async function startInstance(withWorker: boolean): Promise<Instance> {
  const config = readConfig({ KHUEVAN_LOG_LEVEL: 'error' });
  const database = createDatabase(db.appUrl);
  const runtime: Runtime = {
    config,
    log: createLog(config),
    secrets: db.secrets,
    database,
    ownerUrl: db.ownerUrl,
    close: () => database.close(),
  };
  const app = await createApp({ ...runtime, checkAnswers: true });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const worker = withWorker ? await startFeatureWorker(runtime) : undefined;
  return {
    address,
    async close() {
      await app.close();
      await worker?.stop();
      await runtime.close();
    },
  };
}

before(async () => {
  db = await createTestDatabase();
  const school = {
    line: 2,
    code: '19164401',
    name: 'Trường TH Đội Cấn',
    levelGroup: '06',
    managingCode: '164',
    managingName: 'Phòng GDĐT',
    provinceCode: '19',
    classes: 5,
    pupils: 60,
    staff: 10,
  };
  const owner = await db.owner.connect();
  try {
    await loadReferences(owner);
    await buildProvince(owner, db.secrets, { schools: [school], schoolYear: 2024, seed: 'two', today: '2024-10-09' });
  } finally {
    owner.release();
  }
  first = await startInstance(false);
  second = await startInstance(true);
});
after(async () => {
  await first.close();
  await second.close();
  await db.close();
});

test('who signs in at one is signed in at the other, and signed out there too', async () => {
  const response = await fetch(`${first.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: demoPassword }),
  });
  const headers = {
    cookie: response.headers.getSetCookie()[0]!.split(';')[0]!,
    'x-csrf-token': ((await response.json()) as { csrfToken: string }).csrfToken,
  };
  const session = `/api/v1${readSession.path}`;
  assert.equal((await fetch(second.address + session, { headers })).status, 200);
  assert.equal((await fetch(second.address + session, { method: 'DELETE', headers })).status, 200);
  assert.equal((await fetch(first.address + session, { headers })).status, 401);
});

test('of two people who change one record at two instances, the second is told', async () => {
  const [here, there]: Person[] = [
    await enter(first.address, username, demoPassword),
    await enter(second.address, username, demoPassword),
  ];
  const params = { schoolId: here!.unitId };
  const { records } = await here!.call(recordEndpoints.student.list, {
    params,
    query: { schoolYear: 2024, pageSize: 1 },
  });
  const { id, version } = records[0]!;
  const change = (person: Person, phone: string) =>
    person.call(recordEndpoints.student.change, {
      params: { ...params, id },
      body: { version, values: { guardianPhone: phone } },
    });
  await change(here!, '0912000001');
  await assert.rejects(
    change(there!, '0912000002'),
    (error: unknown) => error instanceof RefusedError && error.code === 'stale_record',
  );
  const now = await there!.call(recordEndpoints.student.read, { params: { ...params, id } });
  assert.equal(now.values.guardianPhone, '0912000001');
});

test('a file uploaded at one instance is read by the worker of the other', async () => {
  const person = await enter(first.address, username, demoPassword);
  const params = { unitId: person.unitId };
  const template = await person.file(downloadTemplate, {
    params: { ...params, kind: 'student' },
    query: { schoolYear: 2024, prefilled: 'true' },
  });
  const started = await person.upload(
    startImport,
    { params, query: { kind: 'student', schoolYear: 2024 } },
    'hoc-sinh.xlsx',
    template,
  );
  for (let tries = 0; tries < 200; tries += 1) {
    const { state, toLeave, toAdd, toChange } = await person.call(readImport, {
      params: { ...params, id: started.id },
    });
    if (state === 'ready') {
      assert.deepEqual([toLeave, toAdd, toChange], [60, 0, 0]);
      return;
    }
    assert.ok(state === 'waiting' || state === 'reading', state);
    await pause(100);
  }
  assert.fail('the import was never read');
});
