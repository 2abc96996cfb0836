import { unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../sign/certificate.ts';
import { generateSm2 } from '../sign/sm2.ts';
import { drawSeal, makeSeal } from '../seal/make-seal.ts';
import { A4, breakLines, type Item, type OfdContent, widthOf } from './model.ts';
import { OfdError, readOfd, resolvePart } from './read-ofd.ts';
import { pathOf, renderPage } from './render-svg.ts';
import { signOfd } from './sign-ofd.ts';
import { verifyOfd } from './verify-ofd.ts';
import { ofdParts, writeOfd } from './write-ofd.ts';
import { decimal, parseXml, XmlError } from './xml.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const content: OfdContent = {
  id: '0123456789abcdef0123456789abcdef',
  title: '食品经营许可证 <样例> & "引号"',
  author: '市场监督管理局',
  date: '2026-11-26',
  custom: { 证照编号: 'JY13101010000001', 'a&b': '<x>' },
  fonts: [{ name: '宋体', family: 'SimSun' }],
  images: [{ format: 'PNG', data: PNG }],
  attachments: [{ name: 'data', format: 'json', data: Buffer.from('{"a":1}') }],
  pages: [
    {
      ...A4,
      items: [
        { kind: 'text', x: 30, y: 40, size: 7, font: 0, text: '食品经营许可证', colour: [200, 0, 0] },
        { kind: 'text', x: 30, y: 60, size: 4, font: 0, text: 'JY13101010000001', tag: 'number' },
        {
          kind: 'path',
          box: { x: 30, y: 62, width: 100, height: 0.5 },
          data: 'M 0 0 L 100 0',
          stroke: { width: 0.3, colour: [0, 0, 0] },
        },
        { kind: 'image', box: { x: 150, y: 230, width: 20, height: 20 }, image: 0 },
      ],
    },
    { ...A4, items: [] },
  ],
};
const file = writeOfd(content);

const item: fc.Arbitrary<Item> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    x: fc.integer({ min: 0, max: 200 }),
    y: fc.integer({ min: 0, max: 290 }),
    size: fc.integer({ min: 1, max: 20 }),
    font: fc.constant(0),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('path' as const),
    box: fc.record({ x: fc.nat(200), y: fc.nat(200), width: fc.nat(50), height: fc.nat(50) }),
    data: fc.constantFrom('M 0 0 L 10 10 C', 'M 0 0 B 1 1 2 2 3 3'),
    fill: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
  }),
);

describe('the writer', () => {
  it('gives the same bytes for the same content, and every part is well-formed', () => {
    expect(writeOfd(content).equals(file)).toBe(true);
    for (const [path, part] of ofdParts(content))
      if (path.endsWith('.xml')) expect(parseXml(part.toString('utf8')).name, path).toBeTruthy();
  });

  it('writes what the reader gives back', () => {
    const read = readOfd(file);
    expect(read).toMatchObject({
      id: content.id,
      title: content.title,
      author: content.author,
      date: content.date,
      custom: content.custom,
      tags: { number: 'JY13101010000001' },
    });
    expect(read.pages.map(({ width, height, items }) => [width, height, items.length])).toEqual([
      [210, 297, 4],
      [210, 297, 0],
    ]);
    expect(read.attachments).toEqual(content.attachments);
    expect([...read.images.values()]).toEqual(content.images);
    expect(read.pages[0]?.items[0]).toMatchObject({
      kind: 'text',
      colour: [200, 0, 0],
      size: 7,
      runs: [{ text: '食品经营许可证', advances: [7, 7, 7, 7, 7, 7] }],
    });
  });

  it('survives any text and any number of objects', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 30 }), (items, title) => {
        const read = readOfd(writeOfd({ ...content, title, attachments: [], pages: [{ ...A4, items }] }));
        const texts = items.flatMap((each) => (each.kind === 'text' ? [each.text] : []));
        expect(
          read.pages[0]?.items.flatMap((each) => (each.kind === 'text' ? each.runs.map(({ text }) => text) : [])),
        ).toEqual(texts);
        expect(read.pages[0]?.items.map(({ kind }) => kind)).toEqual(items.map(({ kind }) => kind));
        parseXml(renderPage(read, read.pages[0] as never));
      }),
      { numRuns: 80, seed: 310101 },
    );
  });

  it('breaks lines within their width, and none begins with a closing mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'黄浦区，。（）ab c《》'), maxLength: 80 }), (text) => {
        const lines = breakLines(text, { size: 4, width: 40 });
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        for (const [at, line] of lines.entries()) if (at > 0) expect(line).not.toMatch(/^[，。）》]/);
        for (const line of lines) expect(widthOf(line.replace(/[，。（）《》]+$/, ''), 4)).toBeLessThanOrEqual(40);
      }),
      { seed: 310101 },
    );
  });
});

