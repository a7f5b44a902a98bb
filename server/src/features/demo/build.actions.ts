// Builds a synthetic province from its file: exactly those schools, exactly the numbers given, the rest drawn.
import type pg from 'pg';
import { codeEntry } from '@khuevan/core/codes/index.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { hashPassword } from '#features/accounts';
import { loadForms } from '#features/forms';
import { loadSchools } from '#features/records';
import { newId } from '#platform/ids.ts';
import type { Secrets } from '#platform/secrets.ts';
import {
  findProvinceName,
  findUnits,
  hasPeriod,
  inOneTransaction,
  insertAccounts,
  insertPeriod,
  insertUnits,
  type NewAccount,
  type NewUnit,
} from './build.queries.ts';
import type { RegisterFacts, SchoolOrder } from './drafts.ts';
import { createSchool } from './people.ts';
import type { LineFault, SchoolLine } from './province-file.ts';
import { planFaultOf } from './school-plan.ts';

export const demoPassword = 'khue-van-2024';

export interface BuildOrder {
  schools: SchoolLine[];
  schoolYear: number;
  seed: string;
  /** ISO day on which the province is seen. */
  today: string;
  facts?: ReadonlyMap<string, RegisterFacts & { districtCode: string | null }>;
}

export interface BuildResult {
  schools: number;
  filled: number;
  records: Record<string, number>;
  faults: LineFault[];
}

export async function buildProvince(owner: pg.ClientBase, secrets: Secrets, order: BuildOrder): Promise<BuildResult> {
  return inOneTransaction(owner, async () => {
    const known = await findUnits(
      owner,
      'school',
      order.schools.map((each) => each.code),
    );
    const faults = order.schools
      .filter((each) => known.has(each.code))
      .map((each) => ({
        line: each.line,
        reason: `trường ${each.code} đã có trong hệ thống / the school exists already`,
      }));
    const schools = order.schools.filter((each) => !known.has(each.code));
    const units = await planUnits(owner, schools, order.today);
    await insertUnits(owner, units.added);
    await insertAccounts(owner, accountsOf(units.added), await hashPassword(demoPassword));
    if (!(await hasPeriod(owner, order.schoolYear))) await openStartPeriod(owner, units.ministryId, order.schoolYear);
    const orders = schoolOrders(order, schools);
    const records = await loadSchools(
      owner,
      secrets,
      (function* () {
        for (const each of orders) {
          const made = createSchool(each, order.today);
          const { profile, sites, classes, students, staff, rooms, budget } = made;
          const lists = {
            profile: [profile],
            site: sites,
            class: classes,
            student: students,
            staff,
            room: rooms,
            budget,
          };
          yield {
            schoolId: units.schoolIds.get(each.schoolCode)!,
            schoolYear: order.schoolYear,
            records: lists as unknown as Record<keyof typeof lists, Array<Record<string, unknown>>>,
          };
        }
      })(),
      { actorName: 'Dữ liệu dùng thử' },
    );
    return { schools: schools.length, filled: orders.length, records, faults };
  });
}

/** Schools with a primary level get records; the others are registered only. */
function schoolOrders(order: BuildOrder, schools: SchoolLine[]): SchoolOrder[] {
  return schools
    .map((each, ordinal): SchoolOrder => {
      const facts = order.facts?.get(each.code);
      return {
        seed: order.seed,
        ordinal,
        schoolCount: schools.length,
        schoolCode: each.code,
        schoolName: each.name,
        levelGroup: each.levelGroup,
        provinceCode: each.provinceCode,
        districtCode: facts?.districtCode ?? (/^\d{3}$/.test(each.managingCode) ? each.managingCode : null),
        schoolYear: order.schoolYear,
        ...(each.classes === undefined ? {} : { classes: each.classes }),
        ...(each.pupils === undefined ? {} : { pupils: each.pupils }),
        ...(each.staff === undefined ? {} : { staff: each.staff }),
        ...(facts ? { facts } : {}),
      };
    })
    .filter((each) => planFaultOf(each) === null);
}

