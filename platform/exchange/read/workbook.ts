/** The small parts of an XLSX workbook: sheets, date system, date styles, shared strings. */
import { SaxesParser } from 'saxes';
import { ReadError } from '#platform/exchange/read/read-error.ts';
import type { Zip } from '#platform/exchange/read/zip.ts';

export type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[];
  readonly dateSystem: 1900 | 1904;
  /** For each cell style: does it show a number as date, and with a time of day? */
  readonly dateStyles: readonly ('date' | 'time' | undefined)[];
  readonly strings: readonly string[];
};

const MAX_PART = 32 * 2 ** 20;
/** Shared strings stand in memory; 200 MB of them is more than a full sheet of addresses. */
const MAX_STRINGS = 200 * 2 ** 20;

export async function readWorkbook(zip: Zip): Promise<Workbook> {
  if (!zip.has('xl/workbook.xml')) {
    throw new ReadError({
      code: 'corrupt',
      text: { zh: '这个压缩包不是 XLSX 表格', en: 'this archive is not an XLSX workbook' },
    });
  }
  const parts = new Map<string, string>();
  if (zip.has('xl/_rels/workbook.xml.rels')) {
    parseXml(await zip.text('xl/_rels/workbook.xml.rels', MAX_PART), (name, attributes) => {
      if (name !== 'Relationship') return;
      const target = attributes['Target'] ?? '';
      parts.set(attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    });
  }
  const sheets: { name: string; part: string; hidden: boolean }[] = [];
  let dateSystem: 1900 | 1904 = 1900;
  parseXml(await zip.text('xl/workbook.xml', MAX_PART), (name, attributes) => {
    if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes['date1904'] ?? '')) dateSystem = 1904;
    if (name !== 'sheet') return;
    const part =
      parts.get(attributes['r:id'] ?? attributes['id'] ?? '') ?? `xl/worksheets/sheet${sheets.length + 1}.xml`;
    const state = attributes['state'];
    sheets.push({ name: attributes['name'] ?? '', part, hidden: state === 'hidden' || state === 'veryHidden' });
  });
  const dateStyles = zip.has('xl/styles.xml') ? readDateStyles(await zip.text('xl/styles.xml', MAX_PART)) : [];
  const strings = zip.has('xl/sharedStrings.xml') ? await readStrings(zip) : [];
  return { sheets, dateSystem, dateStyles, strings };
}

function readDateStyles(xml: string): ('date' | 'time' | undefined)[] {
  const formats = new Map<number, string>();
  const styles: ('date' | 'time' | undefined)[] = [];
  let inCellXfs = false;
  parseXml(
    xml,
    (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCellXfs = true;
      if (name === 'xf' && inCellXfs) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(kindOfFormat(id, formats.get(id)));
      }
    },
    (name) => {
      if (name === 'cellXfs') inCellXfs = false;
    },
  );
  return styles;
}

/** ECMA-376 18.8.30: built-in ids 14–17 and 22 are dates, 27–36 and 50–58 those of Chinese editions. */
function kindOfFormat(id: number, code: string | undefined): 'date' | 'time' | undefined {
  if (code !== undefined) {
    const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '').split(';')[0] ?? '';
    if (!/[yd年月日]/i.test(bare)) return undefined;
    return /h/i.test(bare) ? 'time' : 'date';
  }
  if (id === 22) return 'time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58)
    return 'date';
  return undefined;
}

async function readStrings(zip: Zip): Promise<string[]> {
  if (zip.size('xl/sharedStrings.xml') > MAX_STRINGS) {
    throw new ReadError({
      code: 'too-large',
      text: { zh: '表格文字过多，请改用 CSV', en: 'the workbook holds too much text; use CSV instead' },
    });
  }
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = false;
  const parser = xmlParser('xl/sharedStrings.xml');
  parser.on('opentag', ({ name }) => {
    const local = bareName(name);
    if (local === 'si') text = '';
    else if (local === 'rPh') phonetic = true;
    else if (local === 't') inText = !phonetic;
  });
  parser.on('text', (piece) => {
    if (inText) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const local = bareName(name);
    if (local === 't') inText = false;
    else if (local === 'rPh') phonetic = false;
    else if (local === 'si') strings.push(text);
  });
  const decoder = new TextDecoder('utf-8');
  for await (const piece of zip.open('xl/sharedStrings.xml')) parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
  return strings;
}

/** A strict parser whose faults are `ReadError`s. DTDs are refused: XLSX has none, and entities in them are an attack. */
export function xmlParser(part: string): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', (cause) => {
    throw new ReadError({
      code: 'corrupt',
      text: { zh: `表格文件已损坏（${part}）`, en: `the workbook is damaged (${part})` },
      cause,
    });
  });
  parser.on('doctype', () => {
    throw new ReadError({
      code: 'corrupt',
      text: { zh: '不接受带 DTD 的文件', en: 'a file with a DTD is not accepted' },
    });
  });
  return parser;
}

/** Without a namespace prefix (some writers use `x:row`). */
export function bareName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function parseXml(
  xml: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
  close: (name: string) => void = () => undefined,
): void {
  const parser = xmlParser('xl');
  parser.on('opentag', (tag) => open(bareName(tag.name), tag.attributes as Record<string, string>));
  parser.on('closetag', (tag) => close(bareName(tag.name)));
  parser.write(xml.charCodeAt(0) === 0xfeff ? xml.slice(1) : xml).close();
}
