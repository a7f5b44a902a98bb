// What the rows of each form imply, read from the print and not from the checks: every line must be among the checks of its file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Term, termOf } from '@khuevan/core/forms/definition.ts';
import { loadForms } from './form-files.ts';

/** Written as one would say it: "a = b + … + f = g + h" is two identities, "b … f ≤ a" one for each row from b to f. */
const structure: Record<string, string> = {
  '02-th-dn': `
    1 = 2 + 5; 2 = 3 + 4; 5 = 6 + 7; 8 + 9 ≤ 1; 10…12 ≤ 1; 13 + 14 ≤ 1; 15…25 ≤ 1
    27 = 28 + … + 32; 33…36 ≤ 27
    37 = 38 + 39 = 40 + … + 44 = 45 + … + 51
    52 ≤ 46; 52 ≤ 40; 53 ≤ 47; 53 ≤ 41; 54 ≤ 48; 54 ≤ 42; 55 ≤ 49; 55 ≤ 43; 56 ≤ 50; 56 ≤ 44; 57 ≤ 40
    58…60 ≤ 37; 73 ≤ 37; 61 + 67 ≤ 37; 61 ≥ 62 + … + 66; 67 ≥ 68 + … + 72
    78 = 79 + 96 + 109 + 110; 79 = 80 + 87; 80 = 81 + … + 86; 87 = 88 + 89 = 90 + … + 95
    96 = 97 + … + 102; 96 ≥ 103 + … + 108; 110 = 111 + … + 119; 122 ≥ 123 + … + 130
    NS24 = NS25 + … + NS27 = NS28 + … + NS31`,
  'x03-thcs-dn': `
    X1 = X2 + X5 = X8 + … + X10; X2 = X3 + X4; X5 = X6 + X7; X11 + X12 ≤ X1; X13…X16 ≤ X1; X17 + X18 ≤ X1; X19…X30 ≤ X1
    X32 = X1 + X33; X34 = X35 + … + X38; X39…X43 ≤ X34
    X44 = X45 + X46 = X47 + … + X50 = X51 + … + X56
    X57 ≤ X52; X57 ≤ X47; X58 ≤ X53; X58 ≤ X48; X59 ≤ X54; X59 ≤ X49; X60 ≤ X55; X60 ≤ X50; X61 ≤ X47
    X62…X65 ≤ X44; X66 + X72 ≤ X44; X66 ≥ X67 + … + X71; X72 ≥ X73 + … + X77; X78…X79 ≤ X44; X79 = X80 + … + X89; X90…X94 ≤ X44
    X95 = X96 + X113 + X148 + X149; X96 = X97 + X104; X97 = X98 + … + X103; X104 = X105 + X106 = X107 + … + X112
    X113 = X114 + … + X119; X113 ≥ X120 + … + X125; X126…X147 ≤ X113; X149 = X150 + … + X159; X162 ≥ X163 + … + X170 + X173 + … + X176
    NS32 = NS33 + … + NS35 = NS36 + … + NS39`,
  'x04-thpt-dn': `
    X1 = X2 + X5 = X8 + … + X10; X2 = X3 + X4; X5 = X6 + X7; X11 + X12 ≤ X1; X13…X18 ≤ X1; X19 + X20 ≤ X1; X21…X32 ≤ X1
    X34 = X35 + … + X37; X38…X43 ≤ X34; X43 = X44 + … + X57
    X58 = X59 + X60 = X61 + … + X63 = X64 + … + X68
    X69 ≤ X65; X69 ≤ X61; X70 ≤ X66; X70 ≤ X62; X71 ≤ X67; X71 ≤ X63; X72 ≤ X61
    X73…X76 ≤ X58; X77 + X83 ≤ X58; X77 ≥ X78 + … + X82; X83 ≥ X84 + … + X88; X89…X90 ≤ X58; X90 = X91 + … + X100; X101…X105 ≤ X58
    X106 = X107 + X124 + X158; X107 = X108 + X115; X108 = X109 + … + X114; X115 = X116 + X117 = X118 + … + X123
    X124 = X125 + … + X130; X124 ≥ X131 + … + X136; X137…X157 ≤ X124; X158 = X159 + … + X168; X171 ≥ X172 + … + X179 + X182 + … + X187
    NS40 = NS41 + … + NS43 = NS44 + … + NS47`,
  'x05-gdtx-dn': `
    X1 = X2 + X3; X1 ≥ X4 + … + X6; X7…X13 ≤ X1
    X15 = X16 + X17 + X18 + X24 + X29; X18 = X19 + … + X23; X24 = X25 + … + X28; X29 = X30 + … + X32
    X33 = X34 + X35 = X36 + X37 + X38 + X44 + X49; X38 = X39 + … + X43; X44 = X45 + … + X48; X49 = X50 + … + X52
    X53…X57 ≤ X33; X57 = X58 + … + X67; X68…X71 ≤ X33
    X72 = X73 + X90 + X119 + X120; X73 = X74 + X81; X74 = X75 + … + X80; X81 = X82 + X83 = X84 + … + X89
    X90 = X91 + … + X96; X90 ≥ X97 + … + X102; X103…X118 ≤ X90; X120 = X121 + … + X130; X135 ≥ X136 + … + X143
    NS48 = NS49 + … + NS51 = NS52 + … + NS55`,
  'x06-kt-dn': `
    X2…X4 ≤ X1
    X5 = X6 + … + X11 = X12 + X19 + X26 + X33 + X40; X12 = X13 + … + X18; X19 = X20 + … + X25; X26 = X27 + … + X32
    X33 = X34 + … + X39; X40 = X41 + … + X46
    X47 = X48 + … + X53 = X54 + X61 + X68 + X75 + X82; X54 = X55 + … + X60; X61 = X62 + … + X67; X68 = X69 + … + X74
    X75 = X76 + … + X81; X82 = X83 + … + X88; X92 ≤ X91`,
  'x07-nsnn-dn': `
    16 = 17 + … + 19 = 20 + … + 23; NS24 = NS25 + … + NS27 = NS28 + … + NS31; NS32 = NS33 + … + NS35 = NS36 + … + NS39
    NS40 = NS41 + … + NS43 = NS44 + … + NS47; NS48 = NS49 + … + NS51 = NS52 + … + NS55
    56 = 57 + … + 59 = 60 + … + 63; 64 = 65 + … + 67 = 68 + … + 71; 15 = 16 + NS24 + NS32 + NS40 + NS48 + 56 + 64`,
  'x01-mn-cn': `
    LO = LONT + LOMG; DN = DNNT + DNMG; DE = DENT + DEMG; TL = TLNT + TLMG; DI = DINT + DIMG; TH = THNT + THMG; CN = CNNT + CNMG
    DN + DE + TL = CN + DI + TH; DNNT + DENT + TLNT = CNNT + DINT + THNT; DNMG + DEMG + TLMG = CNMG + DIMG + THMG
    ${ofStaff()}`,
  'x02-th-cn': `${ofGrades(1, 5)}; GD1 + … + GD4 ≤ CN; ${eachGrade(1, 5, 'GD1-g + GD2-g + GD3-g + GD4-g ≤ CNg')}; DB2-1 ≤ DB2`,
  'x03-thcs-cn': `${ofGrades(6, 9)}; ${ofResults(6, 9)}; DB2-1 ≤ DB2`,
  'x05-gdtx-cn': `
    ${['LO', 'DN', 'DE', 'TL', 'DI', 'TH', 'CN'].map((row) => `${row} = ${row}XM + ${row}SC + ${row}1 + … + ${row}12`).join('; ')}
    DN + DE + TL = CN + DI + TH; DNXM + DEXM + TLXM = CNXM + DIXM + THXM; DNSC + DESC + TLSC = CNSC + DISC + THSC
    ${eachGrade(1, 12, 'DNg + DEg + TLg = CNg + DIg + THg')}
    LL = LL1 + … + LL4 + LL6 + … + LL8 + LL10 + LL11; DG = DG1 + … + DG12; OL = OL1 + … + OL12
    LL + DG + OL + HC5 + HC9 + HC12 + CNXM + CNSC = CN; ${eachGrade(1, 4, 'LLg + DGg + OLg = CNg')}; HC5 + DG5 + OL5 = CN5
    ${eachGrade(6, 8, 'LLg + DGg + OLg = CNg')}; HC9 + DG9 + OL9 = CN9; ${eachGrade(10, 11, 'LLg + DGg + OLg = CNg')}
    HC12 + DG12 + OL12 = CN12; TN ≤ DT; DT ≤ HC12; ${ofResults(6, 12)}; ${ofStaff(4)}; NH4 ≤ RD4`,
  'x06-kt-cn': `
    TR1…TR2 ≤ TR; DN = DNHN + DNCB; CN = CNHN + CNCB = CN1 + … + CN6; TH = THL1 + … + THL10; DN + DE + TL = CN + DI + TH
    ${['DN', 'DE', 'TL', 'DI', 'TH', 'CN'].map((row) => `${row} = ${row}MN + ${row}TH + ${row}CS + ${row}PT + ${row}TX`).join('; ')}
    ${['LL', 'DG', 'OL', 'HC'].map((row) => `${row} = ${row}TH + ${row}CS + ${row}PT + ${row}TX`).join('; ')}
    ${['MN', 'TH', 'CS', 'PT', 'TX'].map((of) => `DN${of} + DE${of} + TL${of} = CN${of} + DI${of} + TH${of}`).join('; ')}
    ${['TH', 'CS', 'PT'].map((of) => `LL${of} + DG${of} + OL${of} + HC${of} = CN${of}`).join('; ')}
    LLTX + DGTX + OLTX + HCTX ≤ CNTX; DB3-1 ≤ DB3`,
  'x07-nsnn-cn': `
    NS15 = NS16 + NS24 + NS32 + NS40 + NS48 + NS56 + NS64; NS16 = NS17 + … + NS19 = NS20 + … + NS23
    NS24 = NS25 + … + NS27 = NS28 + … + NS31; NS32 = NS33 + … + NS35 = NS36 + … + NS39; NS40 = NS41 + … + NS43 = NS44 + … + NS47
    NS48 = NS49 + … + NS51 = NS52 + … + NS55; NS56 = NS57 + … + NS59 = NS60 + … + NS63; NS64 = NS65 + … + NS67 = NS68 + … + NS71`,
  'x04-thpt-cn': `${ofGrades(10, 12)}; ${ofResults(10, 12)}; TN ≤ DT; DT ≤ HC`,
};

