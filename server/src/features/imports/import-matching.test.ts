// Whom a row means: by code, by number, or by name, birth and sex where that is clear; told where it is not, and never guessed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName, type UnitName } from '#testing/cast.ts';
import {
  bytesOf,
  type FindingBody,
  type ImportBody,
  type Importer,
  sheetOf,
  type Values,
  openImporting,
} from '#testing/imports.ts';
import { typedStudent } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting({ classes: ['1A', '1B'] }));
});
after(async () => {
  await app.close();
  await db.close();
});

interface Read extends ImportBody {
  /** "row rule field value", errors and warnings that come from comparing. */
  told: string[];
  findings: FindingBody[];
}

async function readIn(unit: UnitName, ...rows: Values[]): Promise<Read> {
  const person = `clerk.${unit.toLowerCase()}` as PersonName;
  const ready = await importer.readIn(person, unit, 'student', await bytesOf([sheetOf('student', rows)]));
  assert.equal(ready.state, 'ready', ready.refusal?.vi);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>(person, unit, ready.id, '/findings');
  const told = findings
    .filter(({ rule }) => rule !== 'student_pin_missing')
    .map(({ row, rule, field, value }) => [row, rule, field, value].filter((each) => each !== undefined).join(' '));
  return { ...ready, told, findings };
}
const apply = (unit: UnitName, { id }: ImportBody, mode: 'all' | 'good' = 'all') =>
  importer.apply(`clerk.${unit.toLowerCase()}` as PersonName, unit, id, mode);
async function store(unit: UnitName, ...rows: Values[]): Promise<void> {
  const ready = await readIn(unit, ...rows);
  assert.deepEqual([ready.told, ready.toAdd], [[], rows.length]);
  await apply(unit, ready);
}
const counts = ({ toAdd, toChange, toLeave, rowsBad }: ImportBody) => [toAdd, toChange, toLeave, rowsBad];

/** People and spells of a school: "code name: from-to in class". */
async function spells(unit: UnitName): Promise<string[]> {
  const { rows } = await db.owner.query<{ spell: string }>(
    `select format('%s %s: %s-%s %s', right(s.code, 2), s.full_name, e.entered_on, e.left_on, e.class_code) as spell
     from student s join enrolment e on e.school_id = s.school_id and e.student_id = s.id where s.school_id = $1 order by s.code, e.entered_on`,
    [units[unit].id],
  );
  return rows.map(({ spell }) => spell);
}
const codeOf = async (name: string) =>
  (await db.owner.query<{ code: string }>('select code from student where full_name = $1', [name])).rows[0]!.code;
const left = { leaveStatus: '04', leftOn: '2024-11-15', destination: '01' };
const back = { entryStatus: '02', enteredOn: '2024-11-20' };

test('a person is known by code, then by number, then by name, birth and sex; what differs is corrected', async () => {
  await store(
    'doiCan',
    typedStudent('Nguyễn Văn An', { pin: '019218000001' }),
    typedStudent('Trần Thị Bình', { sex: '02' }),
    typedStudent('Lê Văn Cường', { pin: '019218000003' }),
  );
  const ready = await readIn(
    'doiCan',
    // The name was misspelt, the code and the number say who it is.
    typedStudent('Nguyễn Văn Ân', { code: await codeOf('Nguyễn Văn An'), pin: '019218000001' }),
    // The number comes afterwards.
    typedStudent('Trần Thị Bình', { sex: '02', pin: '019318000002' }),
    // The number alone, with another birth.
    typedStudent('Lê Văn Cường', { pin: '019218000003', birthDate: '2018-04-16' }),
  );
  assert.deepEqual([ready.told, counts(ready)], [[], [0, 3, 0, 0]]);
  await apply('doiCan', ready);
  assert.deepEqual(await spells('doiCan'), [
    '01 Nguyễn Văn Ân: 2024-09-05- 1A',
    '02 Trần Thị Bình: 2024-09-05- 1A',
    '03 Lê Văn Cường: 2024-09-05- 1A',
  ]);
  const masked = await readIn(
    'doiCan',
    typedStudent('Nguyễn Văn Ân', { pin: '019218••••01' }),
    typedStudent('Trần Thị Bình', { sex: '02', pin: '019318••••99' }),
    typedStudent('Lê Văn Cường', { pin: '••••', birthDate: '2018-04-16' }),
  );
  assert.deepEqual(masked.told, ['3 import_pin_masked pin', '4 import_pin_masked pin']);
  assert.deepEqual(counts(masked), [0, 0, 1, 2]);
});

test('what contradicts itself or means several people is told with whom it meets, and not stored', async () => {
  await store(
    'hoaSen',
    typedStudent('Phạm Văn Một', { pin: '019218000011' }),
    typedStudent('Phạm Văn Hai', { pin: '019218000012' }),
    typedStudent('Phạm Văn Ba', { pin: '019218000013' }),
    typedStudent('Phạm Văn Đôi', { code: 'D01' }),
    typedStudent('Phạm Văn Đôi', { code: 'D02' }),
  );
  const before_ = await spells('hoaSen');
  const one = await codeOf('Phạm Văn Một');
  const ready = await readIn(
    'hoaSen',
    typedStudent('Phạm Văn Một', { code: one, pin: '019218000012' }),
    typedStudent('Hoàng Thị Khác', { code: 'D01', birthDate: '2018-07-20' }),
    typedStudent('Phạm Văn Ba', { code: 'X99', pin: '019218000013' }),
    typedStudent('Phạm Văn Đôi'),
    typedStudent('Phạm Vân Một'),
  );
  assert.deepEqual(ready.told.toSorted(), [
    '2 student_duplicate_pin pin 019218••••12',
    '3 student_duplicate_code code D01',
    '4 import_code_differs code X99',
    '5 import_ambiguous fullName Phạm Văn Đôi',
    '6 student_duplicate_person fullName Phạm Vân Một',
  ]);
  assert.deepEqual(counts(ready), [1, 0, 0, 4]);
  const said = new Map(ready.findings.map(({ rule, message }) => [rule, message.vi]));
  assert.match(said.get('student_duplicate_pin')!, /Phạm Văn Hai/);
  assert.match(said.get('student_duplicate_code')!, /Phạm Văn Đôi/);
  assert.match(said.get('import_ambiguous')!, /đang có 2 người/);
  assert.match(said.get('student_duplicate_person')!, new RegExp(one));
  await apply('hoaSen', ready, 'good');
  assert.deepEqual(
    (await spells('hoaSen')).filter((each) => !before_.includes(each)).map((each) => each.slice(3)),
    ['Phạm Vân Một: 2024-09-05- 1A'],
    'nearly the same is another person, after the warning',
  );
});

