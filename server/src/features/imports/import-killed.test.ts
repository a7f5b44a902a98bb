// The real program, killed again and again while it reads and stores a large file: what it left is taken up by the next one,
// by itself; in the end everything is stored, once, and nothing is held.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { seatCast, signedIn, units, type UnitName } from '#testing/cast.ts';
import { bytesOf, sheetOf, type Values } from '#testing/imports.ts';
import { insertSchool, schoolClass, site, typedStudent } from '#testing/records.ts';
import { preparePrograms, type Programs, type RunningProgram } from '#testing/running-program.ts';

let db: TestDatabase;
let programs: Programs;
let headers: Record<string, string>;
/** As many as make the program share the storing between processes of the database. */
const pupilsPerSchool = 5_200;
const schools = ['doiCan', 'hoaSen', 'laHien', 'cucDuong'] as const satisfies readonly UnitName[];
const all = pupilsPerSchool * schools.length;
const imports = `/api/v1/units/${units.province.id}/imports`;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  for (const unit of schools) await insertSchool(db, units[unit].id, { site: [site()], class: [schoolClass('1A')] });
  headers = await signedIn(db.owner, 'admin.province');
  programs = await preparePrograms(db);
});
after(async () => {
  await programs.close();
  await db.close();
});

function* pupils(): Generator<Values> {
  for (const [school, unit] of schools.entries()) {
    for (let index = 0; index < pupilsPerSchool; index += 1) {
      const name = `Nguyễn ${letters(index)} ${letters(school)}`;
      const pin = `019218${String(school * 100_000 + index).padStart(6, '0')}`;
      yield { ...typedStudent(name, { pin }), 'Mã trường': units[unit].code };
    }
  }
}

/** 0 is Ba, 1 is Bá, …: names are not numbered. */
function letters(index: number): string {
  const [first, second] = ['B C D G H K L M N P'.split(' '), 'a á à e é è i í ì o ó ò u ú ù y'.split(' ')];
  const word = first[index % 10]! + second[Math.floor(index / 10) % 16]!;
  return index < 160 ? word : `${word} ${letters(Math.floor(index / 160) - 1)}`;
}

const one = async <T>(sql: string): Promise<T> => (await db.owner.query(sql)).rows[0] as T;
interface Left {
  refusal: string | null;
  state: string;
  students: number;
  enrolments: number;
  pins: number;
  prepared: number;
}
const left = () =>
  one<Left>(`select (select state from import), (select refusal ->> 'vi' from import) as refusal, (select count(*)::integer from student) as students,
    (select count(*)::integer from enrolment) as enrolments, (select count(*)::integer from pin_registry) as pins, (select count(*)::integer from pg_prepared_xacts where database = current_database()) as prepared`);

async function until(is: () => Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  for (const began = performance.now(); !(await is()); await pause(5))
    if (performance.now() - began > timeoutMs) assert.fail(`${what}: ${JSON.stringify(await left())}`);
}

const isWorkedOn = async () =>
  (
    await one<{ held: boolean }>(
      `select exists (select from import i, pg_locks l where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
       and ((l.classid::bigint << 32) | l.objid::bigint) = import_lock(i.id)) as held`,
    )
  ).held;

/** Kills the program when it is so far with the import, and starts the next at once. */
async function killAt(program: RunningProgram, isSoFar: () => Promise<boolean>, ms: number): Promise<RunningProgram> {
  await until(isSoFar, 'nobody works on the import');
  await pause(ms);
  await program.kill();
  return programs.start();
}

/** The moment between the two transactions of one storing, where they are two. */
const isNearlyStored = async () => {
  const { prepared, state } = await left();
  return prepared > 0 || state === 'applied';
};

/** Nothing or everything; what a branch still holds back is nothing yet. */
async function requireWhole(): Promise<void> {
  const { students, enrolments, pins, prepared, state } = await left();
  if (prepared > 0) return;
  assert.deepEqual([students, enrolments, pins], state === 'applied' ? [all, all, all] : [0, 0, 0], state);
}

test(
  'killed while it reads and while it stores, the import is finished by the next program, and stored once',
  { timeout: 300_000 },
  async () => {
    const keys = ['Mã trường', ...Object.keys(typedStudent('A'))];
    const file = await bytesOf([sheetOf('student', [...pupils()], { keys })]);
    let program = await programs.start();
    const form = new FormData();
    form.set('file', new Blob([Uint8Array.from(file)]), 'hoc-sinh.xlsx');
    const answer = await fetch(`${program.address}${imports}?kind=student&schoolYear=2024`, {
      method: 'POST',
      headers,
      body: form,
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    const { id } = (await answer.json()) as { id: string };

    for (const ms of [100, 600]) {
      program = await killAt(program, isWorkedOn, ms);
      const { state, students } = await left();
      assert.ok(['waiting', 'reading', 'ready'].includes(state), JSON.stringify(await left()));
      assert.equal(students, 0);
      if (state === 'ready') break;
    }
    await until(async () => (await left()).state === 'ready', 'the import is not read');
    const counts = await one(`select rows_read, rows_good, rows_bad, to_add, refusal from import`);
    assert.deepEqual(counts, { rows_read: all, rows_good: all, rows_bad: 0, to_add: all, refusal: null });
    assert.equal((await one<{ n: number }>(`select count(*)::integer as n from import_student`)).n, all);
    assert.equal((await one<{ n: number }>(`select count(*)::integer as n from import_finding`)).n, 0);

    const stored = await fetch(`${program.address}${imports}/${id}/applications`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ mode: 'all' }),
    });
    assert.equal(stored.status, 200);
    const isBegunOrDone = async () => (await isWorkedOn()) || (await left()).state === 'applied';
    for (const [isSoFar, ms] of [
      [isBegunOrDone, 0],
      [isBegunOrDone, 900],
      [isNearlyStored, 0],
    ] as const) {
      program = await killAt(program, isSoFar, ms);
      await requireWhole();
    }
    await until(async () => {
      const { state, prepared } = await left();
      return state === 'applied' && prepared === 0;
    }, 'the import is not stored');
    await requireWhole();
    const found = await one(`
      select (select count(distinct full_name)::integer from student) as names,
        (select count(distinct (school_id, code))::integer from student) as codes,
        (select count(*)::integer from enrolment e join audit_entry a on a.id = e.audit_id and a.subject_id = '${id}') as audited,
        (select count(*)::integer from audit_entry where subject_id = '${id}' and action = 'imports.apply') as applied`);
    assert.deepEqual(found, { names: all, codes: all, audited: all, applied: 1 });

    await until(async () => !(await isWorkedOn()), 'the lock is still held');
    const held = await one<{ n: number }>(
      `select count(*)::integer as n from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`,
    );
    assert.equal(held.n, 0, 'a transaction is still open');
    // The last kill may have met the tidying: then it is still to be done.
    const { tidied } = await one<{ tidied: boolean }>(
      `select not exists (select from import_student) or exists (select from graphile_worker.jobs where task_identifier = 'imports.tidy') as tidied`,
    );
    assert.ok(tidied, 'rows wait and nobody will ever remove them');
  },
);
