import { z } from 'zod';
import { endpoint, id, inUnit, isoDate, isoTime, page } from './shapes.ts';

const tag = 'units';

export const unit = z.object({
  id,
  kind: z.enum(['ministry', 'province', 'district', 'commune', 'school']),
  code: z.string(),
  name: z.string(),
  levelGroup: z.string().nullable(),
  levels: z.array(z.string()),
  mainLevel: z.string().nullable(),
  provinceCode: z.string().nullable(),
});

export const readUnit = endpoint({
  method: 'GET',
  path: '/units/{unitId}',
  tag,
  access: 'reports.read',
  summary: { vi: 'Một đơn vị và các đơn vị trên nó', en: 'A unit and those above it' },
  params: inUnit,
  response: unit.extend({ above: z.array(unit) }),
});

export const listUnits = endpoint({
  method: 'GET',
  path: '/units/{unitId}/units',
  tag,
  access: 'reports.read',
  summary: { vi: 'Đơn vị trực thuộc, mọi tầng', en: 'Units below, at every tier' },
  params: inUnit,
  query: page.extend({
    search: z.string().max(100).optional(),
    kind: z.enum(['province', 'district', 'commune', 'school']).optional(),
    level: z.string().optional(),
    directly: z.stringbool().optional(),
  }),
  response: z.object({
    total: z.number(),
    units: z.array(unit.extend({ parentId: id.nullable(), parentName: z.string().nullable() })),
  }),
});

export const listTasks = endpoint({
  method: 'GET',
  path: '/units/{unitId}/tasks',
  tag,
  access: 'reports.read',
  summary: { vi: 'Việc cần làm', en: 'Work to do' },
  params: inUnit,
  response: z.object({
    tasks: z.array(
      z.object({
        kind: z.enum([
          'report-returned',
          'report-due',
          'report-blocked',
          'report-to-review',
          'records-with-errors',
          'records-without-pin',
          'period-to-open',
          'import-ready',
          'collection-due',
          'collection-returned',
        ]),
        count: z.number(),
        dueOn: isoDate.nullable(),
        daysLeft: z.number().nullable(),
        periodId: id.nullable(),
        reportId: id.nullable(),
        unitId: id,
        periodName: z.string().nullable(),
        formCode: z.string().nullable(),
        note: z.string().nullable(),
        since: isoTime.nullable(),
        importId: id.nullable(),
        recordKind: z.string().nullable(),
        collectionId: id.nullable(),
      }),
    ),
    /** School in a minute; null for offices. */
    figures: z
      .object({
        students: z.number(),
        classes: z.number(),
        staff: z.number(),
        teachersAtStandard: z.number(),
        teachers: z.number(),
        withPin: z.number(),
      })
      .nullable(),
  }),
});
