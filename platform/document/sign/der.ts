/**
 * DER (ITU-T X.690): as much of it as certificates and electronic seals need. Encoding is deterministic; decoding takes nothing but DER, so that
 * what was decoded and encoded again is the same, byte by byte.
 */

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;
const CONTEXT = 0xa0;

export class DerError extends Error {}

export function element(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(TAG.sequence, Buffer.concat(parts));
export const set = (...parts: readonly Uint8Array[]): Buffer => element(TAG.set, Buffer.concat(parts));
export const octets = (bytes: Uint8Array): Buffer => element(TAG.octets, bytes);
/** A bit string of whole bytes. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer =>
  element(TAG.bits, Buffer.concat([Buffer.from([unused]), bytes]));
export const utf8 = (text: string): Buffer => element(TAG.utf8, Buffer.from(text, 'utf8'));
export const bool = (value: boolean): Buffer => element(TAG.boolean, Buffer.from([value ? 0xff : 0]));
export const explicit = (number: number, inner: Uint8Array): Buffer => element(CONTEXT | number, inner);
export const isExplicit = (node: Node, number: number): boolean => node.tag === (CONTEXT | number);

/** Only characters that the type has. */
export function ia5(text: string): Buffer {
  if (![...text].every((c) => c.charCodeAt(0) < 0x80)) throw new DerError(`no IA5 string: ${text}`);
  return element(TAG.ia5, Buffer.from(text, 'latin1'));
}
export function printable(text: string): Buffer {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new DerError(`no printable string: ${text}`);
  return element(TAG.printable, Buffer.from(text, 'latin1'));
}

export function integer(value: bigint | number): Buffer {
  const big = BigInt(value);
  if (big < 0n) throw new DerError('negative integers are not used here');
  const hex = big.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return element(TAG.integer, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return element(TAG.oid, Buffer.from(bytes));
}

const digitsOf = (at: Date): string => at.toISOString().replaceAll(/[-:T]|\.\d+/g, '');

/** Whole seconds in UTC, as DER has it. */
export const generalizedTime = (at: Date): Buffer => element(TAG.generalizedTime, Buffer.from(digitsOf(at), 'latin1'));
/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
export const certificateTime = (at: Date): Buffer =>
  at.getUTCFullYear() < 2050 ? element(TAG.utcTime, Buffer.from(digitsOf(at).slice(2), 'latin1')) : generalizedTime(at);

/** A decoded element. */
export type Node = {
  tag: number;
  content: Buffer;
  /** Tag, length and content as they stood there. */
  whole: Buffer;
  children: Node[];
};

const MAX_DEPTH = 24;

/** Decodes one element that fills `bytes`; DerError for anything that is not DER. */
export function decode(bytes: Uint8Array): Node {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { node, end } = read(buffer, 0, 0);
  if (end !== buffer.length) throw new DerError('bytes after the end');
  return node;
}

function read(buffer: Buffer, at: number, depth: number): { node: Node; end: number } {
  if (depth > MAX_DEPTH) throw new DerError('nested too deep');
  const tag = buffer[at];
  const first = buffer[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('broken off');
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || more > 4 || at + 2 + more > buffer.length) throw new DerError('length');
  const length = more === 0 ? first : buffer.readUIntBE(at + 2, more);
  if (more > 0 && (length < 0x80 || buffer[at + 2] === 0)) throw new DerError('length not in its shortest form');
  const begin = at + 2 + more;
  const end = begin + length;
  if (end > buffer.length) throw new DerError('broken off');
  const content = buffer.subarray(begin, end);
  const children: Node[] = [];
  if ((tag & 0x20) !== 0) {
    for (let from = begin; from < end; ) {
      const child = read(buffer.subarray(0, end), from, depth + 1);
      children.push(child.node);
      from = child.end;
    }
  }
  return { node: { tag, content, whole: buffer.subarray(at, end), children }, end };
}

/** A child of a sequence, which must be there and of this type. */
export function child(node: Node, at: number, tag?: number): Node {
  const found = node.children[at];
  if (!found || (tag !== undefined && found.tag !== tag))
    throw new DerError(`element ${at} is missing or of another type`);
  return found;
}

export function integerOf(node: Node): bigint {
  if (node.tag !== TAG.integer || node.content.length === 0) throw new DerError('no integer');
  if ((node.content[0] ?? 0) >= 0x80) throw new DerError('negative integers are not used here');
  return BigInt(`0x${node.content.toString('hex')}`);
}

export function textOf(node: Node): string {
  if (node.tag !== TAG.utf8 && node.tag !== TAG.ia5 && node.tag !== TAG.printable) throw new DerError('no text');
  return node.content.toString(node.tag === TAG.utf8 ? 'utf8' : 'latin1');
}

export function boolOf(node: Node): boolean {
  const [value] = node.content;
  if (node.tag !== TAG.boolean || node.content.length !== 1 || (value !== 0 && value !== 0xff))
    throw new DerError('no boolean');
  return value === 0xff;
}

/** Whole bytes. */
export function bitsOf(node: Node): Buffer {
  if (node.tag !== TAG.bits || node.content[0] !== 0) throw new DerError('no bit string');
  return node.content.subarray(1);
}

export function oidOf(node: Node): string {
  if (node.tag !== TAG.oid || node.content.length === 0) throw new DerError('no object identifier');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of node.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new DerError('object identifier');
    if ((byte & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [head = 0, ...rest] = arcs;
  const first = Math.min(Math.floor(head / 40), 2);
  return [first, head - first * 40, ...rest].join('.');
}

export function timeOf(node: Node): Date {
  const text = node.content.toString('latin1');
  const digits = node.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? 20 : 19}${text}` : text;
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  if (!found || (node.tag !== TAG.utcTime && node.tag !== TAG.generalizedTime)) throw new DerError('no time');
  const [, year, month, day, hour, minute, second] = found;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at.getTime())) throw new DerError('no time');
  return at;
}

/** PEM (RFC 7468) of a DER. */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
export function unpem(text: string): Buffer {
  return Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
}
