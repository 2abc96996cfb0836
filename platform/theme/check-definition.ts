import type { FieldFault } from '#platform/kernel/errors.ts';
import { isPersonal, levelOf } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Definition, type Level, placeOf } from './definition.ts';

export type FieldFacts = {
  name: string;
  column: string;
  title: Text;
  level: Level;
  element: string | null;
  subject: string | null;
  type: Record<string, unknown>;
};
export type ResourceFacts = {
  id: string;
  key: string;
  level: Level;
  title: Text;
  owner: string;
  sharing: string;
  scope: { by: string; field: string } | null;
  badge: string | null;
  fields: FieldFacts[];
};
/** What the supplier of an input has granted to the theme. */
export type NeedFacts = {
  name: string;
  resource: string;
  fields: string[];
  purposes: string[];
  state: string;
  rowFilter: unknown[];
};
export type Facts = { resources: ResourceFacts[]; grants: NeedFacts[] };

/** A source field of a column (血缘): for its value, a join that decides which rows there are, or a condition on rows. */
export type Source = { column: string; part: 'value' | 'join' | 'rows'; resource: string; field: string };

export type Derived = {
  level: Level;
  /** Purposes that all inputs allow. */
  purposes: string[];
  sources: Source[];
  /** Fields that are needed of each input, for the request to its supplier. */
  needs: { alias: string; resource: string; fields: string[] }[];
};

/** Every column depends on them: they decide which rows there are. */
export const ALL_COLUMNS = '*';

/** What can be said of a definition from the catalogue alone: what is wrong with it, and what follows from it. */
export function deriveTheme(options: {
  theme: string;
  definition: Definition;
  facts: Facts;
  /** Inputs of the other themes, for finding circles. */
  others: ReadonlyMap<string, readonly string[]>;
}): { faults: FieldFault[]; derived: Derived } {
  const { theme, definition, facts, others } = options;
  const faults: FieldFault[] = [];
  const fault = (pointer: string, rule: string, zh: string, en: string) =>
    void faults.push({ pointer, rule, message: { zh, en } });
  const resources = new Map(facts.resources.map((resource) => [resource.id, resource]));
  const inputs = new Map<string, ResourceFacts>();
  definition.inputs.forEach(({ as, resource: id }, at) => {
    const pointer = `/inputs/${at}/resource`;
    const resource = resources.get(id);
    if (inputs.has(as)) fault(`/inputs/${at}/as`, 'unique', '两个来源用了同一个名字', 'two inputs have one name');
    else if (!resource) fault(pointer, 'catalogued', '目录里没有这个资源', 'the catalogue has no such resource');
    else if (resource.sharing === 'none') fault(pointer, 'shared', '这个资源不予共享', 'this resource is not shared');
    else inputs.set(as, resource);
    if (resource && leadsBack(id, theme, others))
      fault(pointer, 'circle', '来源又取自本专题，形成循环', 'the input derives from this theme: a circle');
  });
  const fieldAt = (place: string, pointer: string): { resource: ResourceFacts; field: FieldFacts } | undefined => {
    const { alias, field: name } = placeOf(place);
    const resource = inputs.get(alias);
    const field = resource?.fields.find((each) => each.name === name);
    if (!definition.inputs.some(({ as }) => as === alias))
      fault(pointer, 'input', `没有名为“${alias}”的来源`, `no input is called “${alias}”`);
    else if (resource && !field)
      fault(
        pointer,
        'field',
        `“${resource.title.zh}”没有信息项“${name}”`,
        `“${resource.title.en}” has no field “${name}”`,
      );
    return resource && field ? { resource, field } : undefined;
  };
  const used = new Map<string, Set<string>>(definition.inputs.map(({ as }) => [as, new Set<string>()]));
  const levels: Level[] = [];
  const sources: Source[] = [];
  const use = (place: string, pointer: string, column: string, part: Source['part']): FieldFacts | undefined => {
    const found = fieldAt(place, pointer);
    if (!found) return undefined;
    used.get(placeOf(place).alias)?.add(found.field.name);
    levels.push(found.field.level);
    sources.push({ column, part, resource: found.resource.id, field: found.field.name });
    return found.field;
  };
  definition.columns.forEach((column, at) => {
    const field = use(column.from, `/columns/${at}/from`, column.name, 'value');
    if (field && column.as === 'year' && !isDay(field.type))
      fault(`/columns/${at}/as`, 'date', '只有日期可以取年份', 'only a date has a year');
  });
  definition.index?.forEach(({ name, from, base }, at) => {
    use(from, `/index/${at}/from`, name, 'value');
    // A base key names its subject, whatever it was found by.
    levels.push(base === 'person' ? 'L3' : 'L1');
  });
  definition.joins.forEach(({ left, right }, at) => {
    const [a, b] = [left, right].map((place, side) =>
      use(place, `/joins/${at}/${side === 0 ? 'left' : 'right'}`, ALL_COLUMNS, 'join'),
    );
    if (a && b && kindOf(a.type) !== kindOf(b.type))
      fault(`/joins/${at}`, 'comparable', '两边的类型不同，不能比对', 'the two sides are of different kinds');
    const [from, to] = [left, right].map((place) =>
      definition.inputs.findIndex(({ as }) => as === placeOf(place).alias),
    );
    if (from !== undefined && to !== undefined && from >= to)
      fault(
        `/joins/${at}`,
        'order',
        '请从前面的来源连到后面的来源',
        'a join leads from an earlier input to a later one',
      );
  });
  definition.inputs.slice(1).forEach(({ as }, at) => {
    if (!definition.joins.some(({ right }) => placeOf(right).alias === as))
      fault(
        `/inputs/${at + 1}`,
        'joined',
        '这个来源没有与前面的来源关联',
        'this input is not joined to an earlier one',
      );
  });
  definition.inputs.forEach(({ as, rows }, at) =>
    rows?.forEach(({ field }, place) =>
      use(`${as}.${field}`, `/inputs/${at}/rows/${place}/field`, ALL_COLUMNS, 'rows'),
    ),
  );
  checkNames(definition, fault);
  checkCount({ definition, inputs, fault });
  checkIndex({ definition, inputs, fault });
  checkCopies({ definition, inputs, fault });
  const needs = definition.inputs.map(({ as, resource }) => ({
    alias: as,
    resource,
    fields: [...(used.get(as) ?? [])],
  }));
  const purposes = checkGrants({ theme, definition, needs, grants: facts.grants, fault });
  // A count over cells of enough persons is the one certified reduction; every other use keeps the level of what it touches.
  const level: Level = definition.count ? 'L2' : levelOf(levels);
  if (definition.level !== undefined && definition.level < level)
    fault('/level', 'level', `所用信息项要求至少 ${level}`, `what is used asks for ${level} at least`);
  const stated = definition.level ?? level;
  if (!definition.count && isPersonal(level)) checkReach({ definition, inputs, fault });
  return { faults, derived: { level: stated < level ? level : stated, purposes, sources, needs } };
}

