/**
 * Writes the TypeScript `paths` that openapi-fetch reads from an OpenAPI 3.1 document (JSON Schema 2020-12).
 * Own and small, because openapi-typescript needs the compiler API that TypeScript 7 no longer has.
 */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
type JsonObject = { [key: string]: Json | undefined };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const quote = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));
const literal = (value: Json): string => (typeof value === 'string' ? quote(value) : JSON.stringify(value));
const unite = (types: string[]): string => [...new Set(types)].join(' | ') || 'never';
const grouped = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type);

const refType = (ref: string): string => {
  const match = /^#\/components\/([^/]+)\/(.+)$/.exec(ref);
  if (!match) return 'unknown';
  const name = decodeURIComponent(match[2] ?? '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  return `components[${quote(match[1] ?? '')}][${quote(name)}]`;
};

const comment = (schema: JsonObject, pad: string): string => {
  const words = [schema['title'], schema['description']].filter((word): word is string => typeof word === 'string');
  if (words.length === 0) return '';
  return `${pad}/** ${words.join(' — ').replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')} */\n`;
};

function objectType(schema: JsonObject, pad: string): string {
  const fields = objectOf(schema['properties']);
  const required = new Set(listOf(schema['required']));
  const inner = `${pad}  `;
  const lines = Object.entries(fields).map(([name, field]) => {
    const optional = required.has(name) ? '' : '?';
    return `${comment(objectOf(field), inner)}${inner}${property(name)}${optional}: ${schemaType(field ?? true, inner)};\n`;
  });
  const patterns = Object.values(objectOf(schema['patternProperties']));
  const extra = schema['additionalProperties'];
  const open = [...patterns, ...(extra !== undefined && extra !== false ? [extra] : [])].map((entry) =>
    schemaType(entry ?? true, inner),
  );
  if (lines.length === 0) {
    if (open.length > 0) return `Record<string, ${unite(open)}>`;
    return extra === false ? 'Record<string, never>' : 'Record<string, unknown>';
  }
  // An index signature must admit every named field, hence `unknown` for it.
  const index = open.length > 0 ? `${inner}[name: string]: unknown;\n` : '';
  return `{\n${lines.join('')}${index}${pad}}`;
}

function arrayType(schema: JsonObject, pad: string): string {
  const first = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : null;
  if (first) {
    const rest =
      schema['items'] === false || schema['items'] === undefined
        ? []
        : [`...${grouped(schemaType(schema['items'], pad))}[]`];
    return `[${[...first.map((entry) => schemaType(entry, pad)), ...rest].join(', ')}]`;
  }
  return `${grouped(schemaType(schema['items'] ?? true, pad))}[]`;
}

function namedType(type: string, schema: JsonObject, pad: string): string {
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return arrayType(schema, pad);
    case 'object':
      return objectType(schema, pad);
    default:
      return 'unknown';
  }
}

/** One JSON Schema as a TypeScript type. `pad` is the indent of the line on which the type starts. */
export function schemaType(schema: Json, pad = ''): string {
  if (schema === true) return 'unknown';
  if (schema === false) return 'never';
  if (!isObject(schema)) return 'unknown';
  const parts: string[] = [];
  if (typeof schema['$ref'] === 'string') parts.push(refType(schema['$ref']));
  else if ('const' in schema) parts.push(literal(schema['const'] ?? null));
  else if (Array.isArray(schema['enum'])) parts.push(unite(schema['enum'].map(literal)));
  else if (Array.isArray(schema['type'])) {
    parts.push(unite(schema['type'].map((type) => namedType(String(type), schema, pad))));
  } else if (typeof schema['type'] === 'string') parts.push(namedType(schema['type'], schema, pad));
  else if (schema['properties'] !== undefined) parts.push(objectType(schema, pad));
  for (const key of ['oneOf', 'anyOf'] as const) {
    const options = schema[key];
    if (Array.isArray(options)) parts.push(unite(options.map((option) => grouped(schemaType(option, pad)))));
  }
  for (const option of listOf(schema['allOf'])) parts.push(schemaType(option, pad));
  if (schema['nullable'] === true) return unite([...(parts.length > 0 ? [meet(parts)] : []), 'null']);
  return parts.length > 0 ? meet(parts) : 'unknown';
}

const meet = (parts: string[]): string => {
  const known = [...new Set(parts)].filter((part) => part !== 'unknown');
  if (known.length === 0) return 'unknown';
  return known.length === 1 ? (known[0] ?? 'unknown') : known.map(grouped).join(' & ');
};

