import type { Random } from './random.ts';

/**
 * Name stock for synthetic people of northern Vietnam, by ethnic group (codes of the list `ethnicity`). Weights follow
 * what anyone meets there, not a census; nobody real is meant.
 */
type Weighted = readonly (readonly [name: string, weight: number])[];

interface GivenNames {
  /** Words between surname and given name; '' for none. */
  middle: Weighted;
  given: readonly string[];
}

type BySex = Readonly<Record<'01' | '02', GivenNames>>;

/** "Nguyễn 36, Trần 9" as weighted names; a name without a number weighs 1. */
function weigh(text: string): Weighted {
  return text.split(', ').map((part) => {
    const match = /^(.*?)(?: (\d+))?$/.exec(part);
    return [match?.[1] ?? part, Number(match?.[2] ?? 1)] as const;
  });
}

const words = (text: string) => text.split(' ');

const SURNAMES: Readonly<Record<string, Weighted>> = {
  // Kinh
  '01': weigh(
    'Nguyễn 70, Trần 20, Lê 15, Phạm 14, Hoàng 9, Dương 9, Vũ 8, Đỗ 7, Bùi 6, Đặng 6, Ngô 5, Đào 4, Trịnh 3, Đinh 3, Tạ 3, Lưu 3, Hà 3, Phan 2, Lương 2, Mai 2, Phùng 2, Chu 2, Đoàn 2, Cao 2, Trương 2, Nghiêm, Tống, Thân, Tô, Thái, Vương, Hồ, Lại, Kiều',
  ),
  // Tày
  '02': weigh(
    'Hoàng 16, Nông 12, Ma 12, Lường 7, Triệu 6, Nguyễn 6, Lý 4, Hứa 4, Lương 4, Hà 4, Mai 3, Bế 3, Đàm 3, Phan 2, Trần 2, Dương 2, Vi 2, La 2, Lộc 2, Luân, Sầm, Đinh, Âu',
  ),
  // Thái
  '03': weigh('Lò 8, Cầm 3, Quàng 3, Hà 3, Vi 3, Lường 2, Tòng, Cà, Lù'),
  // Hoa
  '04': weigh('Lý 5, Trần 4, Hoàng 4, Lâm 3, Vương 3, Tô 2, Lưu 2, Tăng 2, La, Chu, Diệp, Mạc, Quách'),
  // Mường
  '06': weigh('Bùi 8, Đinh 4, Quách 3, Hà 3, Bạch 2, Nguyễn 2, Phạm, Cao'),
  // Nùng
  '07': weigh(
    'Nông 14, Hoàng 12, Lý 6, Lương 5, Vi 5, Hứa 4, Lâm 4, Mông 3, Dương 3, Chu 3, Phùng 3, Mã 2, Triệu 2, Đàm 2, Lục 2, Long 2, Hà 2, Tô 2, La 2, Nguyễn 2, Linh, Vương, Bế',
  ),
  // Hmông
  '08': weigh(
    'Dương 10, Hoàng 6, Lý 6, Ngô 5, Đào 5, Hầu 4, Giàng 4, Sùng 3, Vương 3, Vừ 2, Thào 2, Vàng 2, Mã 2, Ma 2, Lầu',
  ),
  // Dao
  '09': weigh('Triệu 12, Bàn 10, Đặng 8, Lý 6, Phùng 4, Dương 2, Hoàng 2, Trương 2, Chu, Phượng'),
  // Ngái
  '11': weigh('Thẩm 4, Trần 3, Diệp 2, Lý 2, Trương 2, Hoàng, Sằn, Hầu'),
  // Sán Chay
  '15': weigh(
    'Trần 10, Hoàng 6, Ninh 5, Lý 4, Lương 3, Lâm 3, Nịnh 3, Hà 2, Đàm 2, Tống 2, Trương 2, La 2, Lục, Phùng, Tiêu, Vi, Hứa',
  ),
  // Sán Dìu
  '18': weigh(
    'Trương 8, Lê 6, Lý 6, Trần 5, Từ 4, Tống 4, Diệp 4, Lưu 4, Tạ 3, Hoàng 3, Ninh 3, Phạm 2, Lục 2, Đàm 2, Đặng 2, Đỗ 2, Miêu, Ôn, Nguyễn',
  ),
};

const CHILDREN: BySex = {
  '01': {
    middle: weigh(
      'Văn 9, Minh 8, Đức 7, Gia 7, Hoàng 6, Quang 5, Tuấn 5, Bảo 5, Anh 4, Duy 4, Đăng 4, Hải 3, Hữu 3, Khánh 3, Mạnh 3, Ngọc 3, Nhật 3, Quốc 3, Thành 3, Tiến 3, Trung 3, Việt 3, Xuân 2, Đình 2, Công 2, Thế 2, Thiên 2, Trí 2, Phúc 2, Thái, Hồng, Nguyên',
    ),
    given: words(
      'An Anh Bách Bảo Bình Công Cường Đăng Đạt Dũng Duy Dương Đức Giang Hào Hải Hiếu Hoàng Hùng Huy Hưng Khải Khang Khánh Khoa Khôi Kiên Lâm Long Minh Nam Nguyên Nhân Nhật Phát Phong Phúc Quân Quang Quốc Quyền Sơn Tài Tâm Thái Thành Thắng Thiên Thịnh Tiến Toàn Trí Trọng Trung Trường Tú Tuấn Tùng Việt Vinh Vũ',
    ),
  },
  '02': {
    middle: weigh(
      'Thị 10, Ngọc 8, Minh 5, Bảo 6, Khánh 6, Phương 5, Thanh 5, Thị Ngọc 3, Thị Thu 2, Thị Thanh 2, Thị Hồng 2, Thu 4, Hà 4, Hải 3, Hoàng 3, Diệu 3, Gia 4, Quỳnh 3, Thùy 4, Thảo 3, Tú 2, Yến 3, Mai 2, Kim 2, Linh 2, Tuệ 2, Cát 2, An 2, Như 2, Bích 2, Hồng 2, Lan 2, Ánh 2',
    ),
    given: words(
      'An Anh Ánh Bích Châu Chi Dung Diệp Duyên Đan Giang Hà Hân Hằng Hạnh Hiền Hoa Huyền Hương Khuê Lam Lan Lâm Linh Loan Ly Mai Mi Minh My Nga Ngân Ngọc Nguyệt Nhi Nhung Oanh Phương Phượng Quyên Quỳnh San Tâm Thanh Thảo Thơ Thu Thủy Thúy Thư Tiên Trang Trà Trâm Trinh Tú Tuyết Uyên Vân Vi Vy Ý Yến',
    ),
  },
};

