import type { RecordKind } from './field.ts';

/** Rooms of one kind, counted by solidity, on the as-of day. Feeds rows 120-132 of form 02-TH-ĐN. */
export const room: RecordKind = {
  name: 'room',
  collection: 'rooms',
  label: { vi: 'Phòng học', en: 'Rooms' },
  table: 'room',
  view: 'room',
  naturalKeys: [['level', 'roomKind']],
  order: ['level', 'roomKind'],
  search: [],
  source: 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, phần V',
  fields: [
    { key: 'level', label: { vi: 'Cấp học', en: 'Level' }, type: 'code', list: 'level', required: true, main: true, width: 120 },
    { key: 'roomKind', label: { vi: 'Loại phòng', en: 'Kind of room' }, type: 'code', list: 'room_kind', required: true, main: true, width: 280 },
    { key: 'solid', label: { vi: 'Kiên cố', en: 'Solid' }, type: 'integer', most: 999, required: true, main: true, width: 100 },
    { key: 'semiSolid', label: { vi: 'Bán kiên cố', en: 'Semi-solid' }, type: 'integer', most: 999, required: true, main: true, width: 110 },
    { key: 'temporary', label: { vi: 'Tạm', en: 'Temporary' }, type: 'integer', most: 999, required: true, main: true, width: 100 },
  ],
};
