// What may be attached to an answer. Files are only ever handed out as downloads, so what they hold does not run here.
import { limits } from '@khuevan/core/collections/definition.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { normalizeText } from '@khuevan/core/vietnam/text.ts';

const mediaTypes: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};
const mostMb = 20;
const longestName = 150;

export const attachmentType = (name: string): string | undefined =>
  mediaTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];

/** The last part of whatever path a browser sends, without what could mislead. */
export function cleanName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return normalizeText(last).slice(-longestName).toWellFormed() || 'tep';
}

const refuse = (reasonVi: string, reasonEn: string) => new ProblemError('file_refused', { reasonVi, reasonEn });

export function refuseAttachment(name: string, size: number, there: number): void {
  if (!attachmentType(name))
    throw refuse(
      'Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx) hoặc ảnh (.jpg, .png). Đổi dạng tệp rồi đính kèm lại.',
      'Only PDF, Word (.docx), Excel (.xlsx) and pictures (.jpg, .png) are taken. Convert the file and attach it again.',
    );
  if (size === 0) throw refuse('Tệp trống. Chọn tệp khác.', 'The file is empty. Choose another one.');
  if (size > mostMb * 1024 * 1024) throw new ProblemError('file_too_large', { limitMb: mostMb });
  if (there >= limits.files)
    throw refuse(
      `Đã có ${limits.files} tệp. Bỏ bớt một tệp, hoặc ghép các tệp làm một.`,
      `There are ${limits.files} files already. Remove one, or join some.`,
    );
}
