import type { Region } from './levels/index.ts';

/**
 * What a place does to its schools: region, ethnic groups, poverty, size. Shares for the districts of Thái Nguyên are rounded
 * guesses in the order of the census of 2019; other provinces get one of three plain patterns. Good enough to look right,
 * not to be quoted.
 */
export interface Place {
  region: Region;
  /** Codes of the list `ethnicity` with weights. */
  ethnicities: readonly (readonly [code: string, weight: number])[];
  /** Share of pupils from poor households. */
  poverty: number;
  /** Fewest and most classes of a usual school, and pupils of a usual class. */
  classes: readonly [number, number];
  perClass: readonly [number, number];
  /** How often a school has 0, 1, 2 ... satellite sites. */
  satellites: readonly (readonly [count: number, weight: number])[];
}

const FEW: Place['satellites'] = [
  [0, 80],
  [1, 16],
  [2, 4],
];
const SOME: Place['satellites'] = [
  [0, 45],
  [1, 30],
  [2, 18],
  [3, 7],
];
const MANY: Place['satellites'] = [
  [0, 30],
  [1, 28],
  [2, 22],
  [3, 12],
  [4, 4],
  [5, 3],
  [6, 1],
];

const town = (ethnicities: Place['ethnicities'], poverty: number): Place => ({
  region: '03',
  ethnicities,
  poverty,
  classes: [8, 30],
  perClass: [26, 36],
  satellites: FEW,
});
const mountain = (
  ethnicities: Place['ethnicities'],
  poverty: number,
  satellites: Place['satellites'] = SOME,
): Place => ({
  region: '04',
  ethnicities,
  poverty,
  classes: [6, 17],
  perClass: [17, 30],
  satellites,
});

/** Ethnic codes: 01 Kinh, 02 Tày, 04 Hoa, 06 Mường, 07 Nùng, 08 Hmông, 09 Dao, 11 Ngái, 15 Sán Chay, 18 Sán Dìu. */
const THAI_NGUYEN: Readonly<Record<string, Place>> = {
  '164': town(
    [
      ['01', 790],
      ['02', 85],
      ['07', 60],
      ['18', 35],
      ['15', 12],
      ['09', 6],
      ['04', 5],
      ['06', 4],
      ['08', 2],
      ['11', 1],
    ],
    0.01,
  ),
  '165': town(
    [
      ['01', 920],
      ['02', 35],
      ['07', 20],
      ['18', 15],
      ['15', 5],
      ['09', 3],
      ['06', 2],
    ],
    0.01,
  ),
  '172': town(
    [
      ['01', 915],
      ['18', 55],
      ['02', 15],
      ['07', 12],
      ['15', 2],
      ['06', 1],
    ],
    0.015,
  ),
  '173': {
    region: '01',
    ethnicities: [
      ['01', 895],
      ['07', 65],
      ['18', 22],
      ['02', 12],
      ['15', 4],
      ['09', 2],
    ],
    poverty: 0.03,
    classes: [8, 22],
    perClass: [24, 34],
    satellites: FEW,
  },
  '171': mountain(
    [
      ['01', 700],
      ['02', 130],
      ['07', 70],
      ['15', 40],
      ['18', 30],
      ['09', 26],
      ['04', 3],
      ['11', 1],
    ],
    0.04,
  ),
  '168': mountain(
    [
      ['01', 540],
      ['02', 210],
      ['15', 110],
      ['07', 80],
      ['09', 36],
      ['18', 12],
      ['08', 12],
    ],
    0.04,
  ),
  '169': mountain(
    [
      ['01', 500],
      ['07', 200],
      ['18', 150],
      ['02', 50],
      ['09', 48],
      ['08', 40],
      ['15', 10],
      ['11', 2],
    ],
    0.06,
  ),
  '167': mountain(
    [
      ['02', 510],
      ['01', 280],
      ['15', 85],
      ['07', 60],
      ['09', 45],
      ['08', 16],
      ['04', 4],
    ],
    0.09,
    MANY,
  ),
  '170': mountain(
    [
      ['01', 330],
      ['07', 220],
      ['02', 215],
      ['09', 140],
      ['08', 70],
      ['15', 15],
      ['18', 10],
    ],
    0.16,
    MANY,
  ),
};

const NORTHERN_MOUNTAINS = new Set(['02', '04', '06', '08', '10', '11', '12', '14', '15', '17', '20']);
const MIDLANDS = new Set(['19', '22', '24', '25']);
const CITIES = new Set(['01', '31', '48', '79', '92']);

/** Province codes are those until 2025-06-30. */
export function placeOf(provinceCode: string, districtCode: string | null): Place {
  if (provinceCode === '19') {
    const district = districtCode === null ? undefined : THAI_NGUYEN[districtCode];
    return district ?? (THAI_NGUYEN['164'] as Place);
  }
  if (NORTHERN_MOUNTAINS.has(provinceCode)) {
    return mountain(
      [
        ['02', 300],
        ['01', 280],
        ['07', 150],
        ['08', 100],
        ['09', 90],
        ['06', 40],
        ['03', 40],
      ],
      0.12,
      MANY,
    );
  }
  if (MIDLANDS.has(provinceCode)) {
    return {
      region: '01',
      ethnicities: [
        ['01', 860],
        ['02', 50],
        ['07', 40],
        ['18', 30],
        ['06', 20],
      ],
      poverty: 0.03,
      classes: [8, 26],
      perClass: [25, 34],
      satellites: FEW,
    };
  }
  const lowland: Place = {
    region: '02',
    ethnicities: [
      ['01', 980],
      ['06', 8],
      ['02', 5],
      ['04', 4],
      ['03', 3],
    ],
    poverty: 0.02,
    classes: [10, 30],
    perClass: [27, 36],
    satellites: FEW,
  };
  return CITIES.has(provinceCode) ? { ...lowland, region: '03' } : lowland;
}

const HAMLET_FIRST = ['Nà', 'Khuôn', 'Bản', 'Khau', 'Đồng', 'Khe', 'Làng', 'Lũng', 'Cao', 'Tân', 'Phú', 'Xóm'];
const HAMLET_SECOND = [
  'Lẹng',
  'Mỏ',
  'Cải',
  'Lọm',
  'Chèn',
  'Ca',
  'Tát',
  'Kim',
  'Giang',
  'Coóc',
  'Đon',
  'Nang',
  'Sơn',
  'Tiến',
  'Hương',
  'Thịnh',
  'Quang',
  'Vàng',
  'Lân',
  'Khoai',
];

/** Every possible hamlet name, for satellite sites; synthetic, though some hamlet may bear one. */
export const hamletNames: readonly string[] = HAMLET_FIRST.flatMap((first) =>
  HAMLET_SECOND.map((second) => `${first} ${second}`),
);
