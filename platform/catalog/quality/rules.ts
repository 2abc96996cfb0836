import type { Text } from '#platform/kernel/text.ts';

/** Dimensions of data quality (GB/T 36344-2018 数据质量评价指标): normative, complete, accurate, consistent, timely, accessible. */
export const DIMENSIONS = ['normative', 'complete', 'accurate', 'consistent', 'timely', 'accessible'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const COMPARISONS = ['<', '<=', '=', '<>', '>=', '>'] as const;

/** What can be counted over one table, by kind; the only things that reach `share.measure`. */
export type Check = { field: string } & (
  | { kind: 'required' }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'enum'; values: string[] }
  | { kind: 'range'; of: 'number' | 'date'; min?: string; max?: string }
  | { kind: 'unique' }
  /** The value must stand in the code list (代码表) of this resource, as its key. */
  | { kind: 'reference'; list: string }
  | { kind: 'compare'; op: (typeof COMPARISONS)[number]; other: string }
);
export type CheckKind = Check['kind'];

/** A rule (质量规则): a check and the dimension that it speaks for. */
export type Rule = {
  /** `schema:<kind>:<field>` of those that follow from the schema, else the id of the steward's. */
  id: string;
  dimension: Dimension;
  check: Check;
  by: 'schema' | 'steward';
  /** Why the steward asks for it. */
  why?: string;
};

export type SchemaField = {
  name: string;
  title: Text;
  element: string | null;
  type: Record<string, unknown>;
};
/** A resource whose key is a standard code (数据元): the list that every other field of that element must agree with. */
export type CodeList = { resource: string; element: string };

/** In which dimension a kind of check counts, unless a steward says otherwise. */
export const DIMENSION_OF: Record<CheckKind, Dimension> = {
  required: 'complete',
  pattern: 'normative',
  enum: 'normative',
  range: 'accurate',
  unique: 'accurate',
  reference: 'consistent',
  compare: 'consistent',
};

/** Formats of JSON Schema that text columns are held to. */
const FORMATS: Record<string, string> = {
  date: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  'date-time': '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}',
  uuid: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  email: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
};

/** What the schema of a resource asks of its rows (由数据结构生成的规则). */
export function rulesOfSchema(options: {
  fields: readonly SchemaField[];
  key: string;
  /** Fields whose values are places on the map: looked at by the database itself. */
  geometry: string | null;
  lists: readonly CodeList[];
  resource: string;
}): Rule[] {
  const { fields, key, geometry, lists, resource } = options;
  const rules = fields.flatMap((field): Check[] => {
    const { name } = field;
    const { schema, nullable } = plainOf(field.type);
    const checks: Check[] = [];
    if (!nullable) checks.push({ field: name, kind: 'required' });
    if (name === geometry) return checks;
    if (name === key) checks.push({ field: name, kind: 'unique' });
    if (typeof schema.pattern === 'string') checks.push({ field: name, kind: 'pattern', pattern: schema.pattern });
    const format = typeof schema.format === 'string' ? FORMATS[schema.format] : undefined;
    if (format !== undefined) checks.push({ field: name, kind: 'pattern', pattern: format });
    const values = valuesOf(schema);
    if (values) checks.push({ field: name, kind: 'enum', values });
    const [min, max] = [schema.minimum, schema.maximum].map((limit) =>
      limit === undefined ? undefined : String(limit),
    );
    if (min !== undefined || max !== undefined)
      checks.push({ field: name, kind: 'range', of: 'number', ...(min && { min }), ...(max && { max }) });
    const list = listOf({ field, lists, resource });
    if (list !== undefined) checks.push({ field: name, kind: 'reference', list });
    return checks;
  });
  return rules.map((check) => ({
    id: `schema:${check.kind}:${check.field}`,
    dimension: DIMENSION_OF[check.kind],
    check,
    by: 'schema',
  }));
}

