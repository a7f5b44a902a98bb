import { join } from 'node:path';
import { renderSVG } from 'uqr';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { formatNumber } from '@khuevan/core/vietnam/numbers.ts';
import { findForm } from '#features/forms';
import { now } from '#platform/clock.ts';
import type { FileAnswer } from '#platform/http.ts';
import { pdf, xlsx } from '@khuevan/core/contract/shapes.ts';
import { renderPdf } from '#platform/pdf.ts';
import { writeFormSheet } from './form-sheet.ts';
import { layOutPrint } from './print-layout.ts';
import type { AggregateSource, PrintSource } from './prints.queries.ts';

const template = join(import.meta.dirname, 'form.typ');

/** A print of either: a report, or a total that nobody has sent. */
type Source = PrintSource | (AggregateSource & { submission: null; state: 'aggregate' });

const isAggregate = (source: Source): source is Extract<Source, { state: 'aggregate' }> => 'parts' in source;

export const asAggregatePrint = (source: AggregateSource): Source => ({
  ...source,
  submission: null,
  state: 'aggregate',
});

export async function printPdf(source: Source | undefined, publicUrl: string): Promise<FileAnswer> {
  const { form, face } = describePrint(source, publicUrl);
  const parts = layOutPrint(form, source!.cells).map((part) => ({
    ...part,
    rows: part.rows.map((row) =>
      row.kind === 'row'
        ? { ...row, values: row.values.map((value) => (typeof value === 'number' ? formatNumber(value) : value)) }
        : row,
    ),
  }));
  return {
    fileName: `${fileStem(source!)}.pdf`,
    mediaType: pdf,
    content: await renderPdf(template, { ...face, parts }),
    inline: true,
  };
}

export async function printXlsx(source: Source | undefined, publicUrl: string): Promise<FileAnswer> {
  const { form, face } = describePrint(source, publicUrl);
  return {
    fileName: `${fileStem(source!)}.xlsx`,
    mediaType: xlsx,
    content: await writeFormSheet(face, layOutPrint(form, source!.cells)),
  };
}

const fileStem = (source: Source) =>
  `${source.formCode} ${source.unitName} ${source.schoolYear}-${source.schoolYear + 1}${source.submission ? ` lần ${source.submission.no}` : ''}`.replaceAll(
    '/',
    '-',
  );

export type PrintFace = ReturnType<typeof describePrint>['face'];

function describePrint(source: Source | undefined, publicUrl: string) {
  if (!source) throw new ProblemError('not_found');
  const form: FormDefinition = findForm(source.formCode, source.formVersion);
  const { submission } = source;
  const [year, month, day] = source.asOf.split('-');
  const checkUrl = submission ? new URL(`/kiem-tra/${submission.code}`, publicUrl).href : null;
  const place = source.provinceName?.replace(/^(Tỉnh|Thành phố) /, '') ?? 'Hà Nội';
  const face = {
    title: `${form.code} ${source.unitName}`,
    unit: source.unitName,
    above: source.aboveName || ' ',
    receiver: source.aboveName,
    draft: !submission && !isAggregate(source),
    form: form.code,
    // Only an official layout was issued with its circular.
    source: form.official ? `Ban hành kèm theo ${form.source}` : `Căn cứ ${form.source}`,
    name: form.name.vi,
    notice: form.notice?.vi ?? null,
    schoolYear: `${source.schoolYear}-${source.schoolYear + 1}`,
    asOf: `${Number(day)} tháng ${Number(month)} năm ${year}`,
    period: source.periodName,
    code: submission?.code ?? null,
    no: submission?.no ?? null,
    hash: submission?.hash ?? '',
    checkAddress: new URL('/kiem-tra', publicUrl).host + '/kiem-tra',
    qr: checkUrl ? renderSVG(checkUrl, { border: 0 }) : null,
    note: isAggregate(source)
      ? `Tổng hợp từ ${source.parts} báo cáo đã duyệt, lúc ${atMinute(source.updatedAt ?? now())}`
      : `In từ bản đang lập lúc ${atMinute(now())}, chưa có giá trị báo cáo`,
    explanations: (submission?.explanations ?? []).map((each) => each.reason),
    place: `${place}, ngày …… tháng …… năm 20……`,
    signer:
      source.unitKind === 'school'
        ? 'HIỆU TRƯỞNG'
        : source.unitKind === 'province'
          ? 'GIÁM ĐỐC'
          : source.unitKind === 'ministry'
            ? 'BỘ TRƯỞNG'
            : 'TRƯỞNG PHÒNG',
    signerName: source.headName ?? '',
  };
  return { form, face };
}

const atMinute = (moment: Date) =>
  new Intl.DateTimeFormat('vi-VN', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' }).format(
    moment,
  );
