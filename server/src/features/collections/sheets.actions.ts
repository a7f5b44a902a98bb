import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { formatDate } from '@khuevan/core/vietnam/dates.ts';
import { formatNumber } from '@khuevan/core/vietnam/numbers.ts';
import { dayOf, now, today } from '#platform/clock.ts';
import type { Reading } from '#platform/database.ts';
import { writeWorkbook } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import { answerSheets } from './answer-sheet.ts';
import { readWhole } from './answers.actions.ts';
import { selectUnitCode } from './answers.queries.ts';
import { requireCollection } from './collections.actions.ts';
import { resultSheets } from './result-sheet.ts';
import { readSums } from './results.actions.ts';
import { type ContentRow, countProgress, selectContents, selectSenders } from './results.queries.ts';

const fileNameOf = (title: string, unitName: string): string =>
  `${title.slice(0, 80)} ${unitName}.xlsx`.replaceAll(/[/\\]/g, '-');

export async function writeTemplate(reading: Reading, collectionId: string): Promise<FileAnswer> {
  const { definition: form, title, answer } = await readWhole(reading, collectionId);
  const unitCode = await requireUnitCode(reading);
  const { cells, rows, unitName } = answer;
  return {
    fileName: fileNameOf(title, unitName),
    mediaType: xlsx,
    content: writeWorkbook(answerSheets({ collectionId, title, unitCode, unitName, form, content: { cells, rows } })),
  };
}

/** @throws ProblemError not_found */
export async function requireUnitCode({ tx, access }: Reading): Promise<string> {
  const code = await selectUnitCode(tx, access.unitId);
  if (code === undefined) throw new ProblemError('not_found');
  return code;
}

const answersAtOnce = 200;

/** The sums are read at once, the answers some at a time while the file is written: a country's would not fit in memory. */
export async function writeResult(
  read: <T>(work: (reading: Reading) => Promise<T>) => Promise<T>,
  collectionId: string,
): Promise<FileAnswer> {
  const face = await read(async (reading) => {
    const found = await requireCollection(reading.tx, collectionId);
    const counts = await countProgress(reading.tx, collectionId, found.due_on, today());
    const senders = await selectSenders(reading.tx, collectionId);
    return { found, counts, senders, sums: await readSums(reading, collectionId) };
  });
  const { found, counts, senders, sums } = face;
  const contents = async function* (): AsyncGenerator<ContentRow> {
    for (let at = 0; at < senders.length; at += answersAtOnce)
      yield* await read(({ tx }) => selectContents(tx, collectionId, senders.slice(at, at + answersAtOnce)));
  };
  const lines = [
    `Theo yêu cầu của ${found.owner_name}${found.due_on ? `, hạn ${formatDate(found.due_on)}` : ''}`,
    `Tổng hợp từ ${formatNumber(counts.submitted)} trên ${formatNumber(counts.asked)} đơn vị, lập ngày ${formatDate(dayOf(now()))}`,
  ];
  return {
    fileName: fileNameOf(found.title, 'kết quả'),
    mediaType: xlsx,
    content: writeWorkbook(resultSheets({ title: found.title, lines, form: found.definition, sums }, contents)),
  };
}
