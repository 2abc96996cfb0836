import { describe, expect, it } from 'vitest';
import { inspect } from '../guard/inspect.ts';
import { A4, type OfdContent } from '../ofd/model.ts';
import { readOfd } from '../ofd/read-ofd.ts';
import { writeOfd } from '../ofd/write-ofd.ts';
import { chineseFont, simplifiedFace } from './chinese-font.ts';
import { setInFont } from './set-in-font.ts';
import { writePdf } from './write-pdf.ts';

const face = await chineseFont(process.env.DOCUMENT_FONT);
const lines = ['受理通知书', '编号：310101261126000001X', '您好，材料已收到。No. 12'];

const receipt = (texts: readonly string[] = lines, title = '受理通知书'): Promise<OfdContent> =>
  setInFont(
    {
      id: '1'.repeat(32),
      title,
      date: '2026-11-26',
      pages: [
        {
          ...A4,
          items: [
            ...texts.map((text, at) => ({ kind: 'text' as const, x: 30, y: 40 + 12 * at, size: 5, font: 0, text })),
            {
              kind: 'path',
              box: { x: 30, y: 80, width: 150, height: 1 },
              data: 'M 0 0 L 150 0',
              stroke: { width: 0.3, colour: [0, 0, 0] },
            },
          ],
        },
      ],
    },
    { name: 'Noto Serif CJK SC', face: face ?? Buffer.alloc(0) },
  );

describe.skipIf(face === undefined)('with a Chinese font of this machine', () => {
  it('the same content becomes a PDF and an OFD with the font inside, small and always the same', async () => {
    const content = await receipt();
    const pdf = await writePdf(content);
    expect((await writePdf(content)).equals(pdf)).toBe(true);
    expect(pdf.length).toBeLessThan(100_000);
    const ofd = writeOfd(content);
    expect(ofd.length).toBeLessThan(100_000);
    expect([...readOfd(ofd).fonts.values()][0]?.data?.equals(content.fonts[0]?.data ?? Buffer.alloc(0))).toBe(true);
  });

  it('the text of the PDF is found again by a reader, so that it can be searched and guarded', async () => {
    const content = await receipt();
    expect(await inspect(await writePdf(content))).toEqual({
      mediaType: 'application/pdf',
      level: undefined,
      flags: [],
    });
    const marked = await receipt(['机密★5年', '正文'], 'x');
    expect(await inspect(await writePdf(marked))).toMatchObject({ level: 'confidential' });
  });
});

it('a font that is no collection stays as it is', () => {
  const font = Buffer.from('OTTO....');
  expect(simplifiedFace(font)).toBe(font);
});
