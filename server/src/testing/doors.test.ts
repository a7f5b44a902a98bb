// Attempts to cheat from inside the own scope, straight in the database: each statement is run as it stands by those who may write
// the row and by those who reach it and may not, their own unit first of all. Nothing of it stays.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { newId } from '#platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { idOf, people, seatCast, units, type PersonName, type UnitName } from './cast.ts';
import { form, seatPeriod, seatSubmission, type SeatedReport } from './reports.ts';

let db: TestDatabase;
let ofMinistry: string;
let ofProvince: string;
let sent: SeatedReport;
let draftId: string;
const populationId = idOf('population of the hills');
const collectionId = idOf('collection');

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  ofMinistry = await seatPeriod(db.owner);
  ofProvince = await seatPeriod(db.owner, 2023);
  for (const table of ['period_form', 'period_deadline', 'period'])
    await db.owner.query(
      `set session_replication_role = replica; update ${table} set owner_id = '${units.province.id}'
       where ${table === 'period' ? 'id' : 'period_id'} = '${ofProvince}'; reset session_replication_role`,
    );
  sent = await seatSubmission(db.owner, units.doiCan.id, units.town.id, ofMinistry, { '37.1': 100 });
  draftId = newId();
  await db.owner.query(
    `insert into report (unit_id, id, period_id, form_code, form_version, state, reviewer_id, holder_id, state_since)
     values ($1, $2, $3, $4, $5, 'draft', $6, $1, now())`,
    [units.hoaSen.id, draftId, ofMinistry, form.code, form.version, units.town.id],
  );
  await db.owner.query(
    `insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
     values ($1, $2, 2024, 'x', 'x', 'x', 'x', $3, 'x', $4, now())`,
    [units.hills.id, populationId, idOf('admin.province'), units.province.id],
  );
  await db.owner.query(
    `insert into collection (id, owner_id, title, definition, audience, due_on, state, created_at, created_by_name, published_at)
     values ($1, $2, 'x', '{}', '{}', '2024-10-20', 'open', now(), 'x', now())`,
    [collectionId, units.province.id],
  );
  for (const school of ['doiCan', 'hoaSen'] as const)
    await db.owner.query('insert into collection_duty (unit_id, collection_id) values ($1, $2)', [
      units[school].id,
      collectionId,
    ]);
  await db.owner.query(
    `insert into collection_answer (unit_id, collection_id, state, sent_no, sent_at, changed_at) values ($1, $2, 'submitted', 1, now(), now())`,
    [units.doiCan.id, collectionId],
  );
});
after(() => db.close());

class Undone extends Error {}

