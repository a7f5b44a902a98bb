import { z } from 'zod';
import { endpoint, isoTime } from './shapes.ts';

/** Endpoints for everybody. */
export const readHealth = endpoint({
  method: 'GET',
  path: '/health',
  tag: 'system',
  access: 'public',
  summary: { vi: 'Máy chủ và cơ sở dữ liệu sẵn sàng', en: 'Server and database are ready' },
  response: z.object({ status: z.literal('ok'), version: z.string() }),
});

export const checkPrint = endpoint({
  method: 'GET',
  path: '/prints/{code}',
  tag: 'prints',
  access: 'public',
  summary: { vi: 'Kiểm tra bản in theo mã', en: 'Check a print by its code' },
  params: z.object({ code: z.string().max(40) }),
  response: z.object({
    state: z.enum(['same', 'superseded', 'returned', 'unknown']),
    unitName: z.string().nullable(),
    formCode: z.string().nullable(),
    periodName: z.string().nullable(),
    no: z.number().nullable(),
    sentAt: isoTime.nullable(),
    hash: z.string().nullable(),
  }),
});
