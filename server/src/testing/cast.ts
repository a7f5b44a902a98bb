// The cast of the tests: a ministry, a province, two districts, four schools, and the people who work there. Synthetic.
import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Role, UnitKind } from '@khuevan/core/permissions.ts';
import { newId } from '#platform/ids.ts';
import { cookieName } from '#platform/session.ts';

export interface CastUnit {
  id: string;
  code: string;
  name: string;
  kind: UnitKind;
}

const always = '[2000-01-01,)';

export const units = {
  ministry: unit('ministry', 'BGDDT', 'Bộ Giáo dục và Đào tạo'),
  province: unit('province', '19', 'Sở GDĐT Thái Nguyên'),
  town: unit('district', '164', 'Phòng GDĐT TP Thái Nguyên'),
  hills: unit('district', '170', 'Phòng GDĐT Võ Nhai'),
  /** Primary, lowland, public; in town. */
  doiCan: unit('school', '19164401', 'Trường TH Đội Cấn'),
  /** Primary, private; in town. */
  hoaSen: unit('school', '19164402', 'Trường TH Hoa Sen'),
  /** Primary, mountain; in the hills. */
  laHien: unit('school', '19170401', 'Trường TH La Hiên'),
  /** Primary and lower secondary; in the hills. */
  cucDuong: unit('school', '19170501', 'Trường TH&THCS Cúc Đường'),
};
export type UnitName = keyof typeof units;

const parents: Record<string, UnitName> = {
  province: 'ministry',
  town: 'province',
  hills: 'province',
  doiCan: 'town',
  hoaSen: 'town',
  laHien: 'hills',
  cucDuong: 'hills',
};

/** username -> where and as what. */
export const people = {
  'clerk.doican': ['doiCan', 'clerk'],
  'head.doican': ['doiCan', 'head'],
  'clerk.hoasen': ['hoaSen', 'clerk'],
  'clerk.lahien': ['laHien', 'clerk'],
  'clerk.cucduong': ['cucDuong', 'clerk'],
  'reviewer.town': ['town', 'reviewer'],
  'reviewer.hills': ['hills', 'reviewer'],
  'admin.town': ['town', 'administrator'],
  'reviewer.province': ['province', 'reviewer'],
  'admin.province': ['province', 'administrator'],
  'admin.ministry': ['ministry', 'administrator'],
  'analyst.ministry': ['ministry', 'analyst'],
} as const satisfies Record<string, readonly [UnitName, Role]>;
export type PersonName = keyof typeof people;

function unit(kind: UnitKind, code: string, name: string): CastUnit {
  return { id: idOf(code), code, name, kind };
}

/** The same id in every test, so that stories can be told with constants. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Puts units, relations and accounts (without usable passwords) in the database. */
export async function seatCast(owner: pg.Pool): Promise<void> {
  for (const [name, each] of Object.entries(units)) {
    const two = name === 'cucDuong';
    const school = each.kind === 'school';
    await owner.query(
      `insert into unit (id, kind, code, name, level_group, levels, main_level, province_code, valid) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        each.id,
        each.kind,
        each.code,
        each.name,
        school ? (two ? '09' : '06') : null,
        school ? (two ? ['02', '03'] : ['02']) : [],
        school ? (two ? '03' : '02') : null,
        name === 'ministry' ? null : '19',
        always,
      ],
    );
  }
  for (const [child, parent] of Object.entries(parents)) {
    for (const role of ['managing', 'reviewing'])
      await owner.query(
        'insert into unit_relation (child_id, parent_id, role, level, valid) values ($1, $2, $3, $4, $5)',
        [units[child as UnitName].id, units[parent].id, role, '*', always],
      );
  }
  for (const [username, [place, role]] of Object.entries(people)) {
    await owner.query(
      'insert into account (id, unit_id, username, display_name, password_hash) values ($1, $2, $3, $4, $5)',
      [idOf(username), units[place].id, username, username, 'none'],
    );
    await owner.query('insert into membership (id, account_id, unit_id, role, valid) values ($1, $2, $3, $4, $5)', [
      newId(),
      idOf(username),
      units[place].id,
      role,
      always,
    ]);
  }
}

/** Headers of a signed-in person, without going through the sign-in page. */
export async function signedIn(owner: pg.Pool, username: PersonName): Promise<Record<string, string>> {
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(16).toString('base64url');
  await owner.query(
    `insert into session (id, token_hash, account_id, csrf_token, totp_pending, expires_at) values ($1, $2, $3, $4, false, now() + interval '10 years')`,
    [newId(), createHash('sha256').update(token).digest(), idOf(username), csrf],
  );
  return { cookie: `${cookieName}=${token}`, 'x-csrf-token': csrf };
}
