import { readZip, type Zip, ZipError } from '../zip/read-zip.ts';
import { advanceOf, type Attachment, BLACK, type Box, type Colour, type Font, type Image } from './model.ts';
import { all, numbers, one, parseXml, type XmlElement, XmlError } from './xml.ts';

/** What stands on a page that was read. Foreign files turn and shear; the writer's subset does not. */
export type ReadItem = { box: Box; matrix?: readonly number[] } & (
  | {
      kind: 'text';
      font: string;
      size: number;
      colour: Colour;
      runs: { x: number; y: number; text: string; advances: number[] }[];
    }
  | { kind: 'path'; data: string; stroke?: { width: number; colour: Colour }; fill?: Colour; evenOdd?: true }
  | { kind: 'image'; image: string }
);

export type ReadPage = { id: string; width: number; height: number; items: ReadItem[] };

/** A document that was read. Resources go by the ids of the file. */
export type OfdDocument = {
  id: string;
  title: string;
  author?: string;
  date?: string;
  custom: Record<string, string>;
  pages: ReadPage[];
  fonts: Map<string, Font>;
  images: Map<string, Image>;
  attachments: Attachment[];
  /** Values of custom tags, by name. */
  tags: Record<string, string>;
  /** Paths of the lists of signatures. */
  signatures?: string;
};

/** Why a file is not read as OFD. */
export class OfdError extends Error {}

const PART = 32 * 1024 ** 2;
const PAGES = 2_000;

/**
 * Reads an OFD: pages with text, paths and images, templates, resources, attachments, metadata. What it does not know it leaves out. OfdError
 * for what is none, for bombs and for paths that lead out of the package.
 */
export function readOfd(file: Buffer): OfdDocument {
  try {
    return readDocument(readZip(file));
  } catch (error) {
    if (error instanceof ZipError || error instanceof XmlError) throw new OfdError(error.message);
    throw error;
  }
}

/** Path of a part that another names: absolute, or from where the other stands. */
export function resolvePart(from: string, location: string): string {
  const plain = location.trim().replaceAll('\\', '/');
  const parts = plain.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const piece of plain.split('/')) {
    if (piece === '' || piece === '.') continue;
    if (piece !== '..') parts.push(piece);
    else if (parts.pop() === undefined) throw new OfdError(`${location} leads out of the package`);
  }
  return parts.join('/');
}

function readDocument(zip: Zip): OfdDocument {
  const part = (path: string): XmlElement => {
    if (!zip.has(path)) throw new OfdError(`${path} is missing`);
    return parseXml(zip.text(path, PART));
  };
  const body = one(part('OFD.xml'), 'DocBody');
  const info = one(body, 'DocInfo');
  const root = one(body, 'DocRoot')?.text;
  if (root === undefined) throw new OfdError('OFD.xml names no document');
  const path = resolvePart('OFD.xml', root);
  const document = part(path);
  const common = one(document, 'CommonData');
  const resources = readResources({ zip, part, path, common });
  const templates = new Map(
    all(common, 'TemplatePage').map(({ attributes }) => [
      attributes.ID ?? '',
      resolvePart(path, attributes.BaseLoc ?? ''),
    ]),
  );
  const pageBox = boxOf(one(one(common, 'PageArea'), 'PhysicalBox')?.text);
  const pages = all(one(document, 'Pages'), 'Page')
    .slice(0, PAGES)
    .map(({ attributes }): ReadPage => {
      const location = resolvePart(path, attributes.BaseLoc ?? '');
      const page = part(location);
      const box = boxOf(one(one(page, 'Area'), 'PhysicalBox')?.text) ??
        pageBox ?? { x: 0, y: 0, width: 210, height: 297 };
      const below: ReadItem[] = [];
      const above: ReadItem[] = [];
      for (const { attributes: template } of all(page, 'Template')) {
        const source = templates.get(template.TemplateID ?? '');
        if (source !== undefined && zip.has(source))
          (template.ZOrder === 'Foreground' ? above : below).push(
            ...itemsOf(one(part(source), 'Content'), resources.params),
          );
      }
      return {
        id: attributes.ID ?? '',
        width: box.width,
        height: box.height,
        items: [...below, ...itemsOf(one(page, 'Content'), resources.params), ...above],
      };
    });
  const custom = all(one(info, 'CustomDatas'), 'CustomData').map(({ attributes, text }) => [
    attributes.Name ?? '',
    text,
  ]);
  const signatures = one(body, 'Signatures')?.text;
  return {
    id: one(info, 'DocID')?.text ?? '',
    title: one(info, 'Title')?.text ?? '',
    author: one(info, 'Author')?.text,
    date: one(info, 'CreationDate')?.text,
    custom: Object.fromEntries(custom) as Record<string, string>,
    pages,
    fonts: resources.fonts,
    images: resources.images,
    attachments: attachmentsOf({ zip, part, path, document }),
    tags: tagsOf({ zip, part, path, document, pages: all(one(document, 'Pages'), 'Page') }),
    signatures: signatures === undefined ? undefined : resolvePart('OFD.xml', signatures),
  };
}

