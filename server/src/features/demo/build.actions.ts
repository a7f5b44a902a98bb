// Builds a synthetic province from its file: exactly those schools, exactly the numbers given, the rest drawn.
import type pg from 'pg';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { everyLevel } from '@khuevan/core/forms/definition.ts';
import { formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { hashPassword, insertAccounts, type NewAccount } from '#features/accounts';
import { isAskedIn } from '@khuevan/core/forms/versions.ts';
import { loadForms, versionsInForce } from '#features/forms';
import { loadSchools } from '#features/records';
import { type LineFault, insertUnits, planRegister, type RegisterUnit } from '#features/units';
import { inOneTransaction } from '#platform/owner.ts';
import type { Secrets } from '#platform/secrets.ts';
import { hasPeriod, insertPeriod } from './build.queries.ts';
import type { RegisterFacts, SchoolOrder } from './drafts.ts';
import { allLevels } from './levels/index.ts';
import { createSchool } from './people.ts';
import type { SchoolLine } from './province-file.ts';
import { planFaultOf } from './school-plan.ts';

export const demoPassword = 'khue-van-2024';

export interface BuildOrder {
  schools: SchoolLine[];
  schoolYear: number;
  seed: string;
  /** ISO day on which the province is seen. */
  today: string;
  /** Levels that get records and forms, and `*` for the forms of every level; all of them if none are named. */
  levels?: readonly string[];
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
    const plan = await planRegister(owner, order.schools, `${order.schoolYear}-09-30`);
    const isNew = new Set(plan.added);
    const placed = order.schools.filter((each) => plan.schools.has(each.code));
    const schools = placed.filter((each) => isNew.has(plan.schools.get(each.code)!));
    const there = placed
      .filter((each) => !schools.includes(each))
      .map((each) => ({
        line: each.line,
        reason: `trường ${each.code} đã có trong hệ thống / the school exists already`,
      }));
    await insertUnits(owner, plan.added);
    await insertAccounts(owner, accountsOf(plan.added), {
      passwordHash: await hashPassword(demoPassword),
      mustChangePassword: false,
      since: '2000-01-01',
    });
    if (!(await hasPeriod(owner, order.schoolYear)))
      await openStartPeriod(owner, plan.ministryId, order.schoolYear, order.levels ?? [...allLevels, everyLevel]);
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
            schoolId: plan.schools.get(each.schoolCode)!.id,
            schoolYear: order.schoolYear,
            records: lists as unknown as Record<keyof typeof lists, Array<Record<string, unknown>>>,
          };
        }
      })(),
      { actorName: 'Dữ liệu dùng thử' },
    );
    return { schools: schools.length, filled: orders.length, records, faults: [...there, ...plan.faults] };
  });
}

/** Schools without any of the levels asked for are registered only. */
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
        ...(order.levels ? { levels: order.levels } : {}),
        ...(each.classes === undefined ? {} : { classes: each.classes }),
        ...(each.pupils === undefined ? {} : { pupils: each.pupils }),
        ...(each.staff === undefined ? {} : { staff: each.staff }),
        ...(facts ? { facts } : {}),
      };
    })
    .filter((each) => planFaultOf(each) === null);
}

/** One account a role; names say whose it is: truong.<code>, hieutruong.<code>, phong.<code>, xa.<code>, so.<code>, bo; so.mn, so.th and so.trh work for some levels. */
function accountsOf(units: RegisterUnit[]): NewAccount[] {
  const account = (unit: RegisterUnit, prefix: string, displayName: string, role: string): NewAccount => ({
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
    if (unit.kind === 'commune')
      return [
        account(unit, 'xa', 'Chuyên viên Văn hóa - Xã hội', 'reviewer'),
        account(unit, 'xa.qt', 'Quản trị xã', 'administrator'),
      ];
    if (unit.kind === 'province')
      return [
        account(unit, 'so', 'Chuyên viên Sở', 'reviewer'),
        account(unit, 'so.qt', 'Quản trị Sở', 'administrator'),
        // The specialist departments each review their levels.
        { ...account(unit, 'so.mn', 'Phòng Giáo dục Mầm non', 'reviewer'), levels: ['01'] },
        { ...account(unit, 'so.th', 'Phòng Giáo dục Tiểu học', 'reviewer'), levels: ['02'] },
        { ...account(unit, 'so.trh', 'Phòng Giáo dục Trung học', 'reviewer'), levels: ['03', '04'] },
      ];
    return [
      account(unit, 'bo', 'Quản trị Bộ', 'administrator'),
      account(unit, 'bo.phantich', 'Chuyên viên phân tích', 'analyst'),
    ];
  });
}

async function openStartPeriod(
  owner: pg.ClientBase,
  ministryId: string,
  year: number,
  levels: readonly string[],
): Promise<void> {
  const asOf = `${year}-09-30`;
  const asked = loadForms().filter((form) => isAskedIn(form, 'start') && levels.includes(form.level));
  // The first of several versions: that the others are published while the period runs is left to whoever looks at the demo.
  const forms = [...new Set(asked.map(({ slug }) => slug))].flatMap((slug) => versionsInForce(slug, asOf).slice(0, 1));
  if (forms.length === 0)
    throw new RangeError(`không có biểu nào hiệu lực ngày ${asOf} / no form is in force on ${asOf}`);
  await insertPeriod(owner, ministryId, {
    name: `Báo cáo đầu năm học ${formatSchoolYear(year)}`,
    schoolYear: year,
    asOf,
    opensOn: `${year}-09-15`,
    closesOn: `${year}-12-31`,
    forms: forms.map((form) => ({
      ...form,
      cells: placesOf(form)
        .filter((place) => !place.empty)
        .map((place) => place.key),
    })),
    deadlines: { school: `${year}-10-15`, district: `${year}-10-25`, province: `${year}-10-30` },
  });
}
