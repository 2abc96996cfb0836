import qrcode from 'qrcode-generator';
import { breakLines, type Colour, type Item, type OfdContent, widthOf } from '#platform/document/ofd/model.ts';
import { type CertificateRow, type Face, metadataOf } from './certificate-record.ts';

/** The face of a certificate (证照版式), in millimetres: A4 across. */
const PAGE = { width: 297, height: 210 } as const;
const EDGE = 12;
const INK: Colour = [27, 31, 35];
const SOFT: Colour = [96, 102, 112];
const FRAME: Colour = [163, 128, 62];
const TITLE: Colour = [150, 30, 30];
const LABEL_X = 42;
const VALUE_X = 92;
const QR = { x: 30, y: 148, side: 40 } as const;
/** Where the seal stands: over issuer and day. */
export const SEAL = { x: 212, y: 143, width: 42, height: 42 } as const;

/** The one page of a certificate, to be set in a font and sealed. */
export function certificatePage(options: { row: CertificateRow; face: Face; code: string }): Omit<OfdContent, 'fonts'> {
  const { row, face, code } = options;
  return {
    id: row.id.replaceAll('-', ''),
    title: row.title.zh,
    author: row.issuerTitle.zh,
    date: row.issuedOn,
    custom: metadataOf(row, face),
    pages: [{ ...PAGE, items: [...frame(), ...heading(row), ...facts(row, face), ...foot(row), ...qr(code)] }],
  };
}

function frame(): Item[] {
  const box = (inset: number, width: number): Item => {
    const [w, h] = [PAGE.width - 2 * inset, PAGE.height - 2 * inset];
    return {
      kind: 'path',
      box: { x: inset, y: inset, width: w, height: h },
      data: `M 0 0 L ${w} 0 L ${w} ${h} L 0 ${h} C`,
      stroke: { width, colour: FRAME },
    };
  };
  return [box(EDGE, 1.2), box(EDGE + 3, 0.3)];
}

const text = (x: number, y: number, size: number, words: string, colour: Colour = INK, tag?: string): Item => ({
  kind: 'text',
  x,
  y,
  size,
  font: 0,
  text: words,
  colour,
  ...(tag !== undefined && { tag }),
});

function heading(row: CertificateRow): Item[] {
  const size = Math.min(13, (PAGE.width - 80) / Math.max(1, widthOf(row.title.zh, 1)));
  const number = `证照编号：${row.number}`;
  return [
    text((PAGE.width - widthOf(row.title.zh, size)) / 2, 44, size, row.title.zh, TITLE, 'ZZMC'),
    text((PAGE.width - widthOf(number, 4)) / 2, 55, 4, number, SOFT, 'ZZBH'),
  ];
}

/** An identity number shows its beginning and end: who has to know the whole of it asks for a presentation. */
export const maskCode = (code: string): string =>
  /^[0-9]{17}[0-9X]$/.test(code) ? `${code.slice(0, 6)}********${code.slice(-4)}` : code;

function facts(row: CertificateRow, face: Face): Item[] {
  const until = row.validUntil === null ? '长期' : chineseDay(row.validUntil);
  const lines: [string, string, string?][] = [
    [row.holderEntity === null ? '持证人' : '持证单位', face.name, 'CZZT'],
    ...(face.code === null
      ? []
      : [[row.holderEntity === null ? '公民身份号码' : '统一社会信用代码', maskCode(face.code)] as [string, string]]),
    ...face.fields.map(({ title, value }): [string, string] => [title.zh, value]),
    ['有效期', `${chineseDay(row.validFrom)} 至 ${until}`],
  ];
  const items: Item[] = [];
  const room = QR.y - 70;
  const step = Math.min(10.5, room / lines.length);
  const size = Math.min(5, step * 0.55);
  let y = 72;
  for (const [label, value, tag] of lines) {
    items.push(text(LABEL_X, y, size, label, SOFT));
    const [first = '', ...rest] = breakLines(value, { size, width: PAGE.width - VALUE_X - 40 });
    items.push(text(VALUE_X, y, size, rest.length > 0 ? `${first.slice(0, -1)}…` : first, INK, tag));
    y += step;
  }
  return items;
}

function foot(row: CertificateRow): Item[] {
  const centre = SEAL.x + SEAL.width / 2;
  const issuer = row.issuerTitle.zh;
  const day = chineseDay(row.issuedOn);
  return [
    text(centre - widthOf(issuer, 5) / 2, 162, 5, issuer, INK, 'ZZBFJG'),
    text(centre - widthOf(day, 4.6) / 2, 172, 4.6, day, INK, 'ZZBFRQ'),
    text(QR.x + QR.side + 6, 176, 3.2, '扫码核验真伪和当前状态', SOFT),
    text(QR.x + QR.side + 6, 182, 3.2, row.identifier, SOFT, 'ZZBS'),
    ...(row.sample ? [text(QR.x + QR.side + 6, 170, 3.2, '样例数据，不具有法律效力', SOFT)] : []),
  ];
}

function qr(code: string): Item[] {
  const made = qrcode(0, 'M');
  made.addData(code);
  made.make();
  const count = made.getModuleCount();
  const side = QR.side / count;
  const cut = (value: number) => Number((value * side).toFixed(3));
  const dark: string[] = [];
  for (let y = 0; y < count; y += 1)
    for (let x = 0; x < count; x += 1) {
      if (!made.isDark(y, x)) continue;
      let end = x;
      while (end + 1 < count && made.isDark(y, end + 1)) end += 1;
      dark.push(
        `M ${cut(x)} ${cut(y)} L ${cut(end + 1)} ${cut(y)} L ${cut(end + 1)} ${cut(y + 1)} L ${cut(x)} ${cut(y + 1)} C`,
      );
      x = end;
    }
  return [
    { kind: 'path', box: { x: QR.x, y: QR.y, width: QR.side, height: QR.side }, data: dark.join(' '), fill: INK },
  ];
}

export function chineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
