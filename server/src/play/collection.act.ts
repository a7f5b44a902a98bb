// An ad-hoc collection: the Sở asks the schools of the story's district for storm damage, three answer, one is asked again, the
// sum opens to the answers.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyAudience } from '@khuevan/core/collections/audience.ts';
import {
  downloadTemplate,
  readAnswer,
  returnAnswer,
  saveAnswer,
  sendAnswer,
} from '@khuevan/core/contract/collection-answers.ts';
import {
  changeCollection,
  createCollection,
  exportCollection,
  listAnswers,
  openSum,
  publishCollection,
  readSums,
} from '@khuevan/core/contract/collections.ts';
import type { CollectionDefinition } from '@khuevan/core/collections/definition.ts';
import type { Person } from './api-client.ts';
import { mustBeRefused } from './report.act.ts';
import type { Stage } from './stage.ts';
import { must, type Story } from './step.ts';

const numbers = { type: 'integer', required: true } as const;
const damage: CollectionDefinition = {
  shape: 'grid',
  columns: [
    { key: 'c1', label: 'Số lượng', ...numbers },
    { key: 'c2', label: 'Kinh phí sửa (triệu đồng)', ...numbers },
  ],
  rows: [
    { key: 'r1', label: 'Phòng học bị tốc mái', indent: 0 },
    { key: 'r2', label: 'Phòng khác bị hư hỏng', indent: 0 },
    { key: 'r3', label: 'Cộng', indent: 0, sumOf: ['r1', 'r2'] },
  ],
  attachments: true,
};

export async function playCollection(story: Story, stage: Stage, district: string, out: string) {
  const province = await stage.enter(`so.${stage.schools[0]!.provinceCode}`);
  const { rows: areas } = await stage.owner.query<{ id: string }>(
    `select id from unit where kind = 'district' and code = $1`,
    [district],
  );
  const asked = await story.step(
    'the Sở builds a small form, addresses a district, publishes',
    () => ask(province, areas[0]!.id, stage.schoolYear),
    ({ counts }) => ({ asked: counts.asked }),
  );
  const place = { unitId: province.unitId, collectionId: asked.collectionId };
  const answered = await story.step(
    'schools answer; one answer is returned and sent again',
    () => answerAll(stage, province, asked.collectionId, asked.schools),
    (sent) => ({ answers: sent.length }),
  );
  return story.step(
    'the sum = the answers, each opened',
    async () => {
      const { cells, answers } = await province.call(readSums, { params: place });
      const expected = answered.reduce((sum, [roofs, others]) => sum + roofs + others, 0);
      must(answers === answered.length && cells['r3.c1'] === expected, `the sum is ${cells['r3.c1']}, not ${expected}`);
      const { parts } = await province.call(openSum, { params: { ...place, row: 'r3', column: 'c1' } });
      must(parts.reduce((sum, part) => sum + Number(part.value), 0) === expected, 'the opened sum adds up to it');
      const file = await province.file(exportCollection, { params: place });
      must(file.subarray(0, 2).toString('latin1') === 'PK', 'the result is an Excel file');
      await writeFile(join(out, 'bao-cao-dot-xuat.xlsx'), file);
      return { rooms: expected, answers };
    },
    (result) => result,
  );
}

async function ask(province: Person, districtId: string, schoolYear: number) {
  const params = { unitId: province.unitId };
  const begun = await province.call(createCollection, { params, body: { title: 'Thiệt hại sau bão số 3' } });
  const place = { ...params, collectionId: begun.id };
  const built = await province.call(changeCollection, {
    params: place,
    body: {
      version: begun.version,
      definition: damage,
      audience: { ...emptyAudience, levels: ['02'], areas: [districtId] },
      dueOn: `${schoolYear}-10-12`,
    },
  });
  await province.call(publishCollection, { params: place, body: { version: built.version } });
  const { counts, units } = await province.call(listAnswers, { params: place, query: { pageSize: 200 } });
  must(counts['not-started'] === counts.asked && units.length > 0, 'everybody asked has yet to answer');
  return { collectionId: begun.id, counts, schools: units };
}

/** What three of those asked say: roofs and other rooms. */
const said: ReadonlyArray<readonly [roofs: number, others: number]> = [
  [3, 1],
  [0, 2],
  [1, 0],
];

async function answerAll(
  stage: Stage,
  province: Person,
  collectionId: string,
  schools: ReadonlyArray<{ id: string; code: string }>,
): Promise<ReadonlyArray<readonly [number, number]>> {
  const sent = said.slice(0, schools.length);
  for (const [index, [roofs, others]] of sent.entries()) {
    const school = schools[index]!;
    const clerk = await stage.enter(`truong.${school.code.toLowerCase()}`);
    const params = { unitId: clerk.unitId, collectionId };
    if (index === 0) {
      must((await clerk.file(downloadTemplate, { params })).length > 1000, 'the form comes as an Excel file too');
      await send(clerk, collectionId, [roofs + 100, others]);
      await province.call(returnAnswer, {
        params,
        body: { sentNo: 1, reason: 'Số phòng nhiều hơn số phòng của trường.', dueOn: null },
      });
      await mustBeRefused(
        clerk.call(returnAnswer, { params, body: { sentNo: 1, reason: 'Tự trả về', dueOn: null } }),
        403,
        'a school that returns its own answer',
      );
    }
    await send(clerk, collectionId, [roofs, others]);
  }
  return sent;
}

async function send(clerk: Person, collectionId: string, [roofs, others]: readonly [number, number]): Promise<void> {
  const params = { unitId: clerk.unitId, collectionId };
  const { version } = await clerk.call(readAnswer, { params });
  const cells = { 'r1.c1': roofs, 'r1.c2': 20 * roofs, 'r2.c1': others, 'r2.c2': 5 * others };
  const saved = await clerk.call(saveAnswer, { params, body: { version, cells, rows: [] } });
  await clerk.call(sendAnswer, { params, body: { version: saved.version } });
}
