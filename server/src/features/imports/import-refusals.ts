// Why a workbook that can be read is not the right one.
import type { Field, RecordKind } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import type { ProblemError } from '@khuevan/core/problems.ts';
import { formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { formatNumber } from '@khuevan/core/vietnam/numbers.ts';
import { refused } from '#platform/excel-refusals.ts';
import type { Stamp } from './template-stamp.ts';

const vi = (fields: readonly Field[]) => fields.map((field) => `“${field.label.vi}”`).join(', ');
const en = (fields: readonly Field[]) => fields.map((field) => `“${field.label.en}”`).join(', ');

export const refuseOtherKind = (stamp: Stamp, kind: RecordKind): ProblemError => {
  const said = Object.hasOwn(recordKinds, stamp.kind)
    ? recordKinds[stamp.kind].label
    : { vi: stamp.kind, en: stamp.kind };
  return refused({
    vi: `Đây là mẫu ${said.vi}, không phải mẫu ${kind.label.vi}. Chọn đúng loại hồ sơ khi tải lên, hoặc tải mẫu ${kind.label.vi}.`,
    en: `This is the template of ${said.en}, not of ${kind.label.en}. Choose the right kind when uploading, or download the template of ${kind.label.en}.`,
  });
};

export const refuseOldTemplate = (kind: RecordKind): ProblemError =>
  refused({
    vi: `Tệp làm từ mẫu ${kind.label.vi} đã cũ. Tải mẫu mới nhất, chép dữ liệu sang rồi tải lên.`,
    en: `The file was made from an old template of ${kind.label.en}. Download the newest one, copy the data into it and upload that.`,
  });

export const refuseOtherUnit = (stamp: Stamp): ProblemError =>
  refused({
    vi: `Mẫu này được tạo cho đơn vị mã ${stamp.unitCode}, không phải đơn vị đang làm việc. Tải mẫu của đúng đơn vị.`,
    en: `This template was made for the unit with code ${stamp.unitCode}, not for the one you are working in. Download that unit’s own template.`,
  });

export const refuseOtherYear = (stamp: Stamp, schoolYear: number): ProblemError =>
  refused({
    vi: `Mẫu này của năm học ${formatSchoolYear(stamp.schoolYear)}, không phải ${formatSchoolYear(schoolYear)}. Chọn đúng năm học, hoặc tải mẫu của năm ${formatSchoolYear(schoolYear)}.`,
    en: `This template is of school year ${formatSchoolYear(stamp.schoolYear)}, not ${formatSchoolYear(schoolYear)}. Choose that year, or download the template of ${formatSchoolYear(schoolYear)}.`,
  });

export const refuseForeign = (kind: RecordKind): ProblemError =>
  refused({
    vi: `Không tìm thấy dòng tiêu đề của mẫu ${kind.label.vi} trong tệp. Tải mẫu của hệ thống và giữ nguyên dòng tiêu đề.`,
    en: `The headings of the template of ${kind.label.en} were not found in the file. Use the template and keep its row of headings.`,
  });

export const refuseMissingColumns = (kind: RecordKind, fields: readonly Field[], needsSchool: boolean): ProblemError =>
  refused({
    vi: `Tệp thiếu cột bắt buộc của mẫu ${kind.label.vi}: ${[vi(fields), needsSchool ? '“Mã trường”' : ''].filter(Boolean).join(', ')}. Thêm cột với đúng tiêu đề, hoặc dùng mẫu của hệ thống.`,
    en: `Required columns of the template of ${kind.label.en} are missing: ${[en(fields), needsSchool ? '“School code” (Mã trường)' : ''].filter(Boolean).join(', ')}. Add them with these headings, or use the template.`,
  });

export const refuseDoubledColumns = (fields: readonly Field[]): ProblemError =>
  refused({
    vi: `Tệp có hai cột cùng tiêu đề ${vi(fields)}. Giữ lại một cột rồi tải lên.`,
    en: `Two columns carry the heading ${en(fields)}. Keep one and upload the file again.`,
  });

export const refuseUnlikeSheets = (first: string, other: string): ProblemError =>
  refused({
    vi: `Sheet “${first}” và sheet “${other}” không có cùng các cột. Làm cho các sheet giống nhau, hoặc tải lên từng sheet một.`,
    en: `The sheets “${first}” and “${other}” do not have the same columns. Make them alike, or upload them one by one.`,
  });

export const refuseEmpty = (): ProblemError =>
  refused({
    vi: 'Tệp không có dòng dữ liệu nào dưới dòng tiêu đề. Nhập dữ liệu rồi tải lên.',
    en: 'There is no data below the headings. Fill in the rows and upload the file again.',
  });

export const refuseTooManyRows = (limit: number): ProblemError =>
  refused({
    vi: `Tệp có hơn ${formatNumber(limit)} dòng. Chia thành nhiều tệp rồi tải lên từng tệp.`,
    en: `The file has more than ${limit} rows. Split it and upload the parts.`,
  });

export const refuseTooManyFindings = (limit: number): ProblemError =>
  refused({
    vi: `Tệp có hơn ${formatNumber(limit)} lỗi, có lẽ các cột bị lệch. Đối chiếu vài dòng đầu với mẫu rồi tải lên lại.`,
    en: `The file has more than ${limit} findings; perhaps its columns are shifted. Compare the first rows with the template and upload it again.`,
  });