describe('the reader', () => {
  const repack = (change: Record<string, string | undefined>): Buffer => {
    const parts = unzipSync(file);
    for (const [path, text] of Object.entries(change)) {
      if (text === undefined) delete parts[path];
      else parts[path] = Buffer.from(text);
    }
    return Buffer.from(zipSync(parts));
  };

  it('refuses what is none, what declares entities, and paths that lead out', () => {
    const bad = [
      Buffer.from('no zip'),
      repack({ 'OFD.xml': undefined }),
      repack({ 'OFD.xml': '<!DOCTYPE x [<!ENTITY e "x">]><ofd:OFD xmlns:ofd="x">&e;</ofd:OFD>' }),
      repack({ 'OFD.xml': '<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>' }),
      repack({ 'Doc_0/Document.xml': '<Document>' }),
      repack({ 'Doc_0/Pages/Page_0/Content.xml': `${'<a>'.repeat(300)}${'</a>'.repeat(300)}` }),
    ];
    for (const each of bad) expect(() => readOfd(each)).toThrow(OfdError);
    expect(() => resolvePart('Doc_0/Document.xml', '../../x')).toThrow(OfdError);
    expect(resolvePart('Doc_0/Document.xml', '../OFD.xml')).toBe('OFD.xml');
    expect(resolvePart('Doc_0/Document.xml', '/Doc_0/a\\b.xml')).toBe('Doc_0/a/b.xml');
    expect(() => parseXml('')).toThrow(XmlError);
  });

  it('reads what other programs write: another prefix, templates, page blocks, drawing parameters, relative and absolute places', () => {
    const ns = 'xmlns="http://www.ofdspec.org/2016"';
    const parts = {
      'OFD.xml': `<OFD ${ns} Version="1.0" DocType="OFD"><DocBody><DocInfo><DocID>x</DocID></DocInfo><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>`,
      'Doc_0/Document.xml': `<Document ${ns}><CommonData><PageArea><PhysicalBox>0 0 210 140</PhysicalBox></PageArea><DocumentRes>DocumentRes.xml</DocumentRes>
        <TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></CommonData><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages></Document>`,
      'Doc_0/DocumentRes.xml': `<Res ${ns} BaseLoc="Res"><DrawParams><DrawParam ID="5" LineWidth="0.25"><StrokeColor Value="128 0 0"/></DrawParam></DrawParams></Res>`,
      'Doc_0/Tpls/Tpl_0/Content.xml': `<Page ${ns}><Content><Layer ID="2" DrawParam="5"><PathObject ID="3" Boundary="10 10 50 50"><AbbreviatedData>S 0 0 L 50 50</AbbreviatedData></PathObject></Layer></Content></Page>`,
      'Doc_0/Pages/Page_0/Content.xml': `<Page ${ns}><Template TemplateID="9" ZOrder="Background"/><Content><Layer ID="4"><PageBlock ID="6"><TextObject ID="7" Boundary="20 20 60 8" Font="1" Size="4" CTM="1 0 0.2 1 0 0">
        <TextCode X="0" Y="4" DeltaX="g 3 4 2">黄浦区ab</TextCode></TextObject></PageBlock></Layer></Content></Page>`,
    };
    const [page] = readOfd(
      Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, Buffer.from(text)])))),
    ).pages;
    expect(page).toMatchObject({ width: 210, height: 140 });
    expect(page?.items).toMatchObject([
      { kind: 'path', stroke: { width: 0.25, colour: [128, 0, 0] } },
      { kind: 'text', matrix: [1, 0, 0.2, 1, 0, 0], runs: [{ text: '黄浦区ab', advances: [4, 4, 4, 2] }] },
    ]);
  });

  it('reads what is indented for people, patterns that it does not draw, and paths without blanks', () => {
    const ns = 'xmlns:ofd="http://www.ofdspec.org/2016"';
    const page = `<ofd:Page ${ns}><ofd:Content><ofd:Layer ID="3">
      <ofd:PathObject ID="7" Boundary="1 1 9 9" Fill="true" Rule="Even-Odd"><ofd:FillColor Value="0 0 0"><ofd:Pattern Width="6" Height="6"/></ofd:FillColor>
        <ofd:AbbreviatedData>M0 0L9 0L9-1.5C</ofd:AbbreviatedData></ofd:PathObject>
      <ofd:TextObject ID="8" Boundary="1 1 9 9" Font="1" Size="3"><ofd:CGTransform CodePosition="0"><ofd:Glyphs>13</ofd:Glyphs></ofd:CGTransform>
        <ofd:TextCode X="0.8" Y="3" DeltaX="3 2.25">
            字 号
        </ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>`;
    const read = readOfd(repack({ 'Doc_0/Pages/Page_0/Content.xml': page }));
    expect(read.pages[0]?.items).toMatchObject([
      { kind: 'path', evenOdd: true, stroke: { width: 0.353 } },
      { kind: 'text', runs: [{ text: '字 号', advances: [3, 2.25] }] },
    ]);
    expect(read.pages[0]?.items[0]).not.toHaveProperty('fill');
    expect(renderPage(read, read.pages[0] as never)).toContain(
      'd="M 0 0 L 9 0 L 9 -1.5 Z" fill="none" fill-rule="evenodd"',
    );
  });

  it('never breaks on a file that was changed anywhere', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Buffer.from(file);
        bad[at] = (bad[at] ?? 0) ^ change;
        try {
          readOfd(bad);
        } catch (error) {
          expect(error).toBeInstanceOf(OfdError);
        }
      }),
      { numRuns: 300, seed: 310101 },
    );
  });
});