/** The schema of a field without its null, and whether null may stand there. */
export function plainOf(type: Record<string, unknown>): { schema: Record<string, unknown>; nullable: boolean } {
  const branches = (type.anyOf ?? type.oneOf) as Record<string, unknown>[] | undefined;
  if (!branches) {
    const types = Array.isArray(type.type) ? (type.type as string[]) : undefined;
    return { schema: type, nullable: types?.includes('null') ?? false };
  }
  const rest = branches.filter((branch) => branch.type !== 'null');
  const [only] = rest;
  return {
    schema: rest.length === 1 && only ? only : { anyOf: rest },
    nullable: rest.length < branches.length,
  };
}

/** The values that a schema lists, as text; undefined where it lists none. */
function valuesOf(schema: Record<string, unknown>): string[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  const branches = schema.anyOf as Record<string, unknown>[] | undefined;
  const constants = branches?.map((branch) => branch.const);
  return constants && constants.every((value) => value !== undefined) ? constants.map(String) : undefined;
}

/** The only code list of a field's data element; where two claim to be it, nobody can say which one holds. */
function listOf(options: { field: SchemaField; lists: readonly CodeList[]; resource: string }): string | undefined {
  const { field, lists, resource } = options;
  const elements = elementsOf(field.element);
  const found = [
    ...new Set(lists.filter(({ element }) => elements.includes(element)).map((list) => list.resource)),
  ].filter((list) => list !== resource);
  return found.length === 1 ? found[0] : undefined;
}

/** Standards that a data element names: `GB/T 2260, GB/T 10114`. */
export function elementsOf(element: string | null): string[] {
  return (element ?? '')
    .split(/[,，、]/)
    .map((each) => each.trim())
    .filter(Boolean);
}

const OPERATORS: Record<(typeof COMPARISONS)[number], Text> = {
  '<': { zh: '早于或小于', en: 'be less than' },
  '<=': { zh: '不大于', en: 'not be more than' },
  '=': { zh: '等于', en: 'be equal to' },
  '<>': { zh: '不同于', en: 'differ from' },
  '>=': { zh: '不小于', en: 'not be less than' },
  '>': { zh: '晚于或大于', en: 'be more than' },
};

/** A rule in plain words (规则说明), with the names that people know. */
export function wordsOf(check: Check, named: { field(name: string): Text; resource(id: string): Text }): Text {
  const field = named.field(check.field);
  const [zh, en] = [`“${field.zh}”`, `“${field.en}”`];
  switch (check.kind) {
    case 'required':
      return { zh: `${zh}必须填写`, en: `${en} must be filled in` };
    case 'pattern':
      return { zh: `${zh}须符合格式 ${check.pattern}`, en: `${en} must have the form ${check.pattern}` };
    case 'enum':
      return {
        zh: `${zh}只能是 ${check.values.join('、')} 之一`,
        en: `${en} must be one of ${check.values.join(', ')}`,
      };
    case 'range': {
      const today = (limit: string, word: string): string => (limit === 'today' ? word : limit);
      const { min, max } = check;
      if (min !== undefined && max !== undefined)
        return {
          zh: `${zh}须在 ${min} 与 ${today(max, '今天')} 之间`,
          en: `${en} must lie between ${min} and ${today(max, 'today')}`,
        };
      return max === undefined
        ? { zh: `${zh}不能小于 ${min}`, en: `${en} must not be less than ${min}` }
        : { zh: `${zh}不能大于 ${today(max, '今天')}`, en: `${en} must not be more than ${today(max, 'today')}` };
    }
    case 'unique':
      return { zh: `${zh}不能重复`, en: `${en} must not occur twice` };
    case 'reference': {
      const list = named.resource(check.list);
      return { zh: `${zh}须是“${list.zh}”中的代码`, en: `${en} must be a code of “${list.en}”` };
    }
    case 'compare': {
      const other = named.field(check.other);
      const word = OPERATORS[check.op];
      return { zh: `${zh}应${word.zh}“${other.zh}”`, en: `${en} must ${word.en} “${other.en}”` };
    }
  }
}
