// The database folds and orders names as core does.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawName, namedEthnicities } from '@khuevan/core/vietnam/names.ts';
import { createRandom } from '@khuevan/core/vietnam/random.ts';
import { givenName, normalizeText, searchKey } from '@khuevan/core/vietnam/text.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** Every letter with every tone and mark that names of any ethnic group carry, in both cases; and strangers. */
const letters = [...'aăâeêioôơuưyđbcčnñǂkƀtðɖĕŏĭŭ'].flatMap((letter) =>
  ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323', '\u0306'].map((mark) => (letter + mark).normalize('NFC')),
);
/** Every Latin letter that Unicode has in one piece, but for a few that no living alphabet of names has. */
const unknown = 'ǢǣǼǽǾǿǮǯẛǶȠ';
const latin = [
  [0xaa, 0x24f],
  [0x1e00, 0x1eff],
]
  .flatMap(([from, to]) => Array.from({ length: to! - from! + 1 }, (_, index) => String.fromCodePoint(from! + index)))
  .filter((letter) => /\p{Script=Latin}/u.test(letter) && !unknown.includes(letter));
const random = createRandom('folding');
const names = [
  ...letters,
  ...letters.map((letter) => letter.toUpperCase()),
  ...latin,
  ...namedEthnicities.flatMap((ethnicity) =>
    Array.from({ length: 20 }, () => drawName(random, { ethnicity, sex: random.pick(['01', '02']), birthYear: 2018 })),
  ),
  "H'Mai Niê Kđăm",
  'Y Ƀlŏ',
  'Müller Straße',
  'An',
  'Trường TH số 1 (Phú Xá) – 2024',
].map(normalizeText);

test('search keys', async () => {
  const { rows } = await db.owner.query<{ name: string; key: string }>(
    'select name, search_key(name) as key from unnest($1::text[]) as names (name)',
    [names],
  );
  assert.equal(rows.length, names.length);
  for (const { name, key } of rows) assert.equal(key, searchKey(name), name);
});

test('given name and the rest', async () => {
  const { rows } = await db.owner.query<{ name: string; given: string; others: string }>(
    'select name, given_name(name) as given, other_names(name) as others from unnest($1::text[]) as names (name)',
    [names],
  );
  for (const { name, given, others } of rows) {
    assert.equal(given, givenName(name));
    assert.equal(others, name.slice(0, -given.length).trim(), name);
  }
});