function contentType(content: Json | undefined, pad: string): string {
  const inner = `${pad}  `;
  const lines = Object.entries(objectOf(content)).map(
    ([media, entry]) => `${inner}${quote(media)}: ${schemaType(objectOf(entry)['schema'] ?? true, inner)};\n`,
  );
  return lines.length > 0 ? `{\n${lines.join('')}${pad}}` : 'never';
}

function parametersType(parameters: JsonObject[], pad: string): string {
  const inner = `${pad}  `;
  const places = ['query', 'header', 'path', 'cookie'].map((place) => {
    const here = parameters.filter((parameter) => parameter['in'] === place);
    if (here.length === 0) return `${inner}${place}?: never;\n`;
    const required = place === 'path' || here.some((parameter) => parameter['required'] === true);
    const fields = here.map((parameter) => {
      const optional = place === 'path' || parameter['required'] === true ? '' : '?';
      const schema = parameter['schema'] ?? true;
      return `${inner}  ${property(String(parameter['name']))}${optional}: ${schemaType(schema, `${inner}  `)};\n`;
    });
    return `${inner}${place}${required ? '' : '?'}: {\n${fields.join('')}${inner}};\n`;
  });
  return `{\n${places.join('')}${pad}}`;
}

function operationType({
  operation,
  shared,
  document,
  pad,
}: {
  operation: JsonObject;
  shared: Json[];
  document: JsonObject;
  pad: string;
}): string {
  const inner = `${pad}  `;
  const resolve = (value: Json | undefined): JsonObject => {
    const found = objectOf(value);
    if (typeof found['$ref'] !== 'string') return found;
    return objectOf(
      found['$ref']
        .replace(/^#\//, '')
        .split('/')
        .reduce<Json | undefined>((at, key) => objectOf(at)[key], document),
    );
  };
  const byPlace = new Map<string, JsonObject>();
  for (const parameter of [...shared, ...listOf(operation['parameters'])].map(resolve)) {
    byPlace.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
  }
  const body = operation['requestBody'] === undefined ? null : resolve(operation['requestBody']);
  const bodyLine = body
    ? `${inner}requestBody${body['required'] === true ? '' : '?'}: { content: ${contentType(body['content'], inner)} };\n`
    : `${inner}requestBody?: never;\n`;
  const replies = Object.entries(objectOf(operation['responses'])).map(([status, reply]) => {
    const { content } = resolve(reply);
    const shape =
      isObject(content) && Object.keys(content).length > 0
        ? `content: ${contentType(content, `${inner}  `)}`
        : 'content?: never';
    return `${inner}  ${/^\d+$/.test(status) ? status : quote(status)}: { headers: Record<string, unknown>; ${shape} };\n`;
  });
  const summary = comment({ description: operation['summary'] }, pad).trim();
  const parameters = `${inner}parameters: ${parametersType([...byPlace.values()], inner)};\n`;
  return `{${summary ? ` ${summary}` : ''}\n${parameters}${bodyLine}${inner}responses: {\n${replies.join('')}${inner}};\n${pad}}`;
}

/** The text of `api.gen.ts` for an OpenAPI 3.1 document. Paths, fields and components keep the document's order. */
export function generateClient(openapi: unknown): string {
  const document = objectOf(openapi as Json);
  const paths = Object.entries(objectOf(document['paths'])).map(([path, entry]) => {
    const item = objectOf(entry);
    const shared = listOf(item['parameters']);
    const operations = METHODS.map((method) => {
      const operation = item[method];
      if (!isObject(operation)) return `    ${method}?: never;\n`;
      return `    ${method}: ${operationType({ operation, shared, document, pad: '    ' })};\n`;
    });
    return `  ${quote(path)}: {\n${operations.join('')}  };\n`;
  });
  const kinds = Object.entries(objectOf(document['components'])).flatMap(([kind, entries]) => {
    if (kind !== 'schemas' || !isObject(entries)) return [];
    const lines = Object.entries(entries).map(
      ([name, schema]) =>
        `${comment(objectOf(schema), '    ')}    ${property(name)}: ${schemaType(schema ?? true, '    ')};\n`,
    );
    return [`  ${property(kind)}: {\n${lines.join('')}  };\n`];
  });
  const body = paths.length > 0 ? `{\n${paths.join('')}}` : 'Record<string, never>';
  const components = kinds.length > 0 ? `{\n${kinds.join('')}}` : 'Record<string, never>';
  return `// Generated from /openapi.json. Do not edit.\nexport type paths = ${body};\n\nexport type components = ${components};\n`;
}
