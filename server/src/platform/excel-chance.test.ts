// What chance finds: whatever is written comes back, and whatever is broken is read or refused, and nothing else happens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { ProblemError } from '@khuevan/core/problems.ts';
import { type Part, partsOf, readCells, readSheets, zipOf } from '#testing/odd-workbooks.ts';
import { writeWorkbook } from './excel-writer.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('_', 'x', '0', 'D', '&', '<', ';', '=', ' ', '\n', '\r', '\t', '"', 'Ấ'),
    maxLength: 20,
  }),
);
const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

test('whatever is written is read again: any text, any number, yes and no, in any place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 1, maxLength: 8 }), async (rows) => {
      const sheet = { name: 'A', columns: [], rows: rows.map((cells) => ({ cells })) };
      const found = (await readSheets(await buffer(writeWorkbook([sheet]))))[0]!.rows;
      const expected = rows.flatMap((cells, index) => {
        const filled = cells.map((each) =>
          each === '' || each === null ? undefined : typeof each === 'number' ? each + 0 : each,
        );
        while (filled.length > 0 && filled.at(-1) === undefined) filled.pop();
        return filled.length === 0 ? [] : [{ number: index + 1, cells: filled }];
      });
      assert.deepEqual(
        found.map(({ number, cells }) => ({ number, cells: Array.from(cells) })),
        expected,
      );
    }),
    { numRuns: 150, seed: 20_241_015 },
  );
});

const honest = partsOf({
  sheets: [
    {
      rows: '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43174</v></c><c r="C1" t="inlineStr"><is><t>Ấ &amp; B</t></is></c></row><row r="2"><c r="A2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2"><f>A1+1</f><v>2.5E3</v></c></row>',
    },
    { name: 'Hai', rows: '<row><c t="s"><v>1</v></c></row>' },
  ],
  strings: '<si><t>chung</t></si><si><r><t xml:space="preserve">hai </t></r><rPh><t>x</t></rPh><r><t>phần</t></r></si>',
  formats: [0, 14, 'dd/mm/yyyy'],
});

/** Read whole or refused; anything else is a fault of ours. */
async function tryToRead(bytes: Buffer): Promise<'read' | 'refused'> {
  try {
    await readSheets(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'file_refused') return 'refused';
    throw error;
  }
}

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const outcomes = { read: 0, refused: 0 };

test('a file with any bytes changed, cut or repeated is read or refused', async () => {
  const whole = zipOf(honest);
  const change = fc.record({ at: place, to: fc.uint8Array({ maxLength: 4 }), drop: fc.nat({ max: 40 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let bytes = whole;
      for (const { at, to, drop } of changes) {
        const from = Math.floor(at * bytes.length);
        bytes = Buffer.concat([bytes.subarray(0, from), to, bytes.subarray(from + (drop > 20 ? drop : to.length))]);
      }
      outcomes[await tryToRead(bytes)] += 1;
    }),
    { numRuns: 1000, seed: 20_241_016 },
  );
  assert.ok(outcomes.refused > 300, JSON.stringify(outcomes));
});

const snippets = [
  '',
  '<',
  '>',
  '/>',
  '"',
  "'",
  '&',
  '&amp;',
  '&#0;',
  '&#x41;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE a>',
  '<row>',
  '</row>',
  '<row r="1">',
  '<c r="A1">',
  '</c>',
  '<v>',
  '-1',
  '1e999',
  '0x10',
  ' ',
  '=',
  't="s"',
  ' r="ZZZZ99"',
  ' s="-1"',
  '<si/>',
  '<xf numFmtId="x"/>',
  '\uFEFF',
  '\u0000',
  '_x0000_',
  '_xD800_',
];

test('a part with anything put in, taken out or in another order is read or refused', async () => {
  outcomes.read = outcomes.refused = 0;
  const change = fc.record({
    part: fc.nat({ max: honest.length - 1 }),
    at: place,
    drop: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
    put: fc.constantFrom(...snippets),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
      const parts: Part[] = honest.map((each) => ({ ...each }));
      for (const { part, at, drop, put } of changes) {
        const content = String(parts[part]!.content);
        const from = Math.floor(at * content.length);
        parts[part]!.content = content.slice(0, from) + put + content.slice(from + drop);
      }
      outcomes[await tryToRead(zipOf(parts))] += 1;
    }),
    { numRuns: 1000, seed: 20_241_017 },
  );
  assert.ok(outcomes.refused > 300 && outcomes.read > 30, JSON.stringify(outcomes));
  assert.deepEqual((await readCells(zipOf(honest)))[1]!.slice(0, 2), [true, undefined], 'the file itself is honest');
});
