import { strToU8, zipSync, type Zippable } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, MEDIA, mediaTypeOf } from '../media-type.ts';
import { readZip } from '../zip/read-zip.ts';
import { markIn } from './find-mark.ts';
import { inspect } from './inspect.ts';
import { runInspection } from './run-inspection.ts';

const zip = (files: Record<string, string | Uint8Array>, level: 0 | 9 = 9): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]),
      ) as Zippable,
      { level },
    ),
  );
const docx = (paragraphs: readonly string[], more: Record<string, string> = {}): Buffer =>
  zip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document>${paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')}</w:document>`,
    ...more,
  });
const MARKS = ['秘密', '机密★5年', '绝密★长期', '秘 密', '机密☆启用前', '密级：绝密', '000001 机密★10年', '【秘密】'];
const INNOCENT = [
  '商业秘密',
  '保守国家秘密法',
  '机密科技有限公司',
  '绝密飞行',
  '秘密花园读书会',
  '不涉及国家秘密',
  '公开',
];

describe('the type of a file', () => {
  it.each([
    ['255044462d312e37', MEDIA.pdf],
    ['89504e470d0a1a0a', MEDIA.png],
    ['ffd8ffe0', MEDIA.jpeg],
    ['d0cf11e0a1b11ae1', MEDIA.ole],
    ['524946460000000057454250', MEDIA.webp],
    ['00000018667479706d703432', MEDIA.mp4],
    ['504b0304', MEDIA.zip],
  ])('%s is %s', (hex, type) => expect(mediaTypeOf(Buffer.from(hex, 'hex'))).toBe(type));

  it.each([
    '<!DOCTYPE html><p>x',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '  <html>',
    '\ufeff<?xml version="1.0"?>',
    '#!/bin/sh',
    'a\0b',
  ])('what a browser or a shell could run is none: %j', (text) =>
    expect(mediaTypeOf(Buffer.from(text))).toBeUndefined(),
  );

  it('is told for text in UTF-8, UTF-16 and GB 18030, also where a character is cut', () => {
    const gbk = Buffer.from('c4e3bac3a3acbbc6c6d6', 'hex');
    expect(mediaTypeOf(gbk)).toBe(MEDIA.text);
    expect(mediaTypeOf(Buffer.from('\ufeff黄浦', 'utf16le'))).toBe(MEDIA.text);
    expect(mediaTypeOf(Buffer.from('办'.repeat(HEAD_BYTES)).subarray(0, HEAD_BYTES))).toBe(MEDIA.text);
  });

  it('never throws, whatever comes', () =>
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void mediaTypeOf(bytes))));
});

describe('marks of secrecy', () => {
  it.each(MARKS)('%s is found in every format that is read', async (mark) => {
    const text = await inspect(Buffer.from(`\n${mark}\n关于工作的通知\n`));
    expect(text).toMatchObject({ level: expect.any(String) });
    expect(await inspect(docx(['正文在后', mark]))).toMatchObject({ mediaType: MEDIA.docx, level: expect.any(String) });
    expect(
      await inspect(docx(['正文'], { 'word/header1.xml': `<w:hdr><w:p><w:t>${mark}</w:t></w:p></w:hdr>` })),
    ).toMatchObject({
      level: expect.any(String),
    });
    const workbook = {
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': '<workbook><sheets><sheet name="表一"/></sheets></workbook>',
    };
    expect(
      await inspect(
        zip({ ...workbook, 'xl/sharedStrings.xml': `<sst><si><t>名称</t></si><si><t>${mark}</t></si></sst>` }),
      ),
    ).toMatchObject({ mediaType: MEDIA.xlsx, level: expect.any(String) });
    const ofd = {
      'OFD.xml': '<ofd:OFD/>',
      'Doc_0/Pages/Page_0/Content.xml': `<ofd:TextCode X="1">${mark}</ofd:TextCode>`,
    };
    expect(await inspect(zip(ofd))).toMatchObject({ mediaType: MEDIA.ofd, level: expect.any(String) });
    // In an archive the inner files count.
    expect(await inspect(zip({ '材料/方案.docx': docx([mark]) }))).toMatchObject({ level: expect.any(String) });
  });

  it.each(MARKS)('%s is found on the first page of a PDF', async (mark) => {
    const content = pdf(mark);
    const found = await runInspection({ head: content.subarray(0, HEAD_BYTES), read: () => readableOf(content) });
    expect(found).toMatchObject({ mediaType: MEDIA.pdf, level: expect.any(String) });
  });

  it.each(INNOCENT)('%s is none', async (text) => {
    expect(markIn(`${text}\n正文`)).toBeUndefined();
    expect(await inspect(docx([text, '正文']))).toMatchObject({ level: undefined });
    expect(await inspect(pdf(text))).toMatchObject({ mediaType: MEDIA.pdf, level: undefined });
  });
});

