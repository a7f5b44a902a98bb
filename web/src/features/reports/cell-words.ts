import { codeName } from '@khuevan/core/codes/index.ts';
import type { Column, Condition, Filter, Row, Section } from '@khuevan/core/forms/definition.ts';
import { dimensions } from '@khuevan/core/forms/measures.ts';
import type { Language } from '../../preferences.ts';
import { formsText } from '../../text/forms.ts';
import { formatDate } from '../../ui/format.ts';

type Words = (typeof formsText)['vi'];

/** What a cell counts and under which conditions, in words. */
export interface CellMeaning {
  /** "Đếm học sinh có mặt ngày 30/09/2024 …" */
  counts: string;
  /** Conditions that all hold; where a row names alternatives, one text of them. */
  conditions: string[];
}

/** Says what stands in a cell, from the definition of its section, row and column. */
export function describeCell(
  section: Section,
  row: Row,
  column: Column,
  asOf: string,
  language: Language,
): CellMeaning {
  const words = formsText[language];
  if (row.empty?.includes(column.code)) return { counts: words.empty, conditions: [] };
  if (!row.measure) return { counts: words.typed, conditions: [] };
  const day = formatDate(asOf);
  const amount = column.amount && words.amounts[column.amount as keyof Words['amounts']];
  const counts = `${words.counts[row.measure]}${amount ? ` (${amount})` : ''} ${words.asOf[row.measure](day)}.`;
  const alternatives = Array.isArray(row.filter) ? row.filter : [row.filter ?? {}];
  // What the row says again more narrowly is not said twice.
  const ofSection = Object.fromEntries(
    Object.entries(section.filter ?? {}).filter(([dimension]) => !alternatives.every((filter) => dimension in filter)),
  );
  const own = alternatives.map((filter) => describeFilter(filter, language).join(', ')).filter(Boolean);
  return {
    counts,
    conditions: [
      ...(own.length > 0 ? [own.join(` ${words.either} `)] : []),
      ...describeFilter(ofSection, language),
      ...describeFilter(column.filter, language),
    ],
  };
}

export function describeFilter(filter: Filter, language: Language): string[] {
  return Object.entries(filter).map(([dimension, condition]) => describeCondition(dimension, condition, language));
}

function describeCondition(dimension: string, condition: Condition, language: Language): string {
  const words = formsText[language];
  const label = words.labels[dimension] ?? dimension;
  if (condition === '*') return words.isStated(label);
  if (condition === null) return words.isNotStated(label);
  if (typeof condition === 'boolean') {
    const flag = words.flags[dimension];
    return flag ? (condition ? flag.yes : flag.no) : label;
  }
  if (Array.isArray(condition))
    return words.oneOf(label, condition.map((code) => nameOf(dimension, code, language)).join(', '));
  const { eq, min, max } = condition;
  if (eq !== undefined) return words.equal(label, String(eq));
  if (min !== undefined && max !== undefined) return words.between(label, String(min), String(max));
  return min !== undefined ? words.atLeast(label, String(min)) : words.atMost(label, String(max));
}

function nameOf(dimension: string, code: string, language: Language): string {
  const kind = dimensions[dimension];
  if (typeof kind === 'object' && 'list' in kind) return codeName(kind.list, code, language);
  return dimension === 'solidity' ? formsText[language].solidity[code as keyof Words['solidity']] : code;
}
