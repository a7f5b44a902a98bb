import { clashes } from './clashes.ts';
import { kept, type RecordRule, type SetRule, textOf } from './rule.ts';

const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT, DIEM_TRUONGS';
const FORM = 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 15 và 26';

export const siteRules: RecordRule[] = [
  {
    id: 'site_main_distance',
    kind: 'site',
    field: 'distanceKm',
    severity: 'error',
    source: `${TECHNICAL_RULES} (KHOANG_CACH_DIEM_TRUONG_CHINH)`,
    title: { vi: 'Điểm trường chính lại cách điểm trường chính', en: 'Main site at a distance from the main site' },
    message: () => ({
      vi: 'Đây là điểm trường chính nên khoảng cách phải trống hoặc bằng 0. Xóa khoảng cách, hoặc bỏ dấu điểm trường chính.',
      en: 'This is the main site, so the distance must be empty or 0. Clear it, or clear the mark.',
    }),
    check: ({ isMain, distanceKm }) =>
      isMain === true && Number(distanceKm ?? 0) > 0 ? [{ field: 'distanceKm', value: String(distanceKm) }] : kept,
  },
];

export const siteSetRules: SetRule[] = [
  {
    id: 'site_one_main',
    kind: 'site',
    severity: 'error',
    source: `${TECHNICAL_RULES}; ${FORM}`,
    title: {
      vi: 'Trường không có hoặc có hơn một điểm trường chính',
      en: 'School without a main site, or with more than one',
    },
    message: ({ params: p = {} }) => ({
      vi: `Trường có ${p.count} điểm trường chính, phải có đúng một; điểm lẻ được đếm ngoài điểm chính. Đánh dấu lại cột Điểm trường chính.`,
      en: `The school has ${p.count} main sites; there must be exactly one, since satellites are counted beside it. Mark the main site again.`,
    }),
    check: (records) => {
      const mains = records.flatMap((record, index) => (record.isMain === true ? [index] : []));
      const params = { count: mains.length };
      if (mains.length === 1) return kept;
      return mains.length === 0
        ? [{ index: -1, field: 'isMain', params }]
        : mains.slice(1).map((index) => ({ index, field: 'isMain', params }));
    },
  },
  {
    id: 'site_duplicate_code',
    kind: 'site',
    severity: 'error',
    source: `${TECHNICAL_RULES} (DIEM_TRUONG_ID)`,
    title: { vi: 'Hai điểm trường cùng mã', en: 'Two sites share a code' },
    message: ({ params: p = {} }) => ({
      vi: `Mã điểm trường ${p.otherCode} đã dùng. Đổi mã, hoặc bỏ dòng bị trùng.`,
      en: `Site code ${p.otherCode} is taken. Change the code, or remove the duplicate.`,
    }),
    check: (records) =>
      clashes(
        records,
        ({ code }) => textOf(code),
        () => true,
        'code',
      ),
  },
];
