import { SaxesParser } from 'saxes';
import { Compile } from 'typebox/compile';
import { type CapFault, type CapMessage, MessageSchema, messageFaults } from './message.ts';
import { CAP_NAMESPACE } from './write-cap.ts';

/** Largest message, bytes; and how deep elements may lie in each other (the standard needs 5). */
export const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 8;
const MAX_ELEMENTS = 5_000;

export class CapError extends Error {
  readonly faults: readonly CapFault[];
  constructor(message: string, faults: readonly CapFault[] = []) {
    super(message);
    this.faults = faults;
  }
}

type Element = { name: string; text: string; children: Element[] };

const compiled = Compile(MessageSchema);
const PAIRS = ['eventCode', 'parameter', 'geocode'];
const LISTS = ['category', 'responseType', 'code', 'polygon', 'circle', 'info', 'area', 'resource', ...PAIRS];

/**
 * Reads a message (接收 CAP). No document type, no entities but the five of XML, no other encoding than UTF-8, bounded in size and depth. Strict in what
 * means something, and passes over extensions and signatures of other namespaces (§3.3.4). A message that the standard does not allow is refused
 * with the place of each fault.
 */
export function readCap(bytes: Uint8Array): CapMessage {
  const root = parse(textOf(bytes));
  if (root.name !== 'alert') throw new CapError('the root is no alert');
  const value = objectOf(root, 'alert', '');
  if (!compiled.Check(value)) {
    const faults = [...compiled.Errors(value)].slice(0, 20).map(({ instancePath, message }) => ({
      pointer: instancePath,
      zh: `不符合 CAP 1.2：${message}`,
      en: `is not as CAP 1.2 wants it: ${message}`,
    }));
    throw new CapError('not a message of CAP 1.2', faults);
  }
  const faults = messageFaults(value);
  if (faults.length > 0) throw new CapError('a message that CAP 1.2 does not allow', faults);
  return value;
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) throw new CapError(`larger than ${MAX_BYTES} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new CapError('not UTF-8');
  }
}

function parse(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const stack: Element[] = [];
  let root: Element | undefined;
  /** Inside an extension of another namespace: how deep. */
  let foreign = 0;
  let elements = 0;
  parser.on('error', (error) => {
    throw new CapError(error.message);
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') throw new CapError('another encoding than UTF-8');
  });
  parser.on('doctype', () => {
    throw new CapError('a document type is declared');
  });
  // Weather services name a style sheet for people; it is never fetched.
  parser.on('processinginstruction', ({ target }) => {
    if (target !== 'xml-stylesheet') throw new CapError('a processing instruction');
  });
  parser.on('opentag', ({ local, uri }) => {
    if ((elements += 1) > MAX_ELEMENTS) throw new CapError('too many elements');
    if (foreign > 0 || uri !== CAP_NAMESPACE) {
      if (stack.length === 0) throw new CapError(`not of the namespace ${CAP_NAMESPACE}`);
      foreign += 1;
      if (foreign > MAX_ELEMENTS / 10) throw new CapError('nested too deep');
      return;
    }
    if (stack.length >= MAX_DEPTH) throw new CapError('nested too deep');
    const element: Element = { name: local, text: '', children: [] };
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    stack.push(element);
  });
  const say = (part: string): void => {
    const element = stack.at(-1);
    if (element && foreign === 0) element.text += part;
  };
  parser.on('text', say);
  parser.on('cdata', say);
  parser.on('closetag', () => {
    if (foreign > 0) foreign -= 1;
    else stack.pop();
  });
  parser.write(text).close();
  if (!root) throw new CapError('empty');
  return root;
}

/** The order of the schema's sequences, for elements that hold others. */
const ORDER: Record<string, readonly string[]> = {
  alert: [
    'identifier',
    'sender',
    'sent',
    'status',
    'msgType',
    'source',
    'scope',
    'restriction',
    'addresses',
    'code',
    'note',
    'references',
    'incidents',
    'info',
  ],
  info: [
    'language',
    'category',
    'event',
    'responseType',
    'urgency',
    'severity',
    'certainty',
    'audience',
    'eventCode',
    'effective',
    'onset',
    'expires',
    'senderName',
    'headline',
    'description',
    'instruction',
    'web',
    'contact',
    'parameter',
    'resource',
    'area',
  ],
  area: ['areaDesc', 'polygon', 'circle', 'geocode', 'altitude', 'ceiling'],
  resource: ['resourceDesc', 'mimeType', 'size', 'uri', 'derefUri', 'digest'],
  pair: ['valueName', 'value'],
};

/** A fault at its place in the message. */
function faulty(pointer: string, zh: string, en: string): CapError {
  return new CapError(en, [{ pointer, zh, en }]);
}

function objectOf(element: Element, kind: keyof typeof ORDER, path: string): Record<string, unknown> {
  const order = ORDER[kind] as readonly string[];
  const value: Record<string, unknown> = kind === 'alert' ? { info: [] } : {};
  let last = -1;
  for (const child of element.children) {
    const { name } = child;
    const place = order.indexOf(name);
    const earlier = (value[name] as unknown[] | undefined) ?? [];
    const list = LISTS.includes(name);
    const here = list ? `${path}/${name}/${earlier.length}` : `${path}/${name}`;
    if (place < 0) throw faulty(here, `${element.name} 没有元素 ${name}`, `${element.name} has no ${name}`);
    if (place < last || (place === last && !list))
      throw faulty(here, `${name} 的位置不对`, `${name} is out of place in ${element.name}`);
    last = place;
    // The picture itself is not taken in with a message; its address is.
    if (name === 'derefUri') continue;
    const one = valueOf(child, here);
    if (one === undefined) continue;
    value[name] = list ? [...earlier, one] : one;
  }
  return value;
}

function valueOf(element: Element, path: string): unknown {
  const { name } = element;
  if (name === 'info' || name === 'area' || name === 'resource') return objectOf(element, name, path);
  if (PAIRS.includes(name)) {
    const pair = objectOf(element, 'pair', path);
    // A name without a value says nothing; weather services write such.
    return element.children.length === 2 && pair.value === undefined ? undefined : pair;
  }
  if (element.children.length > 0) throw faulty(path, `${name} 只能是文字`, `${name} holds text only`);
  const text = element.text.trim();
  // Some senders write what they leave out as an empty element.
  if (text === '') return undefined;
  switch (name) {
    case 'polygon':
      return text.split(/\s+/).map((point) => pointOf(point, path));
    case 'circle': {
      const [centre = '', radius, ...rest] = text.split(/\s+/);
      const [lat, lon] = pointOf(centre, path);
      if (radius === undefined)
        throw faulty(
          path,
          '圆形区域缺少半径，应为“纬度,经度 半径（公里）”，例如 31.23,121.48 1.5',
          'the circle has no radius: it is “latitude,longitude radius in km”, such as 31.23,121.48 1.5',
        );
      if (rest.length > 0)
        throw faulty(
          path,
          `圆形区域只有圆心和半径，多出：${rest.join(' ').slice(0, 50)}`,
          `a circle is a centre and a radius, this is too much: ${rest.join(' ').slice(0, 50)}`,
        );
      return { lat, lon, radiusKm: numberOf(radius, path) };
    }
    case 'altitude':
    case 'ceiling':
    case 'size':
      return numberOf(text, path);
    case 'digest':
      return text.toLowerCase();
    case 'addresses':
    case 'incidents':
      return [...text.matchAll(/"([^"]+)"|(\S+)/g)].map(([, inMarks, bare]) => inMarks ?? bare);
    case 'references':
      return text.split(/\s+/).map((reference) => {
        const [sender, identifier, sent, ...rest] = reference.split(',');
        if (!sender || !identifier || !sent || rest.length > 0) {
          const shown = reference.slice(0, 100);
          throw faulty(path, `应为 发布者,标识,时间：${shown}`, `must be sender,identifier,sent: ${shown}`);
        }
        return { sender, identifier, sent };
      });
    default:
      return text;
  }
}

function pointOf(text: string, path: string): [number, number] {
  const [lat, lon, ...rest] = text.split(',');
  if (!lat || !lon || rest.length > 0)
    throw faulty(
      path,
      `不是坐标，应为“纬度,经度”：${text.slice(0, 50)}`,
      `no point, it is “latitude,longitude”: ${text.slice(0, 50)}`,
    );
  return [numberOf(lat, path), numberOf(lon, path)];
}

function numberOf(text: string, path: string): number {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text))
    throw faulty(path, `不是数：${text.slice(0, 50)}`, `no number: ${text.slice(0, 50)}`);
  return Number(text);
}
