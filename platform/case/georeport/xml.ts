/** A value of an answer: text, number, yes or no, nothing, or more of them below a name. */
export type Value = string | number | boolean | null | { [name: string]: Value } | { list: string; of: Value[] };

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Characters that XML 1.0 has no place for, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are taken out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escape(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
}

/** An answer as XML: a list names the element of its members (`services` of `service`). */
export function toXml(name: string, value: Value): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value)}`;
}

function element(name: string, value: Value): string {
  if (value === null || value === '') return `<${name}/>`;
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`;
  if ('list' in value && Array.isArray(value.of)) {
    const { list, of } = value as { list: string; of: Value[] };
    return of.length === 0 ? `<${name}/>` : `<${name}>${of.map((each) => element(list, each)).join('')}</${name}>`;
  }
  return `<${name}>${Object.entries(value as Record<string, Value>)
    .map(([key, each]) => element(key, each))
    .join('')}</${name}>`;
}

/** The same as JSON: lists are arrays, without the names that XML needs. */
export function toJson(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  if ('list' in value && Array.isArray(value.of)) return (value as { of: Value[] }).of.map(toJson);
  return Object.fromEntries(Object.entries(value as Record<string, Value>).map(([key, each]) => [key, toJson(each)]));
}
