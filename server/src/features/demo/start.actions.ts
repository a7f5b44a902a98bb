// What the program does with the demo: loads it once, and builds other provinces on demand.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import { everyLevel } from '@khuevan/core/forms/definition.ts';
import { hasUnits, type LineFault } from '#features/units';
import { moveClock, today } from '#platform/clock.ts';
import type { Secrets } from '#platform/secrets.ts';
import { allLevels, PRIMARY } from './levels/index.ts';
import { buildProvince, demoPassword, type BuildOrder, type BuildResult } from './build.actions.ts';
import { keepDemoSetting, readDemoSetting } from './build.queries.ts';
import { readProvinceFile } from './province-file.ts';

type Facts = NonNullable<BuildOrder['facts']>;
export type Print = (line: string) => void;

/** The register of the demo, in the format that any province has. */
export const demoFile = join(import.meta.dirname, '../../../../demo/thai-nguyen-2024.csv');
const demoYear = 2024;

/**
 * The real register of Thái Nguyên with synthetic people, on the morning of 9 October of its school year. Once a database, and
 * never into one that holds a register of its own. Answers whether the database is a demo.
 */
export async function loadDemoOnce(owner: pg.ClientBase, secrets: Secrets, print: Print): Promise<boolean> {
  if (await readDemoSetting(owner)) return true;
  if (await hasUnits(owner)) return false;
  print('Lần chạy đầu: đang dựng tỉnh Thái Nguyên với dữ liệu tổng hợp… / First start: building the demo province…');
  await startDemoClock(owner, demoYear);
  const { schools, faults } = readProvinceFile(await readFile(demoFile, 'utf8'));
  const built = await buildProvince(owner, secrets, {
    schools,
    schoolYear: demoYear,
    seed: 'thai-nguyen',
    today: today(),
    // All levels take more than twice as long, and the first start is to be short; `demo build` and the story have them.
    levels: [PRIMARY],
    facts: await readFacts(demoFile),
  });
  printResult(built, faults, print);
  return true;
}

export async function isDemo(owner: pg.ClientBase): Promise<boolean> {
  return Boolean(await readDemoSetting(owner));
}

/** The demo lives on a day of its school year, so that deadlines make sense. */
export async function startDemoClock(owner: pg.ClientBase, year: number): Promise<void> {
  const startsAt = new Date(`${year}-10-09T08:00:00+07:00`);
  const offsetMs = startsAt.getTime() - Date.now();
  moveClock(offsetMs);
  await keepDemoSetting(owner, { offsetMs, startsAt: startsAt.toISOString() });
}

/** `demo build FILE --year 2024 [--seed text] [--levels 02,03]`; answers the exit code: 1 when a line could not be placed. */
export async function buildProvinceFile(
  owner: pg.ClientBase,
  secrets: Secrets,
  args: string[],
  print: Print,
): Promise<number> {
  const offered = [...allLevels, everyLevel];
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      year: { type: 'string' },
      seed: { type: 'string', default: '1' },
      levels: { type: 'string', default: offered.join() },
    },
  });
  const schoolYear = Number(values.year);
  const levels = values.levels.split(',');
  const isYear = Number.isInteger(schoolYear) && schoolYear >= 2000 && schoolYear <= 2100;
  if (positionals.length !== 1 || !isYear || !levels.every((level) => offered.includes(level))) {
    print(
      'Cách dùng / Usage: npm run khuevan -- demo build FILE --year 2024 [--seed text] [--levels 01,02,03,04,05,*]',
    );
    return 2;
  }
  const [file] = positionals as [string];
  const { schools, faults } = readProvinceFile(await readFile(file, 'utf8'));
  const order = { schools, schoolYear, seed: values.seed, today: today(), levels, facts: await readFacts(file) };
  const built = await buildProvince(owner, secrets, order);
  return printResult(built, faults, print);
}

function printResult(built: BuildResult, read: LineFault[], print: Print): number {
  const faults = [...read, ...built.faults].toSorted((a, b) => a.line - b.line);
  for (const fault of faults) print(`  dòng ${fault.line}: ${fault.reason}`);
  const { records } = built;
  print(
    `${built.schools} trường, ${built.filled} trường có hồ sơ: ${records.class} lớp, ${records.student} học sinh, ${records.staff} cán bộ; ${faults.length} dòng không dựng được.`,
  );
  print(
    `${built.schools} schools, ${built.filled} with records: ${records.class} classes, ${records.student} students, ${records.staff} staff; ${faults.length} lines not placed.`,
  );
  return faults.length === 0 ? 0 : 1;
}

/** What a register says of each school beside its name: in `<name>-profiles.csv` beside `<name>.csv`, if that file is there. */
export async function readFacts(registerFile: string): Promise<Facts> {
  const file = registerFile.replace(/\.csv$/i, '-profiles.csv');
  if (file === registerFile || !existsSync(file)) return new Map();
  const rows: Array<Record<string, string>> = parse(await readFile(file, 'utf8'), { columns: true });
  return new Map(
    rows.map((row) => [
      row.school_code!,
      {
        districtCode: row.district_code || null,
        ...(row.ownership ? { ownership: row.ownership } : {}),
        ...(row.school_kind ? { schoolKind: row.school_kind } : {}),
        ...(row.commune_code ? { communeCode: row.commune_code } : {}),
        ...(row.national_standard ? { nationalStandard: row.national_standard } : {}),
        ...(row.difficult_areas ? { difficultAreas: row.difficult_areas.split(/[;|]/) } : {}),
        ...(row.founded_on ? { foundedOn: row.founded_on } : {}),
      },
    ]),
  );
}

export function demoAccounts(): string {
  return [
    `Tài khoản dùng thử, mật khẩu chung: ${demoPassword}   / Demo accounts, one password for all`,
    '  truong.19164401      cán bộ dữ liệu một trường tiểu học / clerk of a primary school',
    '  hieutruong.19164401  hiệu trưởng trường đó / its head',
    '  phong.164            chuyên viên Phòng GDĐT TP Thái Nguyên / district officer',
    '  so.19                chuyên viên Sở GDĐT / province specialist;  so.qt.19 quản trị / administrator',
    '  bo                   quản trị Bộ / ministry',
    'Mọi trường: truong.<mã trường>, hieutruong.<mã trường>; mọi Phòng: phong.<mã>. Người trong dữ liệu đều là tổng hợp.',
    '',
  ].join('\n');
}
