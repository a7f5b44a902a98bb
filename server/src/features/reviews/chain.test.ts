// Who reports to whom on a day: the lines that the database draws from the relations.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { seatCast, units, type UnitName } from '../../testing/cast.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
});
after(() => db.close());

const roles = ['managing', 'reviewing', 'following'] as const;
const levels = ['*', '02', '03'] as const;
const days = ['1999-12-31', '2010-01-01', '2014-06-30', '2014-07-01', '2019-12-31', '2025-07-01', '2040-01-01'];

const relation = fc.record({
  child: fc.constantFrom<UnitName>('doiCan', 'laHien', 'town'),
  parent: fc.constantFrom<UnitName>('town', 'hills', 'province'),
  role: fc.constantFrom(...roles),
  level: fc.constantFrom(...levels),
  from: fc.constantFrom('2000-01-01', '2010-01-01', '2014-07-01'),
  to: fc.constantFrom('2014-07-01', '2020-01-01', '2025-07-01', 'infinity'),
});
type Relation = typeof relation extends fc.Arbitrary<infer R> ? R : never;

/** The rule, said in another way: reviewing before managing, the level's own before that of all. */
function parentByRule(relations: Relation[], child: UnitName, level: string, day: string): string | null {
  const holding = relations.filter(
    (each) => each.child === child && each.from <= day && (each.to === 'infinity' || day < each.to),
  );
  for (const role of ['reviewing', 'managing']) {
    for (const asked of [level, '*']) {
      const found = holding.find((each) => each.role === role && each.level === asked);
      if (found) return units[found.parent].id;
    }
  }
  return null;
}

test('whatever the relations, a unit reports where the rule says, on every day and for every level', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(relation, { maxLength: 12 }), async (drawn) => {
      await db.owner.query('delete from unit_relation');
      const relations: Relation[] = [];
      for (const each of drawn.filter(
        ({ child, parent, from, to }) => child !== parent && (to === 'infinity' || from < to),
      )) {
        const { rowCount } = await db.owner.query(
          `insert into unit_relation values ($1, $2, $3, $4, daterange($5, nullif($6, 'infinity')::date)) on conflict do nothing`,
          [units[each.child].id, units[each.parent].id, each.role, each.level, each.from, each.to],
        );
        if (rowCount) relations.push(each);
      }
      // Some go, some move: the lines follow.
      const gone = relations.shift();
      if (gone)
        await db.owner.query(
          `delete from unit_relation where child_id = $1 and role = $2 and level = $3 and lower(valid) = $4`,
          [units[gone.child].id, gone.role, gone.level, gone.from],
        );
      const moved = relations[0];
      if (moved && moved.child !== 'town') {
        moved.parent = 'province';
        await db.owner.query(
          `update unit_relation set parent_id = $1 where child_id = $2 and role = $3 and level = $4 and lower(valid) = $5`,
          [units.province.id, units[moved.child].id, moved.role, moved.level, moved.from],
        );
      }
      for (const child of ['doiCan', 'laHien', 'town'] as const) {
        for (const level of ['02', '03', '01']) {
          const { rows } = await db.owner.query<{ day: string; parent: string | null }>(
            `select day::text, reports_to($1, $2, day::date) as parent from unnest($3::text[]) day`,
            [units[child].id, level, days],
          );
          for (const { day, parent } of rows)
            assert.equal(parent, parentByRule(relations, child, level, day), `${child} ${level} ${day}`);
        }
      }
      await assertSameBothWays();
    }),
    { numRuns: 60 },
  );
});

/** The way down is the way up. */
async function assertSameBothWays(): Promise<void> {
  for (const day of ['2014-06-30', '2025-07-01']) {
    const { rows: up } = await db.owner.query<{ pair: string }>(
      `select a.unit_id || ' ' || u.id || ' ' || a.distance as pair from unit u, units_above(u.id, '02', $1) a where a.distance > 0 order by 1`,
      [day],
    );
    const { rows: down } = await db.owner.query<{ pair: string }>(
      `select u.id || ' ' || b.unit_id || ' ' || b.distance as pair from unit u, units_reporting_to(u.id, '02', $1) b order by 1`,
      [day],
    );
    assert.deepEqual(down, up, day);
  }
}
