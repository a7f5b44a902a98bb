// docs/rules.md from the catalogue of rules. `npm run khuevan -- docs write` writes it; a test compares.
import type { RuleFace } from '@khuevan/core/findings.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { recordRules, setRules } from '@khuevan/core/rules/catalogue.ts';
import { importFaces } from '@khuevan/core/rules/import.ts';
import { exampleFinding } from '@khuevan/core/rules/examples.ts';
import { readingFaces } from '@khuevan/core/rules/reading.ts';

const severities = { error: 'lỗi / error', warning: 'cảnh báo / warning' };

function describe(rule: RuleFace): string {
  const example = rule.message(exampleFinding(rule.id));
  return [
    `#### \`${rule.id}\` · ${severities[rule.severity]}`,
    `**${rule.title.vi}** / ${rule.title.en}`,
    `Căn cứ / source: ${rule.source}`,
    `> ${example.vi}`,
    `> ${example.en}`,
  ].join('\n\n');
}

/** A rule that only the reading of a file can find, with what a person reads about a row. */
function describeImport(rule: RuleFace): string {
  const sample = rule.message({
    rule: rule.id,
    severity: rule.severity,
    value: '…',
    row: 12,
    params: { row: 9, count: 2 },
  });
  return [
    `#### \`${rule.id}\` · ${severities[rule.severity]}`,
    `**${rule.title.vi}** / ${rule.title.en}`,
    `Căn cứ / source: ${rule.source}`,
    `> ${sample.vi}`,
    `> ${sample.en}`,
  ].join('\n\n');
}

function section(title: string, rules: readonly RuleFace[]): string {
  return rules.length === 0 ? '' : `${title}\n\n${rules.map(describe).join('\n\n')}\n\n`;
}

export function rulesMarkdown(): string {
  const kinds = Object.values(recordKinds).map((kind) => {
    const alone = recordRules.filter((rule) => rule.kind === kind.name);
    const together = setRules.filter((rule) => rule.kind === kind.name);
    return `## ${kind.label.vi} / ${kind.label.en}\n\n${section('### Từng bản ghi / each record', alone)}${section('### Cả trường / all of a school', together)}`;
  });
  return `# Quy tắc dữ liệu / rules on data

Generated from \`core/src/rules\`; do not edit.

The same ${readingFaces.length + recordRules.length + setRules.length} rules run on entry, on import and before a report is sent. An error blocks the row or the report; a warning needs
a stated reason that stays with the report. Each rule names its law, and below it stands what a person reads when a
synthetic record breaks it. For each there is a planted fault (\`core/src/rules/faults.ts\`) and a test that this rule, and no
other, finds it. Rules between the cells of a form stand in the form itself (\`forms/<code>/<version>.json\`, \`checks\`).

${section('## Đọc dữ liệu / reading', readingFaces)}${kinds.join('')}## Tệp Excel / Excel files

Found only while a file is read: cells without a value, rows that clash with one another or with what is stored.

${importFaces.map(describeImport).join('\n\n')}`
    .trimEnd()
    .concat('\n');
}
