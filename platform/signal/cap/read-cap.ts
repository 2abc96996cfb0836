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
  const value = objectOf(root, 'alert');
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
  parser.on('processinginstruction', () => {
    throw new CapError('a processing instruction');
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

function objectOf(element: Element, kind: keyof typeof ORDER): Record<string, unknown> {
  const order = ORDER[kind] as readonly string[];
  const value: Record<string, unknown> = kind === 'alert' ? { info: [] } : {};
  let last = -1;
  for (const child of element.children) {
    const place = order.indexOf(child.name);
    if (place < 0) throw new CapError(`${element.name} has no ${child.name}`);
    const list = LISTS.includes(child.name);
    if (place < last || (place === last && !list))
      throw new CapError(`${child.name} is out of place in ${element.name}`);
    last = place;
    // The picture itself is not taken in with a message; its address is.
    if (child.name === 'derefUri') continue;
    const one = valueOf(child);
    if (one === undefined) continue;
    if (list) value[child.name] = [...((value[child.name] as unknown[] | undefined) ?? []), one];
    else value[child.name] = one;
  }
  return value;
}

function valueOf(element: Element): unknown {
  const { name } = element;
  if (name === 'info' || name === 'area' || name === 'resource') return objectOf(element, name);
  if (PAIRS.includes(name)) return objectOf(element, 'pair');
  if (element.children.length > 0) throw new CapError(`${name} holds text only`);
  const text = element.text.trim();
  // Some senders write what they leave out as an empty element.
  if (text === '') return undefined;
  switch (name) {
    case 'polygon':
      return text.split(/\s+/).map((point) => pointOf(point));
    case 'circle': {
      const [centre = '', radius = ''] = text.split(/\s+/);
      const [lat, lon] = pointOf(centre);
      return { lat, lon, radiusKm: numberOf(radius) };
    }
    case 'altitude':
    case 'ceiling':
    case 'size':
      return numberOf(text);
    case 'digest':
      return text.toLowerCase();
    case 'addresses':
    case 'incidents':
      return [...text.matchAll(/"([^"]+)"|(\S+)/g)].map(([, inMarks, bare]) => inMarks ?? bare);
    case 'references':
      return text.split(/\s+/).map((reference) => {
        const [sender, identifier, sent, ...rest] = reference.split(',');
        if (!sender || !identifier || !sent || rest.length > 0)
          throw new CapError(`no reference: ${reference.slice(0, 100)}`);
        return { sender, identifier, sent };
      });
    default:
      return text;
  }
}

function pointOf(text: string): [number, number] {
  const [lat, lon, ...rest] = text.split(',');
  if (lat === undefined || lon === undefined || rest.length > 0) throw new CapError(`no point: ${text.slice(0, 50)}`);
  return [numberOf(lat), numberOf(lon)];
}

function numberOf(text: string): number {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new CapError(`no number: ${text.slice(0, 50)}`);
  return Number(text);
}