async function planUnits(
  owner: pg.ClientBase,
  schools: SchoolLine[],
  today: string,
): Promise<{ added: NewUnit[]; ministryId: string; schoolIds: Map<string, string> }> {
  const added: NewUnit[] = [];
  const office = { levelGroup: null, levels: [], mainLevel: null };
  const take = async (
    kind: NewUnit['kind'],
    code: string,
    name: () => Promise<string> | string,
    parentId: string | null,
    provinceCode: string | null,
  ): Promise<string> => {
    const here = added.find((each) => each.kind === kind && each.code === code);
    const id = here?.id ?? (await findUnits(owner, kind, [code])).get(code);
    if (id) return id;
    const unit: NewUnit = { id: newId(), kind, code, name: await name(), parentId, provinceCode, ...office };
    added.push(unit);
    return unit.id;
  };
  const ministryId = await take('ministry', 'BGDDT', () => 'Bộ Giáo dục và Đào tạo', null, null);
  const schoolIds = new Map<string, string>();
  for (const school of schools) {
    const { provinceCode } = school;
    const provinceName = async () =>
      schools.find((each) => each.managingCode === provinceCode)?.managingName ??
      `Sở Giáo dục và Đào tạo ${(await findProvinceName(owner, provinceCode, today)) ?? provinceCode}`;
    const provinceId = await take('province', provinceCode, provinceName, ministryId, provinceCode);
    const isDirect = school.managingCode === provinceCode;
    const parentId = isDirect
      ? provinceId
      : await take('district', school.managingCode, () => school.managingName, provinceId, provinceCode);
    const entry = codeEntry('level_group', school.levelGroup) as unknown as { levels: string[]; mainLevel: string };
    const id = newId();
    schoolIds.set(school.code, id);
    added.push({
      id,
      kind: 'school',
      code: school.code,
      name: school.name,
      levelGroup: school.levelGroup,
      levels: [...entry.levels],
      mainLevel: entry.mainLevel,
      provinceCode,
      parentId,
    });
  }
  return { added, ministryId, schoolIds };
}

/** One account a role; names say whose it is: truong.<code>, hieutruong.<code>, phong.<code>, so.<code>, bo. */
function accountsOf(units: NewUnit[]): NewAccount[] {
  const account = (unit: NewUnit, prefix: string, displayName: string, role: string): NewAccount => ({
    username: (unit.kind === 'ministry' ? prefix : `${prefix}.${unit.code}`).toLowerCase(),
    displayName,
    unitId: unit.id,
    role,
  });
  return units.flatMap((unit): NewAccount[] => {
    if (unit.kind === 'school')
      return [account(unit, 'truong', 'Cán bộ dữ liệu', 'clerk'), account(unit, 'hieutruong', 'Hiệu trưởng', 'head')];
    if (unit.kind === 'district')
      return [
        account(unit, 'phong', 'Chuyên viên Phòng', 'reviewer'),
        account(unit, 'phong.qt', 'Quản trị Phòng', 'administrator'),
      ];
    if (unit.kind === 'province')
      return [
        account(unit, 'so', 'Chuyên viên Sở', 'reviewer'),
        account(unit, 'so.qt', 'Quản trị Sở', 'administrator'),
      ];
    return [
      account(unit, 'bo', 'Quản trị Bộ', 'administrator'),
      account(unit, 'bo.phantich', 'Chuyên viên phân tích', 'analyst'),
    ];
  });
}

async function openStartPeriod(owner: pg.ClientBase, ministryId: string, year: number): Promise<void> {
  const forms = loadForms().filter(
    (form) =>
      form.code === '02-TH-ĐN' && form.valid.from <= `${year}-09-30` && (form.valid.to ?? '9999') >= `${year}-09-30`,
  );
  const newest = forms.at(-1) ?? loadForms().find((form) => form.code === '02-TH-ĐN')!;
  await insertPeriod(owner, ministryId, {
    name: `Báo cáo đầu năm học ${formatSchoolYear(year)}`,
    schoolYear: year,
    asOf: `${year}-09-30`,
    opensOn: `${year}-09-15`,
    closesOn: `${year}-12-31`,
    forms: [
      {
        ...newest,
        cells: placesOf(newest)
          .filter((place) => !place.empty)
          .map((place) => place.key),
      },
    ],
    deadlines: { school: `${year}-10-15`, district: `${year}-10-25`, province: `${year}-10-30` },
  });
}
