// Enters a register of schools with the offices above them: units only, no people.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { codeEntry } from '@khuevan/core/codes/index.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { today } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import { appendCommandAudit, inOneTransaction } from '#platform/owner.ts';
import { type LineFault, readRegisterFile, type RegisterLine } from './register-file.ts';
import {
  analyzeUnits,
  countOthers,
  findProvinceName,
  findUnits,
  insertUnits,
  moveUnits,
  type RegisterKind,
  type RegisterUnit,
  updateUnits,
} from './register.queries.ts';

export interface RegisterPlan {
  ministryId: string;
  /** By the code of the school. */
  schools: Map<string, RegisterUnit>;
  /** Offices and schools that are not there yet, each after the one above it. */
  added: RegisterUnit[];
  /** Those that are there, as the file has them. */
  known: RegisterUnit[];
  faults: LineFault[];
}

/** Where each line stands: below its managing unit, below its province, below the ministry. */
export async function planRegister(
  owner: pg.ClientBase,
  lines: readonly RegisterLine[],
  day: string,
): Promise<RegisterPlan> {
  const plan: RegisterPlan = { ministryId: '', schools: new Map(), added: [], known: [], faults: [] };
  const offices = new Map<string, RegisterUnit>();
  const take = async (
    place: { kind: RegisterKind; code: string; parentId: string | null; provinceCode: string | null },
    name: string,
    isGiven: boolean,
  ): Promise<string> => {
    const key = `${place.kind} ${place.code}`;
    const seen = offices.get(key);
    if (seen) return seen.id;
    const id = (await findUnits(owner, place.kind, [place.code])).get(place.code);
    const unit = { ...place, id: id ?? newId(), name, levelGroup: null, levels: [], mainLevel: null };
    offices.set(key, unit);
    if (!id) plan.added.push(unit);
    else if (isGiven) plan.known.push(unit);
    return unit.id;
  };
  plan.ministryId = await take(
    { kind: 'ministry', code: 'BGDDT', parentId: null, provinceCode: null },
    'Bộ Giáo dục và Đào tạo',
    false,
  );
  const provinces = await nameProvinces(owner, lines, day);
  const knownSchools = await findUnits(
    owner,
    'school',
    lines.map((line) => line.code),
  );
  for (const line of lines) {
    const { provinceCode, managingCode, managingName } = line;
    const province = provinces.get(provinceCode);
    if (!province) {
      plan.faults.push({ line: line.line, reason: `không có tỉnh mã ${provinceCode} / no such province` });
      continue;
    }
    const provinceId = await take(
      { kind: 'province', code: provinceCode, parentId: plan.ministryId, provinceCode },
      province.name,
      province.isGiven,
    );
    const parentId =
      managingCode === provinceCode
        ? provinceId
        : await take(
            { kind: officeKind(managingCode), code: managingCode, parentId: provinceId, provinceCode },
            managingName,
            true,
          );
    const known = knownSchools.get(line.code);
    const school = schoolOf(line, known ?? newId(), parentId);
    plan.schools.set(line.code, school);
    (known ? plan.known : plan.added).push(school);
  }
  return plan;
}

/** Communes have five digits in the list of administrative units, districts had three. */
function officeKind(code: string): 'commune' | 'district' {
  return /^\d{5}$/.test(code) ? 'commune' : 'district';
}

/** The name of a province's office: as a line gives it that the office manages itself, else as it is known, else after the province. */
async function nameProvinces(
  owner: pg.ClientBase,
  lines: readonly RegisterLine[],
  day: string,
): Promise<Map<string, { name: string; isGiven: boolean }>> {
  const names = new Map<string, { name: string; isGiven: boolean }>();
  for (const code of new Set(lines.map((line) => line.provinceCode))) {
    const given = lines.find((line) => line.managingCode === code)?.managingName;
    const name = given ?? (await findProvinceName(owner, code, day));
    if (name) names.set(code, { name, isGiven: given !== undefined });
  }
  return names;
}

function schoolOf(line: RegisterLine, id: string, parentId: string): RegisterUnit {
  const { code, name, levelGroup, provinceCode } = line;
  const { levels, mainLevel } = codeEntry('level_group', levelGroup) as unknown as {
    levels: string[];
    mainLevel: string;
  };
  return { id, kind: 'school', code, name, levelGroup, levels: [...levels], mainLevel, provinceCode, parentId };
}

export interface RegisterResult {
  added: number;
  changed: number;
  moved: number;
  schools: number;
  /** Schools of the same provinces that are not in the file; they stay. */
  others: number;
  faults: LineFault[];
}

/** The same file again changes nothing; a newer one renames and moves. Units move from `since` on. */
export async function loadRegister(owner: pg.ClientBase, text: string, since: string): Promise<RegisterResult> {
  const { lines, faults } = readRegisterFile(text);
  return inOneTransaction(owner, async () => {
    const plan = await planRegister(owner, lines, since);
    await insertUnits(owner, plan.added);
    const changed = await updateUnits(owner, plan.known);
    const moved = await moveUnits(owner, plan.known, since);
    const schools = [...plan.schools.values()];
    const provinceCodes = [...new Set(schools.map((school) => school.provinceCode!))];
    const result: RegisterResult = {
      added: plan.added.length,
      changed,
      moved,
      schools: schools.length,
      others: await countOthers(
        owner,
        provinceCodes,
        schools.map((school) => school.id),
      ),
      faults: [...faults, ...plan.faults].toSorted((a, b) => a.line - b.line),
    };
    if (result.added + changed + moved > 0) {
      const { added } = result;
      await appendCommandAudit(owner, plan.ministryId, 'register.loaded', null, { added, changed, moved, since });
      await analyzeUnits(owner);
    }
    return result;
  });
}

/** `register load FILE [--since YYYY-MM-DD]`; answers the exit code: 1 when a line could not be placed. */
export async function loadRegisterFile(
  owner: pg.ClientBase,
  args: string[],
  print: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { since: { type: 'string', default: today() } },
  });
  const since = parseDate(values.since);
  if (positionals.length !== 1 || !since) {
    print('Cách dùng / Usage: npm run khuevan -- register load FILE [--since 2025-07-01]');
    return 2;
  }
  const result = await loadRegister(owner, await readFile(positionals[0]!, 'utf8'), since);
  for (const fault of result.faults) print(`  dòng ${fault.line}: ${fault.reason}`);
  const { added, changed, moved, schools, others, faults } = result;
  print(
    `${schools} trường trong tệp; ${added} đơn vị thêm mới, ${changed} đổi tên hoặc cấp học, ${moved} đổi đơn vị quản lý; ${faults.length} dòng không nhận. ${others} trường khác của tỉnh giữ nguyên.`,
  );
  print(
    `${schools} schools in the file; ${added} units added, ${changed} renamed or of other levels, ${moved} moved; ${faults.length} lines not placed. ${others} other schools of the province stay.`,
  );
  return faults.length === 0 ? 0 : 1;
}
