/** What the page of interfaces reads of the OpenAPI 3.1 document at `/openapi.json`. */

type Title = { zh: string; en: string };
export type Schema = {
  type?: string | string[];
  description?: string;
  title?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};
type Content = { content?: Record<string, { schema?: Schema }> };
type RawOperation = {
  tags: string[];
  operationId: string;
  parameters: { name: string; in: string; required: boolean; description?: string; schema?: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content & { description: string }>;
  'x-title': Title;
  'x-action': string;
  'x-level'?: string;
};
export type OpenApi = {
  tags: { name: string; 'x-title': Title }[];
  paths: Record<string, Record<string, RawOperation>>;
};

/** One line of a schema: `people[].name`, its type in one word, and what limits it. */
export type Line = { name: string; type: string; required: boolean; limits: string; description: string };

export type Operation = {
  id: string;
  module: string;
  method: string;
  path: string;
  title: Title;
  /** Permission that a post must have, or `public` / `signed-in`. */
  action: string;
  /** Highest data level (数据分级) in the reply; none where it holds no catalogued field. */
  level: string | undefined;
  inputs: (Line & { in: string })[];
  body: Line[];
  reply: Line[];
  status: string;
  /** Codes of problem+json by status. */
  errors: { status: string; codes: string[] }[];
};

const DEEPEST = 6;

export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const statuses = Object.keys(raw.responses);
      const status = statuses.find((code) => code.startsWith('2')) ?? '200';
      return {
        id: raw.operationId,
        module: raw.tags[0] ?? '',
        method: method.toUpperCase(),
        path,
        title: raw['x-title'],
        action: raw['x-action'],
        level: raw['x-level'],
        inputs: raw.parameters.map((each) => ({
          in: each.in,
          name: each.name,
          required: each.required,
          type: typeOf(each.schema ?? {}),
          limits: limitsOf(each.schema ?? {}),
          description: each.description ?? each.schema?.description ?? '',
        })),
        body: linesOf(schemaIn(raw.requestBody)),
        reply: linesOf(schemaIn(raw.responses[status])),
        status,
        errors: statuses
          .filter((code) => code !== status)
          .map((code) => ({ status: code, codes: raw.responses[code]?.description.split(', ') ?? [] })),
      };
    }),
  );
}

function schemaIn(content: Content | undefined): Schema | undefined {
  return Object.values(content?.content ?? {})[0]?.schema;
}

/** The fields of a schema, depth first; what lies deeper than six levels is left to the document itself. */
export function linesOf(schema: Schema | undefined, prefix = '', depth = 0): Line[] {
  if (!schema || depth > DEEPEST) return [];
  if (schema.items) return linesOf(schema.items, `${prefix}[]`, depth + 1);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches && !schema.properties) {
    const objects = branches.filter((branch) => branch.properties ?? branch.items);
    return objects.length === 1 ? linesOf(objects[0], prefix, depth) : [];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const full = prefix === '' ? name : `${prefix}.${name}`;
    const line: Line = {
      name: full,
      type: typeOf(field),
      required: schema.required?.includes(name) ?? false,
      limits: limitsOf(field),
      description: field.description ?? field.title ?? '',
    };
    return [line, ...linesOf(field, full, depth + 1)];
  });
}

/** The type in one word or as the values that are possible. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return [...new Set(branches.map(typeOf))].join(' | ');
  if (schema.items) return `${typeOf(schema.items)}[]`;
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.format) return `${schema.type ?? 'string'} (${schema.format})`;
  return schema.type ?? (schema.properties ? 'object' : 'any');
}

function limitsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, pattern } = schema;
  const range = (low: number | undefined, high: number | undefined) =>
    low === undefined && high === undefined ? '' : `${low ?? ''}…${high ?? ''}`;
  return [range(minimum, maximum), range(minLength, maxLength), pattern ? `/${pattern}/` : '']
    .filter(Boolean)
    .join(' ');
}

/** A line for a terminal that calls the operation as the signed-in person; names in braces are to be filled in. */
export function curlOf(operation: Operation, origin: string): string {
  const parts = [`curl '${origin}${operation.path}'`];
  if (operation.method !== 'GET') parts.push(`-X ${operation.method}`);
  if (operation.action !== 'public') parts.push(`-b "sid=$SID"`);
  for (const input of operation.inputs) {
    if (input.in !== 'header' || !input.required) continue;
    parts.push(`-H '${input.name}: ${input.name === 'Idempotency-Key' ? `'"$(uuidgen)"'` : '{purpose}'}'`);
  }
  if (operation.body.length > 0) {
    const top = operation.body.filter((line) => line.required && !/[.[]/.test(line.name)).map((line) => line.name);
    parts.push(
      `-H 'Content-Type: application/json'`,
      `-d '${JSON.stringify(Object.fromEntries(top.map((name) => [name, `{${name}}`])))}'`,
    );
  }
  return parts.join(' \\\n  ');
}

/** Whether an operation is meant by the words that somebody typed: each word in its path, its id or its title. */
export function matches(operation: Operation, words: string): boolean {
  const text =
    `${operation.method} ${operation.path} ${operation.title.zh} ${operation.title.en} ${operation.action} ${operation.module}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
