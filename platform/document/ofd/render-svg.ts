import { decimal, escapeXml } from './xml.ts';
import type { Colour } from './model.ts';
import type { OfdDocument, ReadItem, ReadPage } from './read-ofd.ts';

/** A seal that is shown on a page: where, and the picture of its structure. */
export type ShownSeal = {
  page: string;
  x: number;
  y: number;
  width: number;
  height: number;
  type: string;
  data: Buffer;
};

/**
 * A page as SVG, in millimetres. It holds no script, no link and nothing from outside: fonts and pictures are within, texts are escaped, paths are
 * rebuilt number by number. Pictures that are SVG themselves (seals) stand in an `<image>`, where nothing of them runs.
 */
export function renderPage(document: OfdDocument, page: ReadPage, seals: readonly ShownSeal[] = []): string {
  const used = new Set(page.items.flatMap((item) => (item.kind === 'text' ? [item.font] : [])));
  const faces = [...used].flatMap((id) => {
    const font = document.fonts.get(id);
    return font?.data
      ? [`@font-face{font-family:"${familyOf(id)}";src:url(data:font/otf;base64,${font.data.toString('base64')})}`]
      : [];
  });
  const items = page.items.map((item) => placed(item, contentOf(document, item)));
  const stamps = seals.filter((seal) => seal.page === page.id).map(sealImage);
  const size = `width="${decimal(page.width)}mm" height="${decimal(page.height)}mm" viewBox="0 0 ${decimal(page.width)} ${decimal(page.height)}"`;
  const style = faces.length > 0 ? `<style>${faces.join('')}</style>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${style}<rect width="100%" height="100%" fill="#fff"/>${items.join('')}${stamps.join('')}</svg>`;
}

function placed({ box, matrix }: ReadItem, content: string): string {
  const turn = matrix ? ` matrix(${matrix.map(decimal).join(' ')})` : '';
  return content === '' ? '' : `<g transform="translate(${decimal(box.x)} ${decimal(box.y)})${turn}">${content}</g>`;
}

function contentOf(document: OfdDocument, item: ReadItem): string {
  switch (item.kind) {
    case 'text':
      return item.runs
        .map(({ x, y, text, advances }) => {
          let at = x;
          const places = [x, ...advances.map((advance) => (at += advance))].map(decimal).join(' ');
          const { name = '', bold } = document.fonts.get(item.font) ?? {};
          const weight = bold ? ' font-weight="bold"' : '';
          return `<text x="${places}" y="${decimal(y)}" font-size="${decimal(item.size)}" font-family="${escapeXml(`"${familyOf(item.font)}", "${name.replaceAll('"', '')}", serif`)}" fill="${paint(item.colour)}"${weight} xml:space="preserve">${escapeXml(text)}</text>`;
        })
        .join('');
    case 'path': {
      const line = item.stroke
        ? ` stroke="${paint(item.stroke.colour)}" stroke-width="${decimal(item.stroke.width)}"`
        : '';
      const rule = item.evenOdd ? ' fill-rule="evenodd"' : '';
      return `<path d="${pathOf(item.data)}" fill="${item.fill ? paint(item.fill) : 'none'}"${rule}${line}/>`;
    }
    case 'image': {
      const image = document.images.get(item.image);
      if (!image) return '';
      // The picture fills the unit square, which the matrix of the object makes as large as it is; without one it fills its box.
      const [width, height] = item.matrix ? [1, 1] : [item.box.width, item.box.height];
      return imageTag(`image/${image.format.toLowerCase()}`, image.data, { width, height });
    }
    default:
      return item satisfies never;
  }
}

const PICTURES: Record<string, string> = {
  PNG: 'image/png',
  JPG: 'image/jpeg',
  JPEG: 'image/jpeg',
  GIF: 'image/gif',
  BMP: 'image/bmp',
  SVG: 'image/svg+xml',
};

function sealImage({ x, y, width, height, type, data }: ShownSeal): string {
  const media = PICTURES[type.toUpperCase()];
  return media === undefined
    ? ''
    : `<g transform="translate(${decimal(x)} ${decimal(y)})">${imageTag(media, data, { width, height })}</g>`;
}

function imageTag(media: string, data: Buffer, { width, height }: { width: number; height: number }): string {
  return `<image width="${decimal(width)}" height="${decimal(height)}" preserveAspectRatio="none" href="data:${media};base64,${data.toString('base64')}"/>`;
}

const paint = (colour: Colour): string => `rgb(${colour.join(' ')})`;
const familyOf = (id: string): string => `f${id.replaceAll(/\W/g, '')}`;

/** Operands of the commands of a path (GB/T 33190-2016, table 36), and what SVG calls them. */
const COMMANDS: Record<string, { svg: string; operands: number }> = {
  S: { svg: 'M', operands: 2 },
  M: { svg: 'M', operands: 2 },
  L: { svg: 'L', operands: 2 },
  Q: { svg: 'Q', operands: 4 },
  B: { svg: 'C', operands: 6 },
  A: { svg: 'A', operands: 7 },
  C: { svg: 'Z', operands: 0 },
};

/** A path in SVG's letters; it ends where something is no command or no number. */
export function pathOf(data: string): string {
  // Commands stand apart by the standard, and close to their numbers in some files.
  const words = data.match(/[A-Za-z]|[-+]?[\d.]+(?:e[-+]?\d+)?|[^\s,]/g) ?? [];
  const out: string[] = [];
  for (let at = 0; at < words.length; ) {
    const command = COMMANDS[words[at] ?? ''];
    if (!command) break;
    const operands = words.slice(at + 1, at + 1 + command.operands).map(Number);
    if (operands.length < command.operands || !operands.every(Number.isFinite)) break;
    out.push([command.svg, ...operands.map(decimal)].join(' '));
    at += 1 + command.operands;
  }
  return out.join(' ');
}
