import type { Finding, RuleFace } from '../findings.ts';

// Rules about a report as such; those about its figures stand in the form, those about records in core/src/rules.
const source =
  'TT 24/2018/TT-BGDĐT; hướng dẫn báo cáo đầu năm 2022-2023 của Sở GDĐT Hải Phòng: thủ trưởng đơn vị chịu trách nhiệm về số liệu, cấp trên rà soát và duyệt';

export const notCompiled: RuleFace = {
  id: 'report.not-compiled',
  severity: 'error',
  source,
  title: { vi: 'Chưa lấy dữ liệu.', en: 'Data has not been fetched.' },
  message: () => ({
    vi: 'Báo cáo chưa có số liệu. Bấm “Lấy dữ liệu” rồi kiểm tra lại.',
    en: 'The report holds no figures yet. Fetch the data, then check again.',
  }),
};

export const unansweredItem: RuleFace = {
  id: 'report.unanswered-item',
  severity: 'error',
  source,
  title: { vi: 'Việc được giao khi trả về chưa được trả lời.', en: 'A work item of the return is not answered.' },
  message: ({ value = '' }) => ({
    vi: `Việc “${value}” chưa được trả lời. Sửa hoặc giải thích, rồi ghi câu trả lời trước khi gửi lại.`,
    en: `The item “${value}” is not answered. Correct or explain it and write the answer before sending again.`,
  }),
};

export const missingParts: RuleFace = {
  id: 'report.missing-parts',
  severity: 'warning',
  source,
  title: { vi: 'Còn đơn vị chưa được duyệt.', en: 'Units below are not approved yet.' },
  message: ({ params = {} }) => ({
    vi: `Còn ${params.count} đơn vị chưa được duyệt: ${params.names}. Duyệt đủ rồi gửi, hoặc nêu lý do gửi khi chưa đủ.`,
    en: `${params.count} units are not approved yet: ${params.names}. Approve them first, or state why the report is sent without them.`,
  }),
};

export const reportRules: readonly RuleFace[] = [notCompiled, unansweredItem, missingParts];

/**
 * What an explanation is attached to; the same for the same warning at every check. A warning about a cell is explained for that
 * cell. A warning about records is explained once for its rule: nobody writes the same sentence for sixty pupils. A warning about a
 * set (`params.set`) is explained for that set: when it changes, the reason is asked for again.
 */
export function findingKey({ rule, cell, params }: Finding): string {
  if (cell !== undefined) return `${rule}:${cell}`;
  return params?.set === undefined ? rule : `${rule}:${params.set}`;
}