/** How many rows a statement wrote, which is taken back; or the code of the refusal. */
async function attempt(by: PersonName, at: UnitName, text: string, values: unknown[] = []): Promise<number | string> {
  let written = 0;
  try {
    const actor = { accountId: idOf(by), name: by };
    await db.database.write(actor, units[at].id, 'reports.read', 'attempt', async ({ tx }) => {
      written = Number((await tx.executeQuery(CompiledQuery.raw(text, values))).numAffectedRows ?? 0);
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) return (error as { code: string }).code;
  }
  return written;
}

const denied = '42501';

/** Who, working in which unit, writes a row of which unit. */
type Who = [by: PersonName, at: UnitName, of: UnitName];

interface Door {
  text: string;
  values(who: { by: string; of: string; home: string }): unknown[];
  may: Who[];
  mayNot: Who[];
}

const own = (by: PersonName): Who => [by, people[by][0], people[by][0]];
const governing: Who[] = [own('admin.ministry'), own('admin.province')];
const governed: Who[] = [
  own('clerk.doican'),
  own('head.doican'),
  own('reviewer.town'),
  own('admin.town'),
  // Who governs does so in their own unit, and nobody in theirs.
  ['admin.ministry', 'province', 'province'],
  ['admin.ministry', 'ministry', 'province'],
  ['admin.province', 'town', 'town'],
  ['admin.province', 'province', 'town'],
  ['admin.province', 'province', 'ministry'],
];
const ownWord: Pick<Door, 'may' | 'mayNot'> = {
  may: [own('clerk.doican')],
  mayNot: [
    ['clerk.hoasen', 'hoaSen', 'doiCan'],
    ['reviewer.town', 'doiCan', 'doiCan'],
    ['reviewer.town', 'town', 'doiCan'],
    ['admin.province', 'province', 'doiCan'],
    ['admin.ministry', 'ministry', 'doiCan'],
  ],
};
const fromAbove: Pick<Door, 'may' | 'mayNot'> = {
  may: [
    ['reviewer.town', 'town', 'doiCan'],
    ['reviewer.town', 'doiCan', 'doiCan'],
    ['admin.province', 'province', 'doiCan'],
    ['admin.ministry', 'doiCan', 'doiCan'],
  ],
  mayNot: [own('clerk.doican'), own('head.doican'), ['reviewer.hills', 'hills', 'doiCan']],
};

const doors: Record<string, Door> = {
  'a setting of checks': {
    text: `insert into check_setting (owner_id, id, form_slug, rule, severity, reason, set_by, set_by_name, set_at)
      values ($1, $2, 'x', 'x', 'off', 'x', $2, 'x', now())`,
    values: ({ by, of }) => [of, by],
    may: governing,
    mayNot: governed,
  },
  'weights of commendation': {
    text: `insert into commendation_rule (owner_id, school_year, rule) values ($1, 2024, '{}')`,
    values: ({ of }) => [of],
    may: governing,
    mayNot: governed,
  },
  'a period': {
    text: `insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on)
      values ($2, $1, 'x', 2024, 'middle', '2025-01-15', '2025-01-15', '2025-02-15')`,
    values: ({ of }) => [of, newId()],
    may: governing,
    mayNot: governed,
  },
  'the days of reminders': {
    text: `insert into reminder_plan (period_id, owner_id, days) values ($2, $1, '{1}')`,
    values: ({ of }) => [of, of === units.province.id ? ofProvince : ofMinistry],
    may: governing,
    mayNot: governed,
  },
  'a table of people': {
    text: `insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
      values ($1, $2, 2030, 'x', 'x', 'x', 'x', $3, 'x', $1, now())`,
    values: ({ by, of }) => [of, newId(), by],
    may: governing,
    mayNot: governed,
  },
  'an age in a table of people': {
    text: 'insert into population_count (unit_id, population_id, age, people) values ($1, $2, 6, 1)',
    values: () => [units.hills.id, populationId],
    may: [own('admin.province'), own('admin.ministry')],
    mayNot: [own('reviewer.hills'), own('reviewer.town'), ['clerk.lahien', 'laHien', 'hills']],
  },
  'that a table of people is replaced': {
    text: 'update population set replaced_at = now() where id = $1',
    values: () => [populationId],
    may: [own('admin.province'), own('admin.ministry')],
    mayNot: [own('reviewer.hills'), own('clerk.lahien')],
  },
  'a reason for being late': {
    text: `insert into late_reason (unit_id, period_id, form_code, reason, account_name, stated_at) values ($1, $1, 'x', 'x', 'x', now())`,
    values: ({ of }) => [of],
    ...ownWord,
  },
  'the rhythm of digests': {
    text: `insert into digest_plan (unit_id, rhythm) values ($1, 'off')`,
    values: ({ of }) => [of],
    ...ownWord,
  },
  'a reason for a warning': {
    text: `insert into explanation (unit_id, report_id, finding_key, reason, account_name, stated_at) values ($1, $2, 'x', 'x', 'x', now())`,
    values: ({ of }) => [of, sent.reportId],
    ...ownWord,
  },
  'a submission': {
    text: `insert into submission (unit_id, id, report_id, no, form_version, cells, records_digest, hash, code, sent_by, sent_by_name, sent_at)
      values ($1, $2, $3, 2, 'x', '{}', 'x', 'x', 'x', $4, 'x', now())`,
    values: ({ by, of }) => [of, newId(), sent.reportId, by],
    ...ownWord,
  },
  'that a report was sent, in its timeline': {
    text: `insert into report_event (unit_id, id, report_id, kind, state, account_name, at) values ($1, $2, $3, 'submit', 'x', 'x', now())`,
    values: ({ of }) => [of, newId(), sent.reportId],
    ...ownWord,
  },
  'that a report was approved, in its timeline': {
    text: `insert into report_event (unit_id, id, report_id, kind, state, account_name, at) values ($1, $2, $3, 'approve', 'x', 'x', now())`,
    values: ({ of }) => [of, newId(), sent.reportId],
    ...fromAbove,
  },
  'a notice': {
    text: `insert into notice (unit_id, id, kind, audience, once_key, content, created_at) values ($1, $2, 'nudge', 'everybody', 'x', '{}', now())`,
    values: ({ of }) => [of, newId()],
    may: [...fromAbove.may, ['admin.ministry', 'ministry', 'doiCan']],
    mayNot: [...fromAbove.mayNot, own('reviewer.town'), own('admin.province'), own('admin.ministry')],
  },
  'what a unit has to do about its report': {
    text: `insert into remark (unit_id, id, report_id, text, author_id, author_name, author_unit_id, written_at)
      values ($1, $2, $3, 'x', $4, 'x', $5, now())`,
    values: ({ by, of, home }) => [of, newId(), sent.reportId, by, home],
    may: [['reviewer.town', 'doiCan', 'doiCan']],
    mayNot: [own('clerk.doican'), own('head.doican')],
  },
  'the day by which a report is due': {
    text: `update report set due_on = '2099-12-31' where unit_id = $1`,
    values: ({ of }) => [of],
    ...fromAbove,
  },
  'the day to which a report stays open': {
    text: `update report set open_until = '2099-12-31' where unit_id = $1`,
    values: ({ of }) => [of],
    ...fromAbove,
  },
  'an ad-hoc collection': {
    text: `insert into collection (id, owner_id, title, definition, audience, created_at, created_by_name) values ($2, $1, 'x', '{}', '{}', now(), 'x')`,
    values: ({ of }) => [of, newId()],
    may: [...governing, own('reviewer.town')],
    mayNot: [own('clerk.doican'), own('head.doican'), ['admin.province', 'province', 'town']],
  },
  'the day by which a collection is due': {
    text: `update collection set due_on = '2099-12-31' where id = $1`,
    values: () => [collectionId],
    may: [own('admin.province')],
    mayNot: [own('clerk.doican'), own('reviewer.town'), own('admin.ministry')],
  },
  'an answer to a collection': {
    text: `insert into collection_answer (unit_id, collection_id, state, changed_at) values ($1, $2, 'draft', now())`,
    values: ({ of }) => [of, collectionId],
    may: [own('clerk.hoasen')],
    mayNot: [
      ['reviewer.town', 'hoaSen', 'hoaSen'],
      ['reviewer.town', 'town', 'hoaSen'],
      ['admin.province', 'province', 'hoaSen'],
    ],
  },
  'that an answer is given back': {
    text: `select return_collection_answer($1, $2, 1, 'x', null, 'x', now())`,
    values: ({ of }) => [of, collectionId],
    may: [
      ['admin.province', 'doiCan', 'doiCan'],
      ['admin.province', 'province', 'doiCan'],
    ],
    mayNot: [own('clerk.doican'), ['reviewer.town', 'doiCan', 'doiCan'], ['admin.ministry', 'ministry', 'doiCan']],
  },
};

describe('who may write', () => {
  for (const [what, { text, values, may, mayNot }] of Object.entries(doors)) {
    test(what, async () => {
      const tried = ([by, at, of]: Who) =>
        attempt(by, at, text, values({ by: idOf(by), of: units[of].id, home: units[people[by][0]].id }));
      for (const who of may) {
        const done = await tried(who);
        assert.ok(done === 1 || (text.startsWith('select') && done === 0), `${who.join(' ')} may: ${done}`);
      }
      // A row that is not theirs to change is not found; a new one is refused.
      for (const who of mayNot) assert.ok([denied, 0].includes(await tried(who)), who.join(' '));
      if (!text.startsWith('update')) for (const who of mayNot) assert.equal(await tried(who), denied, who.join(' '));
    });
  }
});

describe('from inside the own unit', () => {
  const refuse = async (by: PersonName, text: string, values: unknown[] = []) =>
    assert.equal(await attempt(by, people[by][0], text, values), denied, `${by}: ${text}`);

  test('a report has no other state, number, day of sending or reviewer than what was sent and decided says', async () => {
    for (const change of [
      `state = 'draft', holder_id = unit_id`,
      `state = 'supplement', holder_id = unit_id`,
      `state = 'returned', holder_id = unit_id`,
      `state = 'approved'`,
      'last_submission_no = 0',
      'last_submission_no = 2',
      `last_sent_at = '2024-10-01'`,
      'reviewer_id = unit_id',
      `form_version = '2099'`,
    ]) {
      await refuse('clerk.doican', `update report set ${change} where id = $1`, [sent.reportId]);
      await refuse('head.doican', `update report set ${change} where id = $1`, [sent.reportId]);
    }
    await refuse('clerk.hoasen', `update report set state = 'submitted', holder_id = reviewer_id where id = $1`, [
      draftId,
    ]);
    await refuse(
      'clerk.hoasen',
      `update report set state = 'submitted', holder_id = reviewer_id, last_submission_no = 1 where id = $1`,
      [draftId],
    );
    assert.equal(
      await attempt('clerk.hoasen', 'hoaSen', 'update report set missing_total = 1 where id = $1', [draftId]),
      1,
    );
  });

  test('an old decision decides nothing again', async () => {
    const { reportId, submissionId } = await seatSubmission(
      db.owner,
      units.cucDuong.id,
      units.hills.id,
      ofMinistry,
      {},
    );
    for (const kind of ['approved', 'reopened'])
      await db.owner.query(
        `insert into decision (unit_id, id, report_id, submission_id, kind, decided_by, decided_by_name, decided_in, decided_at, reason)
         values ($1, $2, $3, $4, $5, $6, 'x', $7, now(), 'x')`,
        [units.cucDuong.id, newId(), reportId, submissionId, kind, idOf('reviewer.hills'), units.hills.id],
      );
    for (const held of ['draft', 'supplement'] as const) {
      await db.owner.query(
        `set session_replication_role = replica; update report set state = '${held}', holder_id = unit_id where id = '${reportId}';
         reset session_replication_role`,
      );
      const approve = `update report set state = 'approved', holder_id = reviewer_id where id = $1`;
      await refuse('clerk.cucduong', approve, [reportId]);
    }
  });

  test('the day of sending is that of the submission, whatever is claimed', async () => {
    const sending = `with sent as (
        insert into submission (unit_id, id, report_id, no, form_version, cells, records_digest, hash, code, sent_by, sent_by_name, sent_at)
        values ($1, $2, $3, 1, 'x', '{}', 'x', 'x', 'x', $4, 'x', '2024-10-09') returning unit_id)
      select from sent`;
    const actor = { accountId: idOf('clerk.hoasen'), name: 'x' };
    const undone = db.database.write(actor, units.hoaSen.id, 'reports.read', 'attempt', async ({ tx }) => {
      const values = [units.hoaSen.id, newId(), draftId, actor.accountId];
      await tx.executeQuery(CompiledQuery.raw(sending, values));
      const { rows } = await tx.executeQuery(
        CompiledQuery.raw(
          `update report set state = 'submitted', holder_id = reviewer_id, last_submission_no = 1 where id = $1
           returning last_sent_at::date::text as day`,
          [draftId],
        ),
      );
      assert.deepEqual(rows, [{ day: '2024-10-09' }]);
      throw new Undone();
    });
    await assert.rejects(undone, Undone);
  });

  test('a report begins as a draft, and for its reviewer', async () => {
    const begin = `insert into report (unit_id, id, period_id, form_code, form_version, state, reviewer_id, holder_id, state_since)
      values ($1, $2, $3, $4, $5, $6, $7, case $6::text when 'draft' then $1::uuid else $7::uuid end, now())`;
    const asked = (state: string, reviewer: UnitName, version = form.version) =>
      attempt('clerk.lahien', 'laHien', begin, [
        units.laHien.id,
        newId(),
        ofMinistry,
        form.code,
        version,
        state,
        units[reviewer].id,
      ]);
    assert.equal(await asked('draft', 'hills'), 1);
    assert.equal(await asked('approved', 'hills'), denied);
    assert.equal(await asked('draft', 'town'), denied);
    assert.equal(await asked('draft', 'province'), denied);
    assert.equal(await asked('draft', 'hills', '1999'), denied);
  });

  test('an answer that was sent stays; its new day is not its own to set', async () => {
    const change = (what: string) => `update collection_answer set ${what} where collection_id = '${collectionId}'`;
    assert.equal(await attempt('clerk.doican', 'doiCan', change(`cells = '{"a": 1}'`)), 0);
    assert.equal(await attempt('clerk.doican', 'doiCan', change(`state = 'draft'`)), 0);
    for (const set of [`due_on = '2099-12-31'`, 'return_reason = null', 'returned_at = null'])
      await refuse('clerk.doican', change(set));
  });

  test('nobody plans reminders of another’s period, in whoever’s name', async () => {
    const plan = 'insert into reminder_plan (period_id, owner_id, days) values ($1, $2, $3)';
    const foreignKey = '23503';
    assert.equal(await attempt('admin.province', 'province', plan, [ofMinistry, units.province.id, [1]]), foreignKey);
  });

  test('an account’s address, name and unit are not a colleague’s to change', async () => {
    for (const change of [
      `email = 'x@x.example'`,
      'wants_mail = false',
      'email_confirmed_at = now()',
      `unit_id = '${units.town.id}'`,
      `username = 'x'`,
    ]) {
      await refuse('head.doican', `update account set ${change} where id = $1`, [idOf('clerk.doican')]);
      await refuse('admin.town', `update account set ${change} where id = $1`, [idOf('clerk.doican')]);
    }
  });

  test('background work is open to nobody who acts for an account', async () => {
    for (const call of [
      `draw_deadline_notices('2099-01-01', now(), '{1}')`,
      `draw_digests('2099-01-01', now())`,
      `draw_collection_notices('2099-01-01', now(), '{1}')`,
      `draw_review_notices('2099-01-01', now(), '{1}')`,
      `post_new_letters('2099-01-01', now())`,
      `draw_like_units('2099-01-01', gen_random_uuid(), 'x', '[]', '[]', 3)`,
      'take_letters(now(), 100)',
      'settle_letter(gen_random_uuid(), gen_random_uuid(), null, now())',
      'take_confirmations(100)',
      `settle_confirmation(gen_random_uuid(), 'x', true)`,
      `confirm_mail(gen_random_uuid(), 'x', now())`,
    ])
      for (const by of ['clerk.doican', 'admin.ministry'] as const) await refuse(by, `select * from ${call}`);
  });
});
