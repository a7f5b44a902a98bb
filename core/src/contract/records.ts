import { z } from 'zod';
import { listKinds } from '../records/kinds.ts';
import type { RecordKind, RecordKindName } from '../records/field.ts';
import { endpoint, finding, id, inSchool, inUnit, isoTime, page, reason, schoolYear, text, xlsx } from './shapes.ts';

/** Values by field key; dates ISO text, sensitive fields null without the permission, PINs masked. */
export const values = z.record(z.string(), z.unknown());
export const record = z.object({ id, version: z.string(), values, findings: z.array(finding) });

const ofYear = z.object({ schoolYear });
const saved = z.object({ record, findings: z.array(finding) });

/** The endpoints of one list kind: all alike, so one engine serves and one screen shows them. */
function endpointsOf(kind: RecordKind) {
  const base = `/schools/{schoolId}/${kind.collection}`;
  const tag = kind.collection;
  const what = kind.label;
  const one = inSchool.extend({ id });
  return {
    list: endpoint({
      method: 'GET',
      path: base,
      tag,
      access: 'records.read',
      summary: { vi: `${what.vi}: danh sách, tìm, lọc, sắp xếp`, en: `${what.en}: list, search, filter, sort` },
      params: inSchool,
      query: page.extend({
        schoolYear,
        /** Without diacritics finds with. */
        search: z.string().max(100).optional(),
        /** JSON object: field -> list of codes, or {from,to} for dates and numbers, or true/false, or null for "empty". */
        filter: z.string().max(2000).optional(),
        /** Field key, "-" before it for descending. */
        sort: z.string().max(60).optional(),
        /** Only records with findings. */
        withFindings: z.stringbool().optional(),
        /** Show spells that hold on this day only (students, staff). */
        presentOn: z.iso.date().optional(),
      }),
      response: z.object({ total: z.number(), records: z.array(record) }),
    }),
    read: endpoint({
      method: 'GET',
      path: `${base}/{id}`,
      tag,
      access: 'records.read',
      summary: { vi: `${what.vi}: xem`, en: `${what.en}: read` },
      params: one,
      response: record,
    }),
    create: endpoint({
      method: 'POST',
      path: base,
      tag,
      access: 'records.write',
      summary: { vi: `${what.vi}: thêm`, en: `${what.en}: create` },
      params: inSchool,
      query: ofYear,
      body: z.object({ id: id.optional(), values }),
      response: saved,
    }),
    change: endpoint({
      method: 'PATCH',
      path: `${base}/{id}`,
      tag,
      access: 'records.write',
      summary: { vi: `${what.vi}: sửa`, en: `${what.en}: change` },
      params: one,
      body: z.object({ version: z.string(), values }),
      response: saved,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: `${base}/{id}`,
      tag,
      access: 'records.write',
      summary: { vi: `${what.vi}: xóa (giữ lịch sử)`, en: `${what.en}: delete (history is kept)` },
      params: one,
      query: z.object({ version: z.string() }),
    }),
    changeMany: endpoint({
      method: 'POST',
      path: `${base}/changes`,
      tag,
      access: 'records.write',
      summary: {
        vi: `${what.vi}: ghi nhiều dòng của bảng; dòng lỗi không cản dòng đúng`,
        en: `${what.en}: save many rows of the sheet; bad rows do not stop good ones`,
      },
      params: inSchool,
      query: ofYear,
      body: z.object({
        changes: z
          .array(z.object({ id: id.optional(), version: z.string().optional(), values }))
          .min(1)
          .max(500),
      }),
      response: z.object({
        results: z.array(
          z.object({
            state: z.enum(['saved', 'invalid', 'stale', 'refused']),
            record: record.nullable(),
            findings: z.array(finding),
            /** Why a row was not saved, for the person who typed it. */
            problem: text.nullable(),
          }),
        ),
      }),
    }),
    history: endpoint({
      method: 'GET',
      path: `${base}/{id}/history`,
      tag,
      access: 'records.read',
      summary: { vi: `${what.vi}: các lần sửa`, en: `${what.en}: changes over time` },
      params: one,
      response: z.object({
        versions: z.array(
          z.object({
            at: isoTime,
            accountName: z.string(),
            action: z.string(),
            changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
          }),
        ),
      }),
    }),
    export: endpoint({
      method: 'GET',
      path: `${base}/export`,
      tag,
      access: 'records.read',
      file: xlsx,
      summary: {
        vi: `${what.vi}: tải về Excel (nhập lại được)`,
        en: `${what.en}: download as Excel (can be imported again)`,
      },
      params: inSchool,
      query: ofYear,
    }),
  };
}

