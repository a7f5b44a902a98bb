import { type CodeEntry, type CodeList, ministrySource } from './code-list.ts';

export const sex = {
  slug: 'sex',
  official: 'DM_GIOI_TINH',
  name: { vi: 'Giới tính', en: 'Sex' },
  source: ministrySource('DM_GIOI_TINH'),
  entries: [
    { code: '01', vi: 'Nam', en: 'Male' },
    { code: '02', vi: 'Nữ', en: 'Female' },
  ],
} as const satisfies CodeList;

interface EthnicityEntry extends CodeEntry {
  /** An ethnic minority: every group but the Kinh. Foreigners (55) are not counted as one. */
  readonly minority: boolean;
  /** One of the 16 very small groups whose pupils are supported. */
  readonly verySmall?: boolean;
}

export const ethnicity = {
  slug: 'ethnicity',
  official: 'DM_DAN_TOC',
  name: { vi: 'Dân tộc', en: 'Ethnicity' },
  source: ministrySource('DM_DAN_TOC', 'QĐ 121-TCTK/PPCĐ (02/03/1979); rất ít người: NĐ 57/2017/NĐ-CP'),
  entries: [
    { code: '01', vi: 'Kinh', en: 'Kinh', minority: false },
    { code: '02', vi: 'Tày', en: 'Tay', minority: true },
    { code: '03', vi: 'Thái', en: 'Thai', minority: true },
    { code: '04', vi: 'Hoa', en: 'Hoa (Chinese)', minority: true },
    { code: '05', vi: 'Khơ-me', en: 'Khmer', minority: true },
    { code: '06', vi: 'Mường', en: 'Muong', minority: true },
    { code: '07', vi: 'Nùng', en: 'Nung', minority: true },
    { code: '08', vi: 'Hmông', en: 'Hmong', minority: true },
    { code: '09', vi: 'Dao', en: 'Dao', minority: true },
    { code: '10', vi: 'Gia-rai', en: 'Gia Rai', minority: true },
    { code: '11', vi: 'Ngái', en: 'Ngai', minority: true, verySmall: true },
    { code: '12', vi: 'Ê-đê', en: 'Ede', minority: true },
    { code: '13', vi: 'Ba-na', en: 'Bana', minority: true },
    { code: '14', vi: 'Xơ-đăng', en: 'Xo Dang', minority: true },
    { code: '15', vi: 'Sán Chay', en: 'San Chay', minority: true },
    { code: '16', vi: 'Cơ-ho', en: 'Co Ho', minority: true },
    { code: '17', vi: 'Chăm', en: 'Cham', minority: true },
    { code: '18', vi: 'Sán Dìu', en: 'San Diu', minority: true },
    { code: '19', vi: 'Hrê', en: 'Hre', minority: true },
    { code: '20', vi: 'Mnông', en: 'Mnong', minority: true },
    { code: '21', vi: 'Ra-glai', en: 'Ra Glai', minority: true },
    { code: '22', vi: 'Xtiêng', en: 'Xtieng', minority: true },
    { code: '23', vi: 'Bru-Vân Kiều', en: 'Bru-Van Kieu', minority: true },
    { code: '24', vi: 'Thổ', en: 'Tho', minority: true },
    { code: '25', vi: 'Giáy', en: 'Giay', minority: true },
    { code: '26', vi: 'Cơ-tu', en: 'Co Tu', minority: true },
    { code: '27', vi: 'Gié-Triêng', en: 'Gie Trieng', minority: true },
    { code: '28', vi: 'Mạ', en: 'Ma', minority: true },
    { code: '29', vi: 'Khơ-mú', en: 'Kho Mu', minority: true },
    { code: '30', vi: 'Co', en: 'Co', minority: true },
    { code: '31', vi: 'Ta-ôi', en: 'Ta Oi', minority: true },
    { code: '32', vi: 'Chơ-ro', en: 'Cho Ro', minority: true },
    { code: '33', vi: 'Kháng', en: 'Khang', minority: true },
    { code: '34', vi: 'Xinh-mun', en: 'Xinh Mun', minority: true },
    { code: '35', vi: 'Hà Nhì', en: 'Ha Nhi', minority: true },
    { code: '36', vi: 'Chu-ru', en: 'Chu Ru', minority: true },
    { code: '37', vi: 'Lào', en: 'Lao', minority: true },
    { code: '38', vi: 'La Chi', en: 'La Chi', minority: true },
    { code: '39', vi: 'La Ha', en: 'La Ha', minority: true, verySmall: true },
    { code: '40', vi: 'Phù Lá', en: 'Phu La', minority: true },
    { code: '41', vi: 'La Hủ', en: 'La Hu', minority: true, verySmall: true },
    { code: '42', vi: 'Lự', en: 'Lu', minority: true, verySmall: true },
    { code: '43', vi: 'Lô Lô', en: 'Lo Lo', minority: true, verySmall: true },
    { code: '44', vi: 'Chứt', en: 'Chut', minority: true, verySmall: true },
    { code: '45', vi: 'Mảng', en: 'Mang', minority: true, verySmall: true },
    { code: '46', vi: 'Pà Thẻn', en: 'Pa Then', minority: true, verySmall: true },
    { code: '47', vi: 'Cơ Lao', en: 'Co Lao', minority: true, verySmall: true },
    { code: '48', vi: 'Cống', en: 'Cong', minority: true, verySmall: true },
    { code: '49', vi: 'Bố Y', en: 'Bo Y', minority: true, verySmall: true },
    { code: '50', vi: 'Si La', en: 'Si La', minority: true, verySmall: true },
    { code: '51', vi: 'Pu Péo', en: 'Pu Peo', minority: true, verySmall: true },
    { code: '52', vi: 'Brâu', en: 'Brau', minority: true, verySmall: true },
    { code: '53', vi: 'Ơ Đu', en: 'O Du', minority: true, verySmall: true },
    { code: '54', vi: 'Rơ-măm', en: 'Ro Mam', minority: true, verySmall: true },
    { code: '55', vi: 'Người nước ngoài', en: 'Foreigner', minority: false },
  ],
} as const satisfies CodeList<EthnicityEntry>;
