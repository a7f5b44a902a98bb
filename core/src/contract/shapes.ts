import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

export const nothing = z.object({});
export const id = z.uuid();
export const isoDate = z.iso.date();
export const isoTime = z.iso.datetime({ offset: true });
export const schoolYear = z.coerce
  .number()
  .int()
  .min(2000)
  .max(2100)
  .describe('Năm đầu của năm học: 2024 là năm học 2024-2025');
export const text = z.object({ vi: z.string(), en: z.string() });
export const reason = z.string().trim().min(3).max(2000);
export const cells = z.record(z.string(), z.number());

/** Every list is bounded: at most 200 rows a page. */
export const page = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});

export const finding = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  kind: z.string().optional(),
  recordId: z.string().optional(),
  subject: z.string().optional(),
  field: z.string().optional(),
  sheet: z.string().optional(),
  row: z.number().optional(),
  cell: z.string().optional(),
  value: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The sentence, made from the rule. */
  message: text.optional(),
});

/** Fills the parts an endpoint does not use. */
export function endpoint<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
  R extends z.ZodType = typeof nothing,
>(
  given: Pick<Endpoint, 'method' | 'path' | 'summary' | 'tag' | 'access'> &
    Partial<Pick<Endpoint, 'file' | 'upload'>> & { params?: P; query?: Q; body?: B; response?: R },
): Endpoint<P, Q, B, R> {
  return {
    params: nothing as unknown as P,
    query: nothing as unknown as Q,
    body: nothing as unknown as B,
    response: nothing as unknown as R,
    ...given,
  };
}

export const inUnit = z.object({ unitId: id });
export const inSchool = z.object({ schoolId: id });
export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const pdf = 'application/pdf';
