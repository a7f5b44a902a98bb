// The looks of every workbook we write: a format (what the value is) times a tone (what is said about it).

export const formats = ['general', 'text', 'date', 'integer', 'decimal', 'wrapped'] as const;
export type Format = (typeof formats)[number];

export const tones = [
  'plain',
  'error',
  'warning',
  'title',
  'header',
  'required',
  'readOnly',
  'muted',
  'strong',
] as const;
export type Tone = (typeof tones)[number];

/** Index of the cell style of a format and a tone. */
export function styleOf(format: Format, tone: Tone = 'plain'): number {
  return tones.indexOf(tone) * formats.length + formats.indexOf(format);
}

interface Look {
  bold?: boolean;
  italic?: boolean;
  size?: number;
  colour?: string;
  fill?: string;
  bordered?: boolean;
  wrapped?: boolean;
  centred?: boolean;
}

const looks: Record<Tone, Look> = {
  plain: {},
  error: { fill: 'FFFFC7CE', colour: 'FF9C0006', bordered: true },
  warning: { fill: 'FFFFEB9C', colour: 'FF7F6000', bordered: true },
  title: { bold: true, size: 14 },
  header: { bold: true, fill: 'FFDDEBF7', bordered: true, wrapped: true, centred: true },
  required: { bold: true, fill: 'FFC00000', colour: 'FFFFFFFF', bordered: true, wrapped: true, centred: true },
  readOnly: { bold: true, italic: true, fill: 'FFD9D9D9', bordered: true, wrapped: true, centred: true },
  muted: { italic: true, colour: 'FF595959' },
  strong: { bold: true },
};

/** Numbers of Excel's own formats; ours begin at 164. */
const numberFormats: Record<Format, number> = { general: 0, text: 49, date: 164, integer: 1, decimal: 165, wrapped: 0 };

const each = <T>(make: (look: Look, tone: Tone) => T) => tones.map((tone) => make(looks[tone], tone));

function font({ bold, italic, size = 11, colour = 'FF000000' }: Look): string {
  return `<font>${bold ? '<b/>' : ''}${italic ? '<i/>' : ''}<sz val="${size}"/><color rgb="${colour}"/><name val="Times New Roman"/><family val="1"/></font>`;
}

const noFill = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>';

function fill({ fill: colour }: Look): string {
  if (!colour) return '<fill><patternFill patternType="none"/></fill>';
  return `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
}

const side = (name: string) => `<${name} style="thin"><color rgb="FFBFBFBF"/></${name}>`;
const borders = `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border></borders>`;

function cellStyle(look: Look, toneIndex: number, format: Format): string {
  const wraps = look.wrapped || format === 'wrapped';
  const alignment =
    wraps || look.centred
      ? `<alignment vertical="${look.centred ? 'center' : 'top'}"${look.centred ? ' horizontal="center"' : ''}${wraps ? ' wrapText="1"' : ''}/>`
      : '';
  return (
    `<xf numFmtId="${numberFormats[format]}" fontId="${toneIndex}" fillId="${toneIndex + 2}" borderId="${look.bordered ? 1 : 0}" xfId="0"` +
    ` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"${alignment ? ` applyAlignment="1">${alignment}</xf>` : '/>'}`
  );
}

export const stylesXml =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts>' +
  `<fonts count="${tones.length}">${each(font).join('')}</fonts>` +
  `<fills count="${tones.length + 2}">${noFill}${each(fill).join('')}</fills>` +
  borders +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${tones.length * formats.length}">${each((look, tone) => formats.map((format) => cellStyle(look, tones.indexOf(tone), format)).join('')).join('')}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
