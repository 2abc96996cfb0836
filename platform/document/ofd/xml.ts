import { SaxesParser } from 'saxes';

/** Namespace of OFD (GB/T 33190-2016, 7.2). */
export const OFD_NAMESPACE = 'http://www.ofdspec.org/2016';

export type Attributes = Record<string, string | number | undefined>;

/** An element of OFD as text; children are texts of elements, or escaped character data. Attributes without a value are left out. */
export function xml(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(typeof value === 'number' ? decimal(value) : value)}"`],
  );
  const open = `ofd:${name}${pairs.join('')}`;
  return children.length === 0 ? `<${open}/>` : `<${open}>${children.join('')}</ofd:${name}>`;
}

/** A part of the package. */
export function xmlPart(name: string, attributes: Attributes, ...children: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(name, { 'xmlns:ofd': OFD_NAMESPACE, ...attributes }, ...children)}`;
}

/** Character data or an attribute's value; characters that XML does not have become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll(/[\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`)
  );
}

/** At most three places: a thousandth of a millimetre. */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new Error('no number');
  const text = value.toFixed(3).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** An element that was read: local name, attributes, child elements, own text. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

export class XmlError extends Error {}

const MAX_DEPTH = 200;

/** Reads a part. Declarations of types and entities are refused: no OFD needs them, and they are how XML is attacked. */
export function parseXml(source: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw new XmlError(error.message);
  });
  parser.on('doctype', () => {
    throw new XmlError('a part declares a document type');
  });
  parser.on('opentag', ({ local, attributes }) => {
    const plain = Object.fromEntries(Object.values(attributes).map((each) => [each.local, each.value]));
    const made: XmlElement = { name: local, attributes: plain, children: [], text: '' };
    if (stack.length >= MAX_DEPTH) throw new XmlError('nested too deep');
    stack.at(-1)?.children.push(made);
    root ??= made;
    stack.push(made);
  });
  parser.on('closetag', () => void stack.pop());
  const add = (text: string): void => {
    const top = stack.at(-1);
    if (top) top.text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(source.replace(/^\ufeff/, '')).close();
  if (!root) throw new XmlError('empty');
  return root;
}

export const one = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name);
export const all = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((each) => each.name === name) ?? [];
/** Numbers of a list such as a box; undefined where one is none. */
export function numbers(text: string | undefined): number[] | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const values = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return values.every(Number.isFinite) ? values : undefined;
}
