import { setInFont } from '#platform/document/pdf/set-in-font.ts';
import { writePdf } from '#platform/document/pdf/write-pdf.ts';
import type { Item } from '#platform/document/ofd/model.ts';

/** Paper of ticket printers, millimetres: rolls of 80 print 72. */
const WIDTH = 72;
const MARGIN = 4;

export type Slip = {
  id: string;
  centre: string;
  number: string;
  family: string;
  ahead: number;
  at: string;
  day: string;
};

/** The lines of a slip (排队小票) with the height of their letters in millimetres. No name: it lies about in the hall. */
export function slipLines({ centre, number, family, ahead, at }: Slip): { text: string; size: number }[] {
  return [
    { text: centre, size: 4 },
    { text: number, size: 16 },
    { text: family, size: 5 },
    { text: ahead === 0 ? '下一个就是您' : `前面还有 ${ahead} 人`, size: 4 },
    { text: at, size: 3.4 },
    { text: '请留意显示屏；过号后请到窗口说明', size: 3.4 },
  ];
}

/** A slip as PDF of its own size. */
export async function slipPdf(slip: Slip, face: Buffer): Promise<Buffer> {
  let y = MARGIN;
  const items = slipLines(slip).map(({ text, size }): Item => {
    // Long names of centres are made to fit; a Chinese character is as wide as it is high.
    const fitted = Math.min(size, (WIDTH - 2 * MARGIN) / Math.max(1, widthIn(text)));
    y += fitted * 1.5;
    return { kind: 'text', x: (WIDTH - widthIn(text) * fitted) / 2, y: y - fitted * 0.3, size: fitted, font: 0, text };
  });
  const content = {
    id: slip.id.replaceAll('-', ''),
    title: slip.number,
    date: slip.day,
    pages: [{ width: WIDTH, height: y + MARGIN, items }],
  };
  return writePdf(await setInFont(content, { name: 'Noto', face }));
}

/** Width of a text in heights of its letters, near enough to set it in the middle. */
const widthIn = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.55), 0);
