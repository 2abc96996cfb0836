/** Arguments by name. Empty is the same as absent (GeoReport v2, “Optional Arguments”). */
export type Given = Record<string, string>;

/** What a client posts: arguments, and answers to the attributes of the service, each a list (`attribute[code][]`). */
export type Form = { given: Given; attributes: ReadonlyMap<string, readonly string[]> };

const ATTRIBUTE = /^attribute\[([\w.-]{1,60})\](?:\[\d*\])?$/;

/** Reads `application/x-www-form-urlencoded` as GeoReport v2 writes it. A name that comes twice holds the last value, an attribute all of them. */
export function readForm(text: string): Form {
  const given: Given = {};
  const attributes = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const code = ATTRIBUTE.exec(name)?.[1];
    if (value.trim() === '') continue;
    if (code === undefined) given[name] = value;
    else attributes.set(code, [...(attributes.get(code) ?? []), value]);
  }
  return { given, attributes };
}

/** Arguments of an address: a name that comes more than once is a list, as if with commas, since clients write both. */
export function readQuery(query: unknown): Given {
  const given: Given = {};
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== '') given[name] = text;
  }
  return given;
}
