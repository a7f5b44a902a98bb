/**
 * School codes of the ministry are text, immutable, and never parsed for logic: there are three generations of them
 * (8 characters, 10 digits, and since 2025 province + commune + serial) and exceptions to each. What is checked here are
 * signs of a mistyped code; only the shape that no code may have is an error.
 * Shapes: register of Thái Nguyên 2025; QĐ 4998/QĐ-BGDĐT (TRUONG_ID); the newest rule is that of the national data centre's tables, 20 characters.
 */
export type SchoolCodeFault = 'bad_format' | 'unusual_shape' | 'other_province' | 'other_district' | 'other_level';

export interface SchoolCodeFinding {
  fault: SchoolCodeFault;
  severity: 'error' | 'warning';
}

/** 19 164 4 06: province, district (000: directly under the Sở), kind, serial. */
const CLASSIC = /^(\d{2})(\d{3})([0-9A-Z])(\d{2})$/;
/** 19 164 02 002: province, district, level, serial. */
const LONG = /^(\d{2})(\d{3})(0[0-5])(\d{3})$/;

const PRESCHOOL = ['01', '02', '03', '04', '05', '16', '17', '18', '19'];
const CONTINUING = ['12', '13', '14', '15'];

/** Level groups (DM_NHOM_CAP_HOC) seen behind each kind; kinds for special schools (D, E, F) and 0, 1 say nothing of the level. */
const LEVELS_BY_KIND: Record<string, readonly string[]> = {
  2: PRESCHOOL,
  3: PRESCHOOL,
  4: ['06', '09', '16'],
  5: ['07', '09', '18'],
  6: ['09', '18'],
  7: ['08', '09', '10', '11'],
  8: ['10', '11', '17'],
  9: CONTINUING,
  A: CONTINUING,
  '01': PRESCHOOL,
  '02': ['06', '09', '16'],
  '03': ['07', '09', '18'],
  '04': ['08', '10', '11', '17'],
  '05': CONTINUING,
};

export interface SchoolPlace {
  provinceCode?: string;
  /** Null for schools directly under the Sở. */
  districtCode?: string | null;
  levelGroup?: string;
}

export function checkSchoolCode(code: string, place: SchoolPlace = {}): SchoolCodeFinding[] {
  if (!/^[0-9A-Z]{1,20}$/.test(code)) return [{ fault: 'bad_format', severity: 'error' }];
  const parts = CLASSIC.exec(code) ?? LONG.exec(code);
  if (!parts) return [{ fault: 'unusual_shape', severity: 'warning' }];
  const [, province = '', district = '', kind = ''] = parts;
  const findings: SchoolCodeFinding[] = [];
  const warn = (fault: SchoolCodeFault) => findings.push({ fault, severity: 'warning' });
  if (place.provinceCode !== undefined && place.provinceCode !== province) warn('other_province');
  // Schools moved under a Phòng keep the 000 they were given.
  if (place.districtCode !== undefined && district !== '000' && district !== place.districtCode) warn('other_district');
  const levels = LEVELS_BY_KIND[kind];
  if (place.levelGroup !== undefined && levels && !levels.includes(place.levelGroup)) warn('other_level');
  return findings;
}