/** The column of a definition that holds what an input's rows are limited by (`scope`), as the reach of its takers. */
export function reachOf(
  definition: Definition,
  inputs: ReadonlyMap<string, ResourceFacts>,
): { by: string; field: string } | undefined {
  for (const { name, from, as } of definition.columns) {
    const { alias, field } = placeOf(from);
    const scope = inputs.get(alias)?.scope;
    if (scope && scope.field === field && (as === undefined || as === 'value')) return { by: scope.by, field: name };
  }
  return undefined;
}

type Checked = { definition: Definition; inputs: ReadonlyMap<string, ResourceFacts>; fault: Fault };

/** Rows about persons keep the reach of where they come from: a street sees its own. */
function checkReach({ definition, inputs, fault }: Checked): void {
  const [limited] = [...inputs].filter(([, { scope }]) => scope !== null);
  if (limited && !reachOf(definition, inputs))
    fault(
      '/columns',
      'reach',
      `请包含“${limited[1].title.zh}”的“${limited[1].scope?.field}”，使用者才能只看到本辖区`,
      `take “${limited[1].scope?.field}” of “${limited[1].title.en}”, by which takers see their own area only`,
    );
}

/** A count by what names a person or a row would be a list of them. */
function checkCount({ definition, inputs, fault }: Checked): void {
  if (!definition.count) return;
  definition.columns.forEach(({ from, as }, at) => {
    const { alias, field: name } = placeOf(from);
    const resource = inputs.get(alias);
    const field = resource?.fields.find((each) => each.name === name);
    if (field && as !== 'present' && as !== 'year' && (field.subject !== null || resource?.key === name))
      fault(
        `/columns/${at}/from`,
        'identifying',
        '不能按能识别个体的信息项统计',
        'nothing is counted by what names one person or row',
      );
  });
}