type Reading = { zip: Zip; part(path: string): XmlElement; path: string };

function readResources({ zip, part, path, common }: Reading & { common: XmlElement | undefined }) {
  const fonts = new Map<string, Font>();
  const images = new Map<string, Image>();
  const params: Params = new Map();
  for (const { text } of [...all(common, 'PublicRes'), ...all(common, 'DocumentRes')]) {
    const location = resolvePart(path, text);
    if (!zip.has(location)) continue;
    const res = part(location);
    const base = resolvePart(location, res.attributes.BaseLoc ?? '');
    const file = (name: string | undefined): Buffer | undefined => {
      if (name === undefined) return undefined;
      const found = [resolvePart(`${base}/x`, name), resolvePart(location, name)].find((each) => zip.has(each));
      return found === undefined ? undefined : zip.bytes(found, PART);
    };
    for (const font of all(one(res, 'Fonts'), 'Font')) {
      const { ID = '', FontName: name = '', FamilyName: family, Bold } = font.attributes;
      fonts.set(ID, { name, family, bold: Bold === 'true', data: file(one(font, 'FontFile')?.text) });
    }
    for (const media of all(one(res, 'MultiMedias'), 'MultiMedia')) {
      const data = media.attributes.Type === 'Image' ? file(one(media, 'MediaFile')?.text) : undefined;
      const format = data && imageFormat(data);
      if (data && format) images.set(media.attributes.ID ?? '', { format, data });
    }
    for (const param of all(one(res, 'DrawParams'), 'DrawParam')) params.set(param.attributes.ID ?? '', param);
  }
  return { fonts, images, params };
}

function imageFormat(data: Buffer): Image['format'] | undefined {
  if (data.subarray(0, 4).equals(Buffer.from('89504e47', 'hex'))) return 'PNG';
  return data.subarray(0, 2).equals(Buffer.from('ffd8', 'hex')) ? 'JPEG' : undefined;
}

/** Drawing parameters (绘制参数) that objects refer to. */
type Params = Map<string, XmlElement>;

function itemsOf(content: XmlElement | undefined, params: Params): ReadItem[] {
  return all(content, 'Layer').flatMap((layer) => objectsOf(layer, params, layer.attributes.DrawParam));
}

