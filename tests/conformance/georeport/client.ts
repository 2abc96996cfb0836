import { SaxesParser } from 'saxes';

/*
 * A client of GeoReport v2, written from the standard alone (wiki.open311.org/GeoReport_v2 and Service_Discovery): it shares no line with the server. XML is read
 * by a parser of its own and mapped to JSON by the Spark Convention that the standard names, so that both formats can be compared.
 */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Reply = { status: number; type: string; headers: Headers; text: string; body: Json };

/** Elements that hold a list, and the element of a member: all that the standard defines (⇊). */
const LISTS: Record<string, string> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
};
/** Members that are no text in JSON. */
const NUMBERS = new Set(['lat', 'long', 'order', 'code']);
const YES_NO = new Set(['metadata', 'variable', 'required']);

type Element = { name: string; text: string; of: Element[] };

/** XML → JSON by the Spark Convention. Throws where it is not well-formed, has no declaration in UTF-8, or names a namespace. */
export function readXml(text: string): { root: string; body: Json } {
  const stack: Element[] = [{ name: '', text: '', of: [] }];
  let declared: string | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('xmldecl', ({ encoding }) => {
    declared = encoding;
  });
  parser.on('opentag', ({ name, uri }) => {
    if (uri !== '' && uri !== 'http://wiki.open311.org/GeoReport_v2') throw new Error(`namespace ${uri}`);
    const element: Element = { name, text: '', of: [] };
    stack.at(-1)?.of.push(element);
    stack.push(element);
  });
  parser.on('text', (part) => {
    const top = stack.at(-1);
    if (top) top.text += part;
  });
  parser.on('closetag', () => void stack.pop());
  parser.write(text).close();
  if (declared?.toUpperCase() !== 'UTF-8') throw new Error(`declared encoding ${declared}`);
  const root = stack[0]?.of[0];
  if (!root) throw new Error('no root element');
  return { root: root.name, body: spark(root) };
}

function spark(element: Element): Json {
  const member = LISTS[element.name];
  if (member !== undefined) {
    if (element.of.some(({ name }) => name !== member))
      throw new Error(`<${element.name}> holds more than <${member}>`);
    return element.of.map(spark);
  }
  if (element.of.length > 0) return Object.fromEntries(element.of.map((each) => [each.name, spark(each)]));
  if (element.text === '') return null;
  if (YES_NO.has(element.name)) return element.text === 'true';
  return NUMBERS.has(element.name) && /^-?[\d.]+$/.test(element.text) ? Number(element.text) : element.text;
}

export type Client = {
  endpoint: string;
  get(path: string): Promise<Reply>;
  /** `application/x-www-form-urlencoded`, the one way in which the standard sends a request. */
  post(path: string, fields: readonly (readonly [string, string])[]): Promise<Reply>;
  raw(path: string, init: RequestInit): Promise<Reply>;
};

async function answer(reply: Response): Promise<Reply> {
  const [text, type] = [await reply.text(), reply.headers.get('content-type') ?? ''];
  const body: Json = type.startsWith('text/xml') ? readXml(text).body : (JSON.parse(text) as Json);
  return { status: reply.status, type, headers: reply.headers, text, body };
}

/** Finds the endpoint by its discovery file, as clients of the standard do. */
export async function discover(address: string): Promise<{ client: Client; file: Json }> {
  const { body } = await answer(await fetch(address));
  const { endpoints } = body as { endpoints: { specification: string; url: string }[] };
  const found = endpoints.find(({ specification }) => specification === 'http://wiki.open311.org/GeoReport_v2');
  if (!found) throw new Error('no GeoReport v2 endpoint');
  const raw = async (path: string, init: RequestInit) => answer(await fetch(`${found.url}/${path}`, init));
  return {
    file: body,
    client: {
      endpoint: found.url,
      raw,
      get: (path) => raw(path, {}),
      post: (path, fields) =>
        raw(path, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
          body: fields.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
        }),
    },
  };
}