test('rows of one file that mean the same are told; two people of one name with their own numbers are two', async () => {
  const ready = await readIn(
    'laHien',
    typedStudent('Vũ Văn Một', { pin: '019218000021' }),
    typedStudent('Vũ Văn Mốt', { pin: '019218000021' }),
    typedStudent('Vũ Thị Hai', { sex: '02' }),
    typedStudent('Vũ Thị Hai', { sex: '02' }),
    typedStudent('Vũ Văn Ba', { pin: '019218000023' }),
    typedStudent('Vũ Văn Ba', { pin: '019218000024' }),
    typedStudent('Vũ Văn Bốn', { code: 'B4' }),
    typedStudent('Vũ Văn Năm', { code: 'B4' }),
    typedStudent('Vũ Văn Sáu', { pin: '019218000026' }),
    typedStudent('Vũ Văn Sáu', { pin: '019218000026', enteredOn: '2024-09-09' }),
  );
  assert.deepEqual(ready.told, [
    '3 import_duplicate_row pin',
    '5 import_duplicate_row fullName',
    '9 import_duplicate_row code',
    '11 import_overlap enteredOn',
  ]);
  assert.deepEqual(
    ready.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => /dòng (\d+)/.exec(message.vi)![1]),
    ['2', '4', '8', '10'],
  );
  assert.deepEqual(counts(ready), [6, 0, 0, 4]);
  await apply('laHien', ready, 'good');
  assert.deepEqual((await spells('laHien')).map((each) => each.slice(3).replace(/:.*/, '')).toSorted(), [
    'Vũ Thị Hai',
    'Vũ Văn Ba',
    'Vũ Văn Ba',
    'Vũ Văn Bốn',
    'Vũ Văn Một',
    'Vũ Văn Sáu',
  ]);
});

test('who left and came back is one person with two spells, whether the file says it at once or later', async () => {
  const first = { pin: '019218000031' };
  await store('cucDuong', typedStudent('Ma Văn Lâm', first));
  const clash = await readIn('cucDuong', typedStudent('Ma Văn Lâm', { ...first, ...back, classCode: '1B' }));
  assert.deepEqual([clash.told, counts(clash)], [['2 student_overlap enteredOn'], [0, 0, 0, 1]]);
  const both = await readIn(
    'cucDuong',
    typedStudent('Ma Văn Lâm', { ...first, ...back, classCode: '1B' }),
    typedStudent('Ma Văn Lâm', { ...first, ...left }),
    typedStudent('Ma Thị Mai', { sex: '02', ...back, classCode: '1B' }),
    typedStudent('Ma Thị Mai', { sex: '02', ...left }),
  );
  assert.deepEqual([both.told, counts(both)], [[], [3, 1, 0, 0]]);
  await apply('cucDuong', both);
  assert.deepEqual(
    (await spells('cucDuong')).map((each) => each.slice(3)),
    [
      'Ma Văn Lâm: 2024-09-05-2024-11-15 1A',
      'Ma Văn Lâm: 2024-11-20- 1B',
      'Ma Thị Mai: 2024-09-05-2024-11-15 1A',
      'Ma Thị Mai: 2024-11-20- 1B',
    ],
  );
  assert.equal((await db.owner.query('select from student where school_id = $1', [units.cucDuong.id])).rowCount, 2);
});

test('a transfer is taken once the old school has entered the leaving, not before', async () => {
  const pin = '019218000041';
  await store('doiCan', typedStudent('Đặng Văn Chuyển', { pin }));
  const early = await readIn('hoaSen', typedStudent('Đặng Văn Chuyển', { pin, ...back }));
  assert.deepEqual([early.told, counts(early)], [['2 import_pin_elsewhere pin 019218••••41'], [0, 0, 0, 1]]);
  const leaving = await readIn('doiCan', typedStudent('Đặng Văn Chuyển', { pin, ...left }));
  await apply('doiCan', leaving);
  const late = await readIn('hoaSen', typedStudent('Đặng Văn Chuyển', { pin, ...back }));
  assert.deepEqual([late.told, counts(late)], [[], [1, 0, 0, 0]]);
  // Meanwhile the old school has taken the leaving back: the number is in use again when the import is stored.
  const again = await readIn('doiCan', typedStudent('Đặng Văn Chuyển', { pin }));
  await apply('doiCan', again);
  const ended = await apply('hoaSen', late);
  assert.deepEqual([ended.state, ended.rowsBad], ['ready', 1], 'found when it was stored, and told');
  const { rows } = await db.owner.query<{ school_id: string }>(
    `select p.school_id from pin_registry p join student s on s.pin_hash = p.pin_hash and s.school_id = p.school_id where s.full_name = 'Đặng Văn Chuyển'`,
  );
  assert.deepEqual(rows, [{ school_id: units.doiCan.id }]);
});