/** Base keys are of rows: the first input's, told apart by its own key. */
function checkIndex({ definition, inputs, fault }: Checked): void {
  const { kind, index, count, columns, key } = definition;
  if ((kind === 'index') !== (index !== undefined))
    fault(
      '/index',
      'index',
      '索引化整合要指定按哪个信息项归集',
      'the index kind names the fields that base keys are found by',
    );
  if (!index) return;
  if (count) fault('/count', 'index', '索引化整合是逐行的', 'the index kind has rows, not counts');
  const [first] = definition.inputs;
  const resource = first && inputs.get(first.as);
  index.forEach(({ from }, at) => {
    if (placeOf(from).alias !== first?.as)
      fault(
        `/index/${at}/from`,
        'index',
        '只能按第一个来源的信息项归集',
        'base keys are found by fields of the first input',
      );
  });
  const own = columns.find(({ name }) => name === key);
  if (resource && own && (own.from !== `${first.as}.${resource.key}` || (own.as ?? 'value') !== 'value'))
    fault('/key', 'index', '请以第一个来源的主键区分各行', 'tell rows apart by the key of the first input');
}

/** A theme about persons is read under its own checks; a copy of it would be made under nobody's purpose. */
function checkCopies({ definition, inputs, fault }: Checked): void {
  if (definition.kind === 'associate') return;
  definition.inputs.forEach(({ as }, at) => {
    const resource = inputs.get(as);
    if (resource?.id.startsWith('theme.') && isPersonal(resource.level))
      fault(
        `/inputs/${at}/resource`,
        'copy',
        '个人信息专题不能再被抽取，请用逻辑关联',
        'a theme about persons is not copied: associate it',
      );
  });
}

type Fault = (pointer: string, rule: string, zh: string, en: string) => void;

function checkNames(definition: Definition, fault: Fault): void {
  const names = new Set<string>();
  definition.columns.forEach(({ name }, at) => {
    if (names.has(name)) fault(`/columns/${at}/name`, 'unique', '列名重复', 'two columns have one name');
    names.add(name);
  });
  definition.index?.forEach(({ name }, at) => {
    if (names.has(name)) fault(`/index/${at}/name`, 'unique', '列名重复', 'two columns have one name');
    names.add(name);
  });
  if (definition.count && names.has(definition.count.name))
    fault('/count/name', 'unique', '列名重复', 'two columns have one name');
  if (!definition.count && (definition.key === undefined || !names.has(definition.key)))
    fault('/key', 'required', '请指定标识一行的列', 'name the column that tells rows apart');
}

/** Name of a theme's need in the catalogue. */
export const needName = (theme: string, alias: string): string => `${theme.replaceAll('-', '_')}__${alias}`;

/** Only what its supplier has granted may be used, for purposes that all suppliers allow. Returns those. */
function checkGrants(options: {
  theme: string;
  definition: Definition;
  needs: Derived['needs'];
  grants: readonly NeedFacts[];
  fault: Fault;
}): string[] {
  const { theme, definition, needs, grants, fault } = options;
  let common: string[] | undefined;
  needs.forEach(({ alias, resource, fields }, at) => {
    const grant = grants.find(({ name }) => name === needName(theme, alias));
    const given = grant?.resource === resource && grant.state === 'approved' ? grant : undefined;
    if (!given) {
      fault(`/inputs/${at}`, 'granted', '数源单位还没有同意共享', 'its supplier has not granted this yet');
      return;
    }
    const missing = fields.filter((name) => !given.fields.includes(name));
    if (missing.length > 0)
      fault(`/inputs/${at}`, 'granted', `没有获准使用：${missing.join('、')}`, `not granted: ${missing.join(', ')}`);
    common = common ? common.filter((code) => given.purposes.includes(code)) : [...given.purposes];
  });
  const purposes = common ?? [];
  definition.purposes.forEach((code, at) => {
    if (common && !purposes.includes(code))
      fault(`/purposes/${at}`, 'purpose', '有来源不允许用于这个目的', 'an input may not be used for this purpose');
  });
  return purposes.filter((code) => definition.purposes.includes(code));
}

function leadsBack(resource: string, theme: string, others: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [resource];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === `theme.${theme}`) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.startsWith('theme.')) open.push(...(others.get(next.slice('theme.'.length)) ?? []));
  }
  return false;
}

/** What PostgreSQL compares with what: kinds of JSON values, with uuid apart from text. */
function kindOf(schema: Record<string, unknown>): string {
  const branches = (schema.anyOf ?? schema.oneOf) as Record<string, unknown>[] | undefined;
  const own = branches?.find((branch) => branch.type !== 'null') ?? schema;
  if (own.type === 'string')
    return own.format === 'uuid' || own.format === 'date' || own.format === 'date-time' ? String(own.format) : 'text';
  return String(own.type ?? 'text');
}

const isDay = (schema: Record<string, unknown>): boolean => ['date', 'date-time'].includes(kindOf(schema));
