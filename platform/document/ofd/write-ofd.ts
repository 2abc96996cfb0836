import { zipSync, type Zippable } from 'fflate';
import { advanceOf, BLACK, type Box, type Colour, type Item, type OfdContent, type Page, widthOf } from './model.ts';
import { decimal, escapeXml as escaped, OFD_NAMESPACE, xml, xmlPart } from './xml.ts';

/** Parts of a package by their path. */
export type Parts = ReadonlyMap<string, Buffer>;

export const PATHS = {
  root: 'OFD.xml',
  document: 'Doc_0/Document.xml',
  signatures: 'Doc_0/Signs/Signatures.xml',
} as const;

/**
 * Writes an OFD (GB/T 33190-2016). The same content gives the same bytes: ids are counted, parts stand in one order, the archive has no time of
 * its own.
 */
export function writeOfd(content: OfdContent): Buffer {
  return packParts(ofdParts(content));
}

/** The ZIP of a package; its times are always those of the beginning of ZIP. */
export function packParts(parts: Parts): Buffer {
  const files: Zippable = Object.fromEntries(
    [...parts].map(([path, data]) => [path, [new Uint8Array(data), { mtime: new Date(1980, 0, 1), level: 9 }]]),
  );
  return Buffer.from(zipSync(files));
}

/** The parts of the package, unsigned. */
export function ofdParts(content: OfdContent): Map<string, Buffer> {
  const ids = counter();
  const fonts = content.fonts.map((font) => ({ ...font, id: ids() }));
  const images = (content.images ?? []).map((image) => ({ ...image, id: ids() }));
  const attachments = (content.attachments ?? []).map((each, at) => ({
    ...each,
    id: ids(),
    file: `file_${at}.${each.format}`,
  }));
  const tags: { name: string; page: number; object: number }[] = [];
  const pages = content.pages.map((page) => {
    const id = ids();
    return { id, xml: pageXml({ page, pageId: id, ids, fonts, images, tags }) };
  });
  const parts = new Map<string, string | Buffer>();
  parts.set(PATHS.root, rootXml(content));
  parts.set(
    PATHS.document,
    xmlPart(
      'Document',
      {},
      xml(
        'CommonData',
        {},
        xml('MaxUnitID', {}, String(ids() - 1)),
        xml('PageArea', {}, physicalBox(content.pages[0])),
        xml('PublicRes', {}, 'PublicRes.xml'),
        ...(images.length > 0 ? [xml('DocumentRes', {}, 'DocumentRes.xml')] : []),
      ),
      xml('Pages', {}, ...pages.map(({ id }, at) => xml('Page', { ID: id, BaseLoc: `Pages/Page_${at}/Content.xml` }))),
      ...(tags.length > 0 ? [xml('CustomTags', {}, 'Tags/CustomTags.xml')] : []),
      ...(attachments.length > 0 ? [xml('Attachments', {}, 'Attachs/Attachments.xml')] : []),
    ),
  );
  parts.set(
    'Doc_0/PublicRes.xml',
    xmlPart(
      'Res',
      { BaseLoc: 'Res' },
      xml(
        'Fonts',
        {},
        ...fonts.map(({ id, name, family, bold, data }) =>
          xml(
            'Font',
            { ID: id, FontName: name, FamilyName: family ?? name, Bold: bold ? 'true' : undefined },
            ...(data ? [xml('FontFile', {}, `font_${id}.otf`)] : []),
          ),
        ),
      ),
    ),
  );
  if (images.length > 0)
    parts.set(
      'Doc_0/DocumentRes.xml',
      xmlPart(
        'Res',
        { BaseLoc: 'Res' },
        xml(
          'MultiMedias',
          {},
          ...images.map(({ id, format }) =>
            xml(
              'MultiMedia',
              { ID: id, Type: 'Image', Format: format },
              xml('MediaFile', {}, `image_${id}.${format.toLowerCase()}`),
            ),
          ),
        ),
      ),
    );
  pages.forEach((page, at) => parts.set(`Doc_0/Pages/Page_${at}/Content.xml`, page.xml));
  for (const { id, data } of fonts) if (data) parts.set(`Doc_0/Res/font_${id}.otf`, data);
  for (const { id, format, data } of images) parts.set(`Doc_0/Res/image_${id}.${format.toLowerCase()}`, data);
  if (tags.length > 0) {
    parts.set(
      'Doc_0/Tags/CustomTags.xml',
      xmlPart('CustomTags', {}, xml('CustomTag', { NameSpace: TAGS }, xml('FileLoc', {}, 'CustomTag.xml'))),
    );
    parts.set('Doc_0/Tags/CustomTag.xml', tagsXml(tags));
  }
  if (attachments.length > 0) {
    const list = attachments.map(({ id, name, format, data, file }) =>
      xml(
        'Attachment',
        {
          ID: id,
          Name: name,
          Format: format,
          Size: data.length / 1024,
          Visible: 'false',
          CreationDate: `${content.date}T00:00:00`,
        },
        xml('FileLoc', {}, file),
      ),
    );
    parts.set('Doc_0/Attachs/Attachments.xml', xmlPart('Attachments', {}, ...list));
    for (const { file, data } of attachments) parts.set(`Doc_0/Attachs/${file}`, data);
  }
  return new Map([...parts].map(([path, part]) => [path, typeof part === 'string' ? Buffer.from(part, 'utf8') : part]));
}