describe('archives', () => {
  it('that unpack to an absurd size are refused before they are unpacked', async () => {
    expect(await inspect(zip({ 'a.txt': new Uint8Array(200 * 1024 ** 2) }))).toEqual({ fault: 'bomb' });
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${at}.txt`, 'x']));
    expect(await inspect(zip(many, 0))).toEqual({ fault: 'bomb' });
    const nested = [1, 2, 3, 4].reduce((inner, depth) => zip({ [`${depth}.zip`]: inner }), zip({ 'a.txt': 'x' }));
    expect(await inspect(nested)).toEqual({ fault: 'bomb' });
  });

  it('whose entries lie over each other are refused', () => {
    const file = zip({ 'a.txt': 'hello hello hello', 'b.txt': 'hello hello hello' });
    const second = file.lastIndexOf(Buffer.from('504b0102', 'hex'));
    // Both names now point to the first content.
    file.writeUInt32LE(0, second + 42);
    expect(() => readZip(file)).toThrow(/refused/);
  });

  it('that lie about the size of an entry do not get more memory than they said', () => {
    const file = zip({ 'a.txt': 'x'.repeat(10_000) });
    const entry = file.lastIndexOf(Buffer.from('504b0102', 'hex'));
    file.writeUInt32LE(10, entry + 24);
    expect(() => readZip(file).bytes('a.txt')).toThrow(/bomb/);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\a.txt', 'a/../../b', '..\\b'])(
    'with an entry %s are refused',
    (name) => expect(() => readZip(zip({ [name]: 'x' }))).toThrow(/path/),
  );

  it('with a password are refused, and macros are flagged', async () => {
    const locked = zip({ 'a.txt': 'x' });
    locked.writeUInt16LE(1, locked.lastIndexOf(Buffer.from('504b0102', 'hex')) + 8);
    expect(await inspect(locked)).toEqual({ fault: 'encrypted' });
    const package_ = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await inspect(package_)).toEqual({ fault: 'encrypted' });
    expect(await inspect(docx(['x'], { 'word/vbaProject.bin': 'x' }))).toMatchObject({ flags: ['macros'] });
  });

  it('that are cut or changed anywhere never break the reader', async () => {
    const good = docx(['正文', '第二段']);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, cut) => {
          const bad = cut ? good.subarray(0, at) : Buffer.from(good);
          if (!cut) bad[at] = (bad[at] ?? 0) ^ change;
          await inspect(Buffer.from(bad));
        },
      ),
      { numRuns: 300, seed: 310101 },
    );
  });
});

/** A PDF whose one line is set in a font that says by ToUnicode what its codes mean, as office programs write it. */
function pdf(line: string): Buffer {
  const letters = [...line];
  const codes = letters.map((_, at) => (at + 1).toString(16).padStart(4, '0'));
  const map = letters
    .map((letter, at) => `<${codes[at]}> <${Buffer.from(letter, 'utf16le').swap16().toString('hex')}>`)
    .join('\n');
  const cmap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> endcodespacerange
${letters.length} beginbfchar\n${map}\nendbfchar endcmap end end`;
  const stream = `BT /F1 16 Tf 72 780 Td <${codes.join('')}> Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>',
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 8 0 R>>',
    `<</Length ${cmap.length}>>stream\n${cmap}\nendstream`,
    '<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent 0/CapHeight 700/StemV 80>>',
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 9>>\n%%EOF\n`, 'latin1');
}

async function* pieces(content: Buffer) {
  for (let at = 0; at < content.length; at += 100) yield content.subarray(at, at + 100);
}
const readableOf = (content: Buffer) => pieces(content) as never;
