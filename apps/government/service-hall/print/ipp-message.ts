/**
 * Messages of the Internet Printing Protocol (IPP, RFC 8010 encoding, RFC 8011 semantics), as far as a ticket needs them: a request with
 * operation attributes and a document, and what a printer answers. CUPS and network printers speak it as they come.
 */
export const PRINT_JOB = 0x0002;
export const GET_PRINTER_ATTRIBUTES = 0x000b;

const GROUP = { operation: 0x01, end: 0x03 } as const;
/** Value tags, RFC 8010 section 3.5.2. */
const TAG = {
  integer: 0x21,
  enum: 0x23,
  boolean: 0x22,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  language: 0x48,
  mimeType: 0x49,
} as const;
export type IppTag = keyof typeof TAG;
export type IppAttribute = { name: string; tag: IppTag; values: readonly string[] };

/** Writes a request of IPP 2.0; `document` follows the attributes. */
export function writeRequest(request: {
  operation: number;
  id: number;
  attributes: readonly IppAttribute[];
  document?: Uint8Array;
}): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(0x0200, 0);
  head.writeUInt16BE(request.operation, 2);
  head.writeUInt32BE(request.id, 4);
  const parts: Buffer[] = [head, Buffer.of(GROUP.operation)];
  // Charset and language come first, in this order (RFC 8011 section 4.1.4).
  const first: IppAttribute[] = [
    { name: 'attributes-charset', tag: 'charset', values: ['utf-8'] },
    { name: 'attributes-natural-language', tag: 'language', values: ['zh-cn'] },
  ];
  for (const { name, tag, values } of [...first, ...request.attributes])
    for (const [at, value] of values.entries()) {
      // Further values of an attribute carry no name.
      parts.push(Buffer.of(TAG[tag]), counted(at === 0 ? name : ''), counted(value));
    }
  parts.push(Buffer.of(GROUP.end));
  if (request.document) parts.push(Buffer.from(request.document));
  return Buffer.concat(parts);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** What a printer answered: status and attributes by name. Integers and enums are given as numbers. */
export type IppReply = { status: number; id: number; attributes: ReadonlyMap<string, readonly (string | number)[]> };

/** Reads an answer. RangeError for what is no IPP message: a proxy's page, or bytes that were cut off. */
export function readReply(bytes: Buffer): IppReply {
  if (bytes.length < 9) throw new RangeError('no IPP message');
  const [status, id] = [bytes.readUInt16BE(2), bytes.readUInt32BE(4)];
  if ((bytes[0] ?? 0) < 1 || (bytes[0] ?? 0) > 2) throw new RangeError('no IPP message');
  const attributes = new Map<string, (string | number)[]>();
  let at = 8;
  let name = '';
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError('the IPP message is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  for (;;) {
    const tag = take(1)[0] ?? 0;
    if (tag === GROUP.end) return { status, id, attributes };
    // A delimiter begins the next group of attributes.
    if (tag < 0x10) continue;
    const named = take(take(2).readUInt16BE()).toString('utf8');
    const value = take(take(2).readUInt16BE());
    if (named !== '') name = named;
    const numeric = (tag === TAG.integer || tag === TAG.enum) && value.length === 4;
    const read = numeric ? value.readInt32BE() : tag === TAG.boolean ? (value[0] ?? 0) : value.toString('utf8');
    attributes.set(name, [...(attributes.get(name) ?? []), read]);
  }
}

/** Successful: 0x0000–0x00ff (RFC 8011 appendix B). */
export const isSuccess = ({ status }: IppReply): boolean => status <= 0x00ff;