describe('a page as SVG', () => {
  it('is well-formed, shows text, lines and pictures, and nothing in it runs', () => {
    const evil: OfdContent = {
      ...content,
      fonts: [{ name: '"><script>alert(1)</script>' }],
      pages: [
        {
          ...A4,
          items: [
            { kind: 'text', x: 1, y: 9, size: 4, font: 0, text: '</text><script>alert(1)</script>' },
            {
              kind: 'path',
              box: { x: 0, y: 0, width: 1, height: 1 },
              data: 'M 0 0 "/><script>',
              stroke: { width: 1, colour: [0, 0, 0] },
            },
            { kind: 'image', box: { x: 0, y: 0, width: 5, height: 5 }, image: 0 },
          ],
        },
      ],
    }; // prettier-ignore
    const read = readOfd(writeOfd(evil));
    const svg = renderPage(read, read.pages[0] as never);
    const names = new Set<string>();
    const walk = (element: ReturnType<typeof parseXml>): void => {
      names.add(element.name);
      element.children.forEach(walk);
    };
    walk(parseXml(svg));
    expect([...names].sort()).toEqual(['g', 'image', 'path', 'rect', 'svg', 'text']);
    expect(svg).toContain('d="M 0 0"');
    expect(pathOf('M 0 0 B 1 2 3 4 5 6 Q 1 2 3 4 A 1 1 0 0 1 5 5 C X')).toBe(
      'M 0 0 C 1 2 3 4 5 6 Q 1 2 3 4 A 1 1 0 0 1 5 5 Z',
    );
    expect([0.0001, -0.0001, 12.3456, 100].map(decimal)).toEqual(['0', '0', '12.346', '100']);
  });
});