function objectsOf(parent: XmlElement, params: Params, inherited: string | undefined): ReadItem[] {
  return parent.children.flatMap((object): ReadItem[] => {
    const { attributes } = object;
    if (object.name === 'PageBlock') return objectsOf(object, params, inherited);
    const box = boxOf(attributes.Boundary);
    if (!box || attributes.Visible === 'false') return [];
    const matrix = numbers(attributes.CTM);
    const drawn = params.get(attributes.DrawParam ?? inherited ?? '');
    const place = { box, ...(matrix?.length === 6 ? { matrix } : {}) };
    const paint = (name: string): Colour | undefined => colourOf(one(object, name)) ?? colourOf(one(drawn, name));
    switch (object.name) {
      case 'TextObject': {
        const size = Number(attributes.Size ?? 0);
        const runs = all(object, 'TextCode').map(({ attributes: code, text: written }) => {
          // Some files are indented for people; a text that is set in a line has no line's end of its own.
          const text = written.replaceAll(/^\s*\n\s*|\s*\n\s*$/g, '');
          const characters = [...text];
          const given = deltasOf(code.DeltaX);
          const advances = characters.slice(0, -1).map((character, at) => given?.[at] ?? advanceOf(character) * size);
          return { x: Number(code.X ?? 0), y: Number(code.Y ?? 0), text, advances };
        });
        return [
          { ...place, kind: 'text', font: attributes.Font ?? '', size, colour: paint('FillColor') ?? BLACK, runs },
        ];
      }
      case 'PathObject': {
        // Patterns and gradients are not drawn; their base colour would hide what stands below.
        const filled = (one(object, 'FillColor')?.children.length ?? 0) === 0;
        const width = Number(attributes.LineWidth ?? drawn?.attributes.LineWidth ?? 0.353);
        return [
          {
            ...place,
            kind: 'path',
            data: one(object, 'AbbreviatedData')?.text ?? '',
            ...(attributes.Stroke === 'false' ? {} : { stroke: { width, colour: paint('StrokeColor') ?? BLACK } }),
            ...(filled && attributes.Fill === 'true' ? { fill: paint('FillColor') ?? BLACK } : {}),
            ...(attributes.Rule === 'Even-Odd' ? { evenOdd: true } : {}),
          },
        ];
      }
      case 'ImageObject':
        return [{ ...place, kind: 'image', image: attributes.ResourceID ?? '' }];
      default:
        return [];
    }
  });
}

function boxOf(text: string | undefined): Box | undefined {
  const [x, y, width, height] = numbers(text) ?? [];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : { x, y, width, height };
}

function colourOf(element: XmlElement | undefined): Colour | undefined {
  const [red, green, blue] = numbers(element?.attributes.Value) ?? [];
  if (red === undefined) return undefined;
  // One number is a grey of the default grey space.
  return [red, green ?? red, blue ?? red].map((each) =>
    Math.max(0, Math.min(255, Math.round(each))),
  ) as unknown as Colour;
}

/** Most distances of one text. */
const DELTAS = 20_000;

function deltasOf(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const words = text.trim().split(/[\s,]+/);
  const values: number[] = [];
  for (let at = 0; at < words.length && values.length < DELTAS; ) {
    if (words[at] !== 'g') values.push(Number(words[at++]));
    else {
      const [count, value] = [Number(words[at + 1]), Number(words[at + 2])];
      for (let n = 0; n < Math.min(count || 0, DELTAS); n += 1) values.push(value);
      at += 3;
    }
  }
  return values.map((each) => (Number.isFinite(each) ? each : 0));
}

function attachmentsOf({ zip, part, path, document }: Reading & { document: XmlElement }): Attachment[] {
  const location = one(document, 'Attachments')?.text;
  if (location === undefined) return [];
  const list = resolvePart(path, location);
  if (!zip.has(list)) return [];
  return all(part(list), 'Attachment').flatMap((each) => {
    const file = resolvePart(list, one(each, 'FileLoc')?.text ?? '');
    if (!zip.has(file)) return [];
    return [{ name: each.attributes.Name ?? '', format: each.attributes.Format ?? '', data: zip.bytes(file, PART) }];
  });
}

/** Texts that custom tags point to. */
function tagsOf({
  zip,
  part,
  path,
  document,
  pages,
}: Reading & { document: XmlElement; pages: XmlElement[] }): Record<string, string> {
  const location = one(document, 'CustomTags')?.text;
  const list = location === undefined ? undefined : resolvePart(path, location);
  if (list === undefined || !zip.has(list)) return {};
  const texts = new Map<string, string>();
  for (const { attributes } of pages) collectTexts(part(resolvePart(path, attributes.BaseLoc ?? '')), texts);
  const found: Record<string, string> = {};
  for (const tag of all(part(list), 'CustomTag')) {
    const file = resolvePart(list, one(tag, 'FileLoc')?.text ?? '');
    for (const each of zip.has(file) ? part(file).children : []) {
      const text = texts.get(one(each, 'ObjectRef')?.text.trim() ?? '');
      if (text !== undefined) found[each.name] = text;
    }
  }
  return found;
}

function collectTexts(element: XmlElement, into: Map<string, string>): void {
  if (element.name === 'TextObject')
    into.set(
      element.attributes.ID ?? '',
      all(element, 'TextCode')
        .map(({ text }) => text)
        .join(''),
    );
  for (const inner of element.children) collectTexts(inner, into);
}