/** Namespace of the custom tags that this house writes. */
const TAGS = 'urn:smart-district:ofd-tags';

function rootXml(content: OfdContent): string {
  const { id, title, author, subject, date, custom } = content;
  const text = (name: string, value: string | undefined) =>
    value === undefined ? [] : [xml(name, {}, escaped(value))];
  const datas = Object.entries(custom ?? {}).map(([name, value]) => xml('CustomData', { Name: name }, escaped(value)));
  return xmlPart(
    'OFD',
    { Version: '1.1', DocType: 'OFD' },
    xml(
      'DocBody',
      {},
      xml(
        'DocInfo',
        {},
        xml('DocID', {}, id),
        ...text('Title', title),
        ...text('Author', author),
        ...text('Subject', subject),
        xml('CreationDate', {}, date),
        xml('Creator', {}, 'smart-district'),
        ...(datas.length > 0 ? [xml('CustomDatas', {}, ...datas)] : []),
      ),
      xml('DocRoot', {}, PATHS.document),
    ),
  );
}

type Ids = () => number;
function counter(): Ids {
  let last = 0;
  return () => (last += 1);
}

function pageXml(options: {
  page: Page;
  pageId: number;
  ids: Ids;
  fonts: readonly { id: number }[];
  images: readonly { id: number }[];
  tags: { name: string; page: number; object: number }[];
}): string {
  const { page, pageId, ids, fonts, images, tags } = options;
  const layer = ids();
  const objects = page.items.map((item) => {
    const id = ids();
    if (item.kind === 'text' && item.tag !== undefined) tags.push({ name: item.tag, page: pageId, object: id });
    return itemXml(item, id, { fonts, images });
  });
  return xmlPart(
    'Page',
    {},
    xml('Area', {}, physicalBox(page)),
    xml('Content', {}, xml('Layer', { ID: layer, Type: 'Body' }, ...objects)),
  );
}

const boxText = ({ x, y, width, height }: Box): string => [x, y, width, height].map(decimal).join(' ');
const physicalBox = (page: Page | undefined): string =>
  xml('PhysicalBox', {}, boxText({ x: 0, y: 0, width: page?.width ?? 210, height: page?.height ?? 297 }));
const colour = (name: string, value: Colour): string => xml(name, { Value: value.join(' ') });

function itemXml(
  item: Item,
  id: number,
  res: { fonts: readonly { id: number }[]; images: readonly { id: number }[] },
): string {
  switch (item.kind) {
    case 'text': {
      const { x, y, size, text } = item;
      const advances = item.advances ?? [...text].slice(0, -1).map((character) => advanceOf(character) * size);
      const width = item.advances ? item.advances.reduce((sum, each) => sum + each, size) : widthOf(text, size);
      const font = res.fonts[item.font]?.id;
      if (font === undefined) throw new Error(`font ${item.font} is not in the document`);
      // The base line lies at the font's height below the corner of its box; a third more has room for what hangs below.
      const box = { x, y: y - size, width: Math.max(width, 0.1), height: size * 1.33 };
      return xml(
        'TextObject',
        { ID: id, Boundary: boxText(box), Font: font, Size: size },
        colour('FillColor', item.colour ?? BLACK),
        xml('TextCode', { X: 0, Y: size, DeltaX: advances.length > 0 ? deltas(advances) : undefined }, escaped(text)),
      );
    }
    case 'path':
      return xml(
        'PathObject',
        {
          ID: id,
          Boundary: boxText(item.box),
          LineWidth: item.stroke?.width,
          Stroke: String(item.stroke !== undefined),
          Fill: String(item.fill !== undefined),
        },
        ...(item.stroke ? [colour('StrokeColor', item.stroke.colour)] : []),
        ...(item.fill ? [colour('FillColor', item.fill)] : []),
        xml('AbbreviatedData', {}, escaped(item.data)),
      );
    case 'image': {
      const image = res.images[item.image]?.id;
      if (image === undefined) throw new Error(`image ${item.image} is not in the document`);
      const { width, height } = item.box;
      return xml('ImageObject', {
        ID: id,
        Boundary: boxText(item.box),
        CTM: `${decimal(width)} 0 0 ${decimal(height)} 0 0`,
        ResourceID: image,
      });
    }
    default:
      return item satisfies never;
  }
}

/** Equal distances in a row are written as `g count distance` (11.3, table 46). */
function deltas(advances: readonly number[]): string {
  const texts = advances.map(decimal);
  const out: string[] = [];
  for (let at = 0; at < texts.length; ) {
    let end = at;
    while (end < texts.length && texts[end] === texts[at]) end += 1;
    const [count, value = ''] = [end - at, texts[at]];
    out.push(...(count > 2 ? ['g', String(count), value] : Array<string>(count).fill(value)));
    at = end;
  }
  return out.join(' ');
}

function tagsXml(tags: readonly { name: string; page: number; object: number }[]): string {
  const refs = tags.map(
    ({ name, page, object }) => `<t:${name}>${xml('ObjectRef', { PageRef: page }, String(object))}</t:${name}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<t:tags xmlns:t="${TAGS}" xmlns:ofd="${OFD_NAMESPACE}">${refs.join('')}</t:tags>`;
}
