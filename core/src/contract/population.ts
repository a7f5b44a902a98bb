import { z } from 'zod';
import { endpoint, id, inUnit, isoTime, text, xlsx } from './shapes.ts';

const tag = 'population';
const year = z.coerce.number().int().min(2000).max(2100).describe('Năm của số dân');

const count = z.object({
  age: z.number(),
  people: z.number(),
  female: z.number().nullable(),
  minority: z.number().nullable(),
  minorityFemale: z.number().nullable(),
});

const table = z.object({
  id,
  unitId: id,
  unitName: z.string(),
  unitCode: z.string(),
  year: z.number(),
  source: z.string(),
  documentNo: z.string(),
  fileName: z.string(),
  fileSha256: z.string(),
  importedBy: z.string(),
  importedAt: isoTime,
  replacedAt: isoTime.nullable(),
  /** First and last age in it, and everybody. */
  ages: z.object({ from: z.number(), to: z.number() }),
  people: z.number(),
});

export const listPopulation = endpoint({
  method: 'GET',
  path: '/units/{unitId}/population',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'Dân số của các địa bàn trong một năm, có nguồn',
    en: 'Population of places in a year, with its source',
  },
  params: inUnit,
  query: z.object({ year, replaced: z.stringbool().default(false) }),
  response: z.object({
    /** Years that have a table. */
    years: z.array(z.number()),
    tables: z.array(table).max(5000),
    /** Places below without a table of the year. */
    without: z.array(z.object({ id, name: z.string(), kind: z.string() })).max(5000),
  }),
});

export const readPopulation = endpoint({
  method: 'GET',
  path: '/units/{unitId}/population/{populationId}',
  tag,
  access: 'reports.read',
  summary: { vi: 'Số người theo từng tuổi của một địa bàn', en: 'People of a place by age' },
  params: inUnit.extend({ populationId: id }),
  response: z.object({ counts: z.array(count).max(200) }),
});

export const downloadPopulationTemplate = endpoint({
  method: 'GET',
  path: '/units/{unitId}/population/template',
  tag,
  access: 'population.write',
  file: xlsx,
  summary: { vi: 'Tệp mẫu nhập dân số', en: 'Template for the population' },
  params: inUnit,
  query: z.object({ year }),
});

export const importPopulation = endpoint({
  method: 'POST',
  path: '/units/{unitId}/population',
  tag,
  access: 'population.write',
  upload: true,
  summary: {
    vi: 'Nhập dân số từ Excel hoặc CSV: nhận cả tệp hoặc không nhận gì, lỗi nói theo dòng',
    en: 'Import the population from Excel or CSV: the whole file or nothing, faults said by row',
  },
  params: inUnit,
  query: z.object({
    year,
    source: z.string().trim().min(3).max(200),
    documentNo: z.string().trim().min(1).max(100),
  }),
  response: z.object({
    stored: z.boolean(),
    places: z.number(),
    rows: z.number(),
    /** Places whose table of the year was replaced. */
    replaced: z.number(),
    faultsTotal: z.number(),
    faults: z.array(z.object({ row: z.number(), message: text })).max(200),
  }),
});