function eachGrade(first: number, last: number, line: string): string {
  const grades = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return grades.map((grade) => line.replaceAll('g', String(grade))).join('; ');
}

function ofStaff(groups = 3): string {
  return `DI = DIN1 + … + DIN3; TH = THL1 + … + THL10; ${['DB', 'RD', 'NH'].map((row) => `${row} = ${row}1 + … + ${row}${groups}`).join('; ')}
    DB1-1 + DB1-2 ≤ DB1; NH ≤ RD; NH1 ≤ RD1; NH2 ≤ RD2; NH3 ≤ RD3`;
}

/** Opening and what came is what is there at the end and what left; everybody there has one result of the year. */
function ofGrades(first: number, last: number): string {
  return `${['LO', 'DN', 'DE', 'TL', 'DI', 'TH', 'CN', 'DG', 'OL'].map((row) => `${row} = ${row}${first} + … + ${row}${last}`).join('; ')}
    LL = LL${first} + … + LL${last - 1}; DN + DE + TL = CN + DI + TH; ${eachGrade(first, last, 'DNg + DEg + TLg = CNg + DIg + THg')}
    LL + DG + OL + HC = CN; ${eachGrade(first, last - 1, 'LLg + DGg + OLg = CNg')}; HC + DG${last} + OL${last} = CN${last}; HC ≤ CN${last}
    ${ofStaff()}`;
}