const ADULTS: BySex = {
  '01': {
    middle: weigh(
      'Văn 30, Đức 6, Quang 5, Xuân 5, Minh 4, Ngọc 4, Mạnh 4, Thanh 3, Hữu 3, Đình 3, Công 3, Quốc 3, Thế 2, Trung 2, Tiến 2, Hồng 2, Việt 2, Anh, Duy',
    ),
    given: words(
      'Bình Chiến Cường Dũng Đạt Đông Đức Giang Hà Hải Hiếu Hòa Hoan Hùng Huy Hưng Khánh Kiên Lâm Long Mạnh Minh Nam Nghĩa Phúc Phương Quang Quân Quyết Sơn Tài Tân Thái Thành Thắng Thịnh Thuận Tiến Toàn Trung Trường Tuấn Tùng Tuyên Việt Vinh Vũ',
    ),
  },
  '02': {
    middle: weigh(
      'Thị 40, Thị Thu 6, Thị Thanh 6, Thị Hồng 5, Thị Kim 4, Thị Minh 3, Thị Ngọc 3, Thị Bích 3, Thị Phương 3, Thanh 3, Thu 3, Minh 2, Phương 2, Hồng 2, Thúy 2, Kim 2, Ngọc 2',
    ),
    given: words(
      'Anh Bình Chinh Dung Duyên Đào Giang Hà Hằng Hạnh Hậu Hiền Hiên Hoa Hòa Hoài Hồng Huệ Huyền Hương Hường Lan Liên Loan Luyến Lý Mai Minh Nga Ngân Ngọc Nguyệt Nhung Oanh Phương Phượng Quyên Quỳnh Sen Tâm Thanh Thảo Thoa Thơm Thu Thuận Thủy Thúy Trang Tuyết Vân Vinh Xuân Yến',
    ),
  },
};

const HMONG_CHILDREN: BySex = {
  '01': {
    middle: weigh('Văn 6, A 4, Minh 2, Đức 2, Quốc, Xuân'),
    given: words('Páo Sính Chứ Dình Sùng Tráng Lử Sử Khoa Hải Nam Tuấn Dũng Sơn Long Thành Chính Phong Thắng Quân'),
  },
  '02': {
    middle: weigh('Thị 9, Thị Mai, Thị Thu, Ngọc'),
    given: words('Mỷ Dở Dung Sua Máy Chư Pà Dí Linh Hoa Mai Nhi Vân Lan Sinh Hương Thảo Thúy Lý Ngân'),
  },
};

const DAO_CHILDREN: BySex = {
  '01': {
    middle: weigh('Văn 4, Tiến 3, Phúc 3, Tài 2, Kim 2, Quang 2, Đức 2, Minh 2, Gia'),
    given: words('Tài Phúc Thọ Vinh Thành Hưng Quý Bảo Khánh Long Minh Nam Sơn Tiến Tuấn Dũng Hải Phong Quang Việt'),
  },
  '02': {
    middle: weigh('Thị 6, Mùi 3, Thị Ngọc, Thu, Thị Thu, Kim'),
    given: words('Nái Pham Mụi Hoa Lan Mai Linh Nhi Hương Thảo Trang Ngọc Yến Vân Hà Chi Liên Xuân Thúy Ánh'),
  },
};

/** People born before this year carry the names of grown-ups of 2024. */
const FIRST_CHILD_YEAR = 2005;

function givenNames(ethnicity: string, birthYear: number): BySex {
  if (birthYear < FIRST_CHILD_YEAR) return ADULTS;
  if (ethnicity === '08') return HMONG_CHILDREN;
  if (ethnicity === '09') return DAO_CHILDREN;
  return CHILDREN;
}

/** Ethnic groups that have surnames of their own here; others take those of the Kinh. */
export const namedEthnicities = Object.keys(SURNAMES);

/** A full name in NFC: surname, middle name, given name; no word comes twice in a row. */
export function drawName(
  random: Random,
  person: { ethnicity: string; sex: '01' | '02'; birthYear: number; surname?: string },
): string {
  const names = givenNames(person.ethnicity, person.birthYear)[person.sex];
  const surname = person.surname ?? random.weighted(SURNAMES[person.ethnicity] ?? SURNAMES['01'] ?? []);
  let middle = random.weighted(names.middle);
  while (middle === surname) middle = random.weighted(names.middle);
  let given = random.pick(names.given);
  while (middle.endsWith(given) || given === surname) given = random.pick(names.given);
  return `${surname} ${middle} ${given}`.normalize('NFC');
}

/** Surname of a full name: children carry their father's. */
export function surnameOf(fullName: string): string {
  return fullName.slice(0, fullName.indexOf(' '));
}
