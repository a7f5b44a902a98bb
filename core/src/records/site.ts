import type { RecordKind } from './field.ts';

/** Site (điểm trường): the main site and the satellites. Feeds rows 15 and 26 of form 02-TH-ĐN. */
export const site: RecordKind = {
  name: 'site',
  collection: 'sites',
  label: { vi: 'Điểm trường', en: 'Site' },
  table: 'site',
  view: 'site',
  naturalKeys: [['code']],
  order: ['code'],
  search: ['code', 'name'],
  source: 'QĐ 4998/QĐ-BGDĐT, DIEM_TRUONGS',
  fields: [
    {
      key: 'code',
      label: { vi: 'Mã điểm trường', en: 'Site code' },
      type: 'text',
      max: 20,
      required: true,
      main: true,
      width: 130,
    },
    {
      key: 'name',
      label: { vi: 'Tên điểm trường', en: 'Site name' },
      type: 'text',
      max: 100,
      required: true,
      main: true,
      width: 220,
    },
    {
      key: 'isMain',
      label: { vi: 'Điểm trường chính', en: 'Main site' },
      type: 'boolean',
      required: true,
      main: true,
      width: 130,
    },
    {
      key: 'distanceKm',
      label: { vi: 'Cách điểm chính (km)', en: 'Distance from main (km)' },
      type: 'decimal',
      most: 500,
      main: true,
      width: 150,
    },
    { key: 'address', label: { vi: 'Địa chỉ', en: 'Address' }, type: 'text', max: 200, main: true, width: 260 },
  ],
};