export type RecordEndpoints = ReturnType<typeof endpointsOf>;

/** By kind name; the profile has its own two endpoints. */
export const recordEndpoints = Object.fromEntries(listKinds.map((kind) => [kind.name, endpointsOf(kind)])) as Record<
  Exclude<RecordKindName, 'profile'>,
  RecordEndpoints
>;

export const readProfile = endpoint({
  method: 'GET',
  path: '/schools/{schoolId}/profile',
  tag: 'profile',
  access: 'records.read',
  summary: { vi: 'Hồ sơ trường: xem', en: 'School profile: read' },
  params: inSchool,
  query: ofYear,
  response: record,
});

export const changeProfile = endpoint({
  method: 'PATCH',
  path: '/schools/{schoolId}/profile',
  tag: 'profile',
  access: 'records.write',
  summary: { vi: 'Hồ sơ trường: sửa', en: 'School profile: change' },
  params: inSchool,
  query: ofYear,
  body: z.object({ version: z.string(), values }),
  response: saved,
});

export const recognise = endpoint({
  method: 'POST',
  path: '/schools/{schoolId}/recognitions',
  tag: 'profile',
  access: 'recognitions.write',
  summary: {
    vi: 'Ghi mức đạt chuẩn quốc gia theo quyết định (Phòng, Sở)',
    en: 'Record the national-standard level by decision (district, province)',
  },
  params: inSchool,
  query: ofYear,
  body: z.object({
    nationalStandard: z.string().nullable(),
    decision: z.string().trim().min(3).max(200),
    decidedOn: z.iso.date(),
  }),
  response: record,
});

/** The full number, for one person at a time; each reading is written to the audit log. */
export const readPin = endpoint({
  method: 'POST',
  path: '/schools/{schoolId}/{collection}/{id}/pin-readings',
  tag: 'students',
  access: 'pins.reveal',
  summary: { vi: 'Xem số định danh đầy đủ (có ghi nhật ký)', en: 'Reveal the full PIN (logged)' },
  params: inSchool.extend({ collection: z.enum(['students', 'staff']), id }),
  body: z.object({ reason }),
  response: z.object({ pin: z.string().nullable() }),
});

export const listFindings = endpoint({
  method: 'GET',
  path: '/schools/{schoolId}/findings',
  tag: 'records',
  access: 'records.read',
  summary: {
    vi: 'Mọi lỗi, cảnh báo của hồ sơ trường, gộp theo quy tắc',
    en: 'All findings in the records of a school, grouped by rule',
  },
  params: inSchool,
  query: ofYear.extend({ asOf: z.iso.date().optional(), limit: z.coerce.number().int().min(1).max(2000).default(500) }),
  response: z.object({
    errors: z.number(),
    warnings: z.number(),
    byRule: z.array(z.object({ rule: z.string(), severity: z.string(), count: z.number() })),
    findings: z.array(finding),
  }),
});

export const searchStudents = endpoint({
  method: 'GET',
  path: '/units/{unitId}/student-search',
  tag: 'students',
  access: 'records.read',
  summary: { vi: 'Tìm học sinh trong cả đơn vị, không cần dấu', en: 'Find students across a unit, without diacritics' },
  params: inUnit,
  query: z.object({
    q: z.string().trim().min(2).max(100),
    schoolYear,
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  response: z.object({
    students: z.array(
      z.object({
        schoolId: id,
        schoolName: z.string(),
        id,
        fullName: z.string(),
        birthDate: z.string(),
        classCode: z.string(),
      }),
    ),
  }),
});
