import {
  FieldSyntax,
  type InnerList,
  isInnerList,
  type Item,
  parseDictionary,
  serializeBare,
  serializeInnerList,
  serializeItem,
} from './structured-fields.ts';

/** One HTTP message as its signature sees it (RFC 9421, section 2): fields as received, each line by itself. */
export type SignedMessage = {
  method?: string;
  /** Absolute target URI, for requests. */
  target?: string;
  status?: number;
  /** Field lines in the order of the message; names in any case. */
  fields: readonly (readonly [name: string, value: string])[];
  /** Of a response: the request that it answers, for components with `req`. */
  request?: SignedMessage;
};

export class BaseFault extends Error {}

const DERIVED: Record<string, (message: SignedMessage) => string | undefined> = {
  '@method': ({ method }) => method,
  '@target-uri': ({ target }) => target,
  '@authority': ({ target }) => target && authorityOf(new URL(target)),
  '@scheme': ({ target }) => target && new URL(target).protocol.slice(0, -1),
  '@request-target': ({ target }) => target && new URL(target).pathname + new URL(target).search,
  '@path': ({ target }) => target && new URL(target).pathname,
  '@query': ({ target }) => target && (new URL(target).search || '?'),
  '@status': ({ status }) => (status === undefined ? undefined : String(status)),
};

/** Host in lower case, without the port that its scheme has anyway (RFC 9421, 2.2.3). */
function authorityOf(url: URL): string {
  return url.host;
}

/** The signature base (签名基串, RFC 9421, 2.5): exactly the characters that are signed. */
export function signatureBase(message: SignedMessage, input: InnerList): string {
  const seen = new Set<string>();
  const lines = input.items.map((item) => {
    const name = serializeItem(item);
    if (seen.has(name)) throw new BaseFault(`${name} is covered twice`);
    seen.add(name);
    return `${name}: ${componentValue(message, item)}`;
  });
  return [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n');
}

function componentValue(message: SignedMessage, item: Item): string {
  const { value: name, params } = item;
  if (typeof name !== 'string' || name !== name.toLowerCase()) throw new BaseFault('a component has no name');
  for (const key of params.keys())
    if (!['req', 'key', 'sf', 'bs', 'name'].includes(key)) throw new BaseFault(`parameter ${key} is not known`);
  const source = params.get('req') === true ? message.request : message;
  if (!source) throw new BaseFault(`${name} is of a request that is not there`);
  const value = name.startsWith('@') ? derived(source, name, params) : fieldValue(source, name, params);
  if (value === undefined) throw new BaseFault(`${name} is not in the message`);
  if (/[\r\n]/.test(value)) throw new BaseFault(`${name} holds a line break`);
  return value;
}

function derived(source: SignedMessage, name: string, params: Item['params']): string | undefined {
  if (name === '@query-param') {
    const wanted = params.get('name');
    if (typeof wanted !== 'string' || source.target === undefined) throw new BaseFault('@query-param needs a name');
    const found = [...new URL(source.target).searchParams].filter(([key]) => percent(key) === wanted);
    if (found.length !== 1) throw new BaseFault(`the query has ${found.length} parameters of that name`);
    return percent(found[0]?.[1] ?? '');
  }
  return DERIVED[name]?.(source);
}

/** Percent-encoding of a query parameter (RFC 9421, 2.2.8: application/x-www-form-urlencoded percent-encode set, blanks %20). */
function percent(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fieldValue(source: SignedMessage, name: string, params: Item['params']): string | undefined {
  const lines = source.fields.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  if (lines.length === 0) return undefined;
  if (params.get('bs') === true) {
    if (params.has('sf') || params.has('key')) throw new BaseFault('bs goes with neither sf nor key');
    return lines.map((line) => serializeBare(Buffer.from(line.trim(), 'latin1'))).join(', ');
  }
  // Obsolete line folds become one blank, each line loses blanks at its ends (2.1).
  const whole = lines.map((line) => line.trim().replaceAll(/\s*\r\n\s+/g, ' ')).join(', ');
  const key = params.get('key');
  if (key === undefined && params.get('sf') !== true) return whole;
  try {
    const members = parseDictionary(whole);
    if (key !== undefined) {
      const member = typeof key === 'string' ? members.get(key) : undefined;
      if (member === undefined) return undefined;
      return isInnerList(member) ? serializeInnerList(member) : serializeItem(member);
    }
    return [...members]
      .map(([label, member]) => {
        if (isInnerList(member)) return `${label}=${serializeInnerList(member)}`;
        return member.value === true ? label + serializeItem(member).slice(2) : `${label}=${serializeItem(member)}`;
      })
      .join(', ');
  } catch (error) {
    if (error instanceof FieldSyntax) throw new BaseFault(`${name} is no dictionary`);
    throw error;
  }
}