describe('a sealed file', () => {
  const [maker, unit, other] = [generateSm2(), generateSm2(), generateSm2()];
  const times = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2031-01-01T00:00:00Z') };
  const name = (common: string) => ({ country: 'CN', organisation: '样例城区', common });
  const issuer = { name: name('根'), key: maker };
  const root = makeCertificate({
    serial: 1n,
    subject: issuer.name,
    publicKey: maker.publicKey,
    issuer,
    ...times,
    issues: true,
  });
  const sealOf = (title: string, key: typeof unit, serial: bigint) => {
    const certificate = makeCertificate({
      serial,
      subject: name(title),
      publicKey: key.publicKey,
      issuer,
      ...times,
      issues: false,
    });
    const info = {
      vendor: 'x',
      id: `${serial}`,
      type: 1,
      name: title,
      signers: { type: 'certificates' as const, certificates: [certificate] },
      createdAt: times.from,
      validFrom: times.from,
      validUntil: times.until,
      picture: { type: 'SVG', data: drawSeal(title), width: 42, height: 42 },
    }; // prettier-ignore
    return { seal: makeSeal({ info, maker: { certificate: root, key: maker } }), signer: { certificate, key } };
  };
  const at = new Date('2026-11-26T02:00:00Z');
  const stamps = [{ page: 0, x: 130, y: 200, width: 42, height: 42 }];
  const first = signOfd({ file, ...sealOf('市场监督管理局', unit, 2n), at, stamps });
  const second = signOfd({ file: first, ...sealOf('消防救援支队', other, 3n), at, stamps });

  it('holds, also after another unit has sealed it, and shows its seal on the page', () => {
    expect(verifyOfd(file)).toEqual([]);
    expect(verifyOfd(first)).toMatchObject([
      { intact: true, changed: [], added: [], check: { sealName: '市场监督管理局' } },
    ]);
    expect(verifyOfd(second)).toMatchObject([
      { intact: true, check: { signer: '市场监督管理局' } },
      { intact: true, check: { signer: '消防救援支队' } },
    ]);
    const read = readOfd(second);
    const page = read.pages[0];
    const svg = renderPage(
      read,
      page as never,
      verifyOfd(second).flatMap((each) => each.stamps),
    );
    expect(svg.match(/data:image\/svg\+xml/g)).toHaveLength(2);
  });

  it('says which part was changed, added or taken away', () => {
    const change = (work: (parts: Record<string, Uint8Array>) => void) => {
      const parts = unzipSync(first);
      work(parts);
      return verifyOfd(Buffer.from(zipSync(parts)));
    };
    const page = 'Doc_0/Pages/Page_0/Content.xml';
    const changed = change((parts) => {
      parts[page] = Buffer.from(
        Buffer.from(parts[page] ?? [])
          .toString('utf8')
          .replace('JY131', 'JY132'),
      );
    });
    expect(changed).toMatchObject([{ intact: false, changed: [page], check: { signatureHolds: true } }]);
    expect(change((parts) => void (parts['Doc_0/Annots/x.xml'] = Buffer.from('<x/>')))).toMatchObject([
      { intact: false, added: ['Doc_0/Annots/x.xml'] },
    ]);
    expect(change((parts) => void delete parts['Doc_0/Attachs/file_0.json'])).toMatchObject([
      { intact: false, changed: ['Doc_0/Attachs/file_0.json'] },
    ]);
    // Without its own digest the page's change would go unnoticed; but then the sealed list is another one.
    const hidden = change((parts) => {
      const path = 'Doc_0/Signs/Sign_0/Signature.xml';
      parts[path] = Buffer.from(
        Buffer.from(parts[path] ?? [])
          .toString('utf8')
          .replace(/<ofd:Reference FileRef="\/Doc_0\/Pages[^>]*>.*?<\/ofd:Reference>/, ''),
      );
    });
    expect(hidden).toMatchObject([{ intact: false, check: { intact: false } }]);
  });
});