function ofResults(first: number, last: number): string {
  return ['HT', 'RL']
    .map(
      (row) =>
        `${row}1 + … + ${row}4 ≤ CN; ${eachGrade(first, last, `${row}1-g + ${row}2-g + ${row}3-g + ${row}4-g ≤ CNg`)}`,
    )
    .join('; ');
}

/** "28 … 32" and "28 + … + 32": the rows from one to the other. */
function rowsBetween(from: string, to: string): string[] {
  const [, prefix = '', first] = /^(.*?)(\d+)$/.exec(from)!;
  const last = Number(to.slice(prefix.length));
  return Array.from({ length: last - Number(first) + 1 }, (_, index) => `${prefix}${Number(first) + index}`);
}

function sideOf(side: string): string {
  const terms = side.split('+').map((term) => term.trim());
  return terms
    .flatMap((term, at) => (term === '…' ? rowsBetween(terms[at - 1]!, terms[at + 1]!).slice(1, -1) : [term]))
    .join('+');
}

/** Each identity as "a = b+c". */
function readStructure(text: string): string[] {
  const said = text.split(/[;\n]/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return said.flatMap((line) => {
    const range = /^(\S+)…(\S+) ≤ (\S+)$/.exec(line);
    if (range) return rowsBetween(range[1]!, range[2]!).map((row) => `${row} ≤ ${range[3]}`);
    const op = /[=≤≥]/.exec(line)![0];
    const [left = '', ...rights] = line.split(op).map(sideOf);
    return rights.map((right) => `${left} ${op} ${right}`);
  });
}

const words = { '=': '=', '<=': '≤', '>=': '≥' };
const codesOf = (terms: readonly Term[]): string => terms.map((term) => termOf(term).of).join('+');

test('a range of rows is read as each row of it', () => {
  assert.deepEqual(readStructure('a1 = a2 + … + a4 = b + c; 8…10 ≤ 1'), [
    'a1 = a2+a3+a4',
    'a1 = b+c',
    '8 ≤ 1',
    '9 ≤ 1',
    '10 ≤ 1',
  ]);
});

for (const form of loadForms().filter(({ slug }) => slug in structure)) {
  test(`${form.slug} ${form.version}: the checks hold what its rows imply`, () => {
    const held = new Set(
      form.checks
        .filter(
          ({ by, severity, tolerance = 0, share = 0 }) =>
            by === 'rows' && severity === 'error' && tolerance + share === 0,
        )
        .map(({ left, op, right }) => `${codesOf(left)} ${words[op]} ${codesOf(right)}`),
    );
    const implied = readStructure(structure[form.slug]!);
    assert.deepEqual(
      implied.filter((each) => !held.has(each)),
      [],
    );
  });
}
