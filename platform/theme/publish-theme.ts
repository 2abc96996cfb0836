import { plainOf } from '#platform/catalog/quality/rules.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { type Derived, type Facts, type FieldFacts, needName, reachOf } from './check-definition.ts';
import { type Definition, placeOf } from './definition.ts';
import { queueIndex } from './queue-index.ts';
import { refresh } from './refresh-theme.ts';
import { ThemeFaulty } from './theme-errors.ts';
import { derive, holdTheme, readTheme, ThemeParams, ThemeSchema, type ThemeRow } from './theme-record.ts';

/** Publishes the draft of a theme: a new version, its view, its entry in the catalogue and its first rows, all or nothing. */
export async function publish(db: Db, theme: ThemeRow): Promise<void> {
  const { faults, derived, facts } = await derive(db, theme.id, theme.draft);
  if (faults.length > 0) throw ThemeFaulty.with({ fields: faults });
  const definition = await withFloor(db, theme.draft, facts);
  const version = theme.version + 1;
  await db.run(sql`
    insert into theme.version (theme, version, definition, level, purposes, row_filters, published_by)
    values (${theme.id}, ${version}::int, ${json(definition)}::text::jsonb, ${derived.level}, ${derived.purposes}::text[], ${json(filtersOf(theme.id, definition, facts))}::text::jsonb, ${db.actor.name})`);
  for (const { column, part, resource, field } of derived.sources)
    await db.run(sql`
      insert into theme.source (theme, version, column_name, part, resource, field) values (${theme.id}, ${version}::int, ${column}, ${part}, ${resource}, ${field}) on conflict do nothing`);
  await db.run(sql`
    update theme.theme set state = 'published', version = ${version}::int, problem = null, changed_at = kernel.now() where id = ${theme.id}`);
  const { entry, fields } = entryOf({ theme, definition, derived, facts, version });
  await db.run(
    sql`select catalog.register_theme(${theme.id}, ${json(entry)}::text::jsonb, ${json(fields)}::text::jsonb)`,
  );
  await db.run(sql`select share.apply_theme(${theme.id})`);
  if (definition.kind === 'index') await queueIndex(db, theme.id);
  else await refresh(db, theme.id);
  await db.emit({ type: 'theme.published', subject: theme.id, data: { theme: theme.id, version: String(version) } });
}

const filtersOf = (id: string, { inputs }: Definition, { grants }: Facts): Record<string, unknown> =>
  Object.fromEntries(
    inputs.map(({ as }) => [as, grants.find(({ name }) => name === needName(id, as))?.rowFilter ?? []]),
  );

/** Counts have the floor of the day (K8): of persons, of enterprises; counts of things have none. */
async function withFloor(db: Db, definition: Definition, { resources }: Facts): Promise<Definition> {
  if (!definition.count) return definition;
  const about = (kind: string) => resources.some(({ fields }) => fields.some(({ subject }) => subject === kind));
  const rule = about('person') ? 'persons' : about('entity') ? 'firms' : undefined;
  const least = rule ? Number((await ruleAt(db, `statistics.small-cell.${rule}`)).value) : 1;
  return { ...definition, count: { ...definition.count, least } };
}

/** The catalogue entry that a theme is found and granted by. */
function entryOf(options: {
  theme: ThemeRow;
  definition: Definition;
  derived: Derived;
  facts: Facts;
  version: number;
}) {
  const { theme, definition, derived, facts, version } = options;
  const inputs = new Map(
    definition.inputs.map(({ as, resource }) => [as, facts.resources.find(({ id }) => id === resource)]),
  );
  const source = (from: string): FieldFacts | undefined => {
    const { alias, field } = placeOf(from);
    return inputs.get(alias)?.fields.find(({ name }) => name === field);
  };
  // An input that need not match leaves its columns empty.
  const optional = new Set(
    definition.joins.filter(({ required }) => !required).map(({ right }) => placeOf(right).alias),
  );
  const typeOf = (from: string, as: string | undefined): Record<string, unknown> => {
    if (as === 'present') return { type: 'boolean' };
    const type = source(from)?.type ?? {};
    const plain = as === 'year' ? { type: 'integer' } : type;
    const empty = optional.has(placeOf(from).alias) || (as === 'year' && plainOf(type).nullable);
    return empty && !plainOf(plain).nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
  };
  const fields: object[] = definition.columns.map(({ name, title, from, as }) => {
    const origin = source(from);
    const plain = as === undefined || as === 'value';
    return {
      name,
      column: name,
      title,
      level: definition.count ? derived.level : (origin?.level ?? derived.level),
      element: plain ? (origin?.element ?? null) : null,
      subject: plain && !definition.count ? (origin?.subject ?? null) : null,
      type: typeOf(from, as),
    };
  });
  for (const { name, title, base } of definition.index ?? [])
    fields.push({
      name,
      column: name,
      title,
      level: base === 'person' ? 'L3' : 'L1',
      element: null,
      subject: base === 'person' ? 'person' : base === 'firm' ? 'entity' : null,
      // Rows of the remainder have none.
      type: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    });
  if (definition.count) {
    const { name, title } = definition.count;
    fields.push({
      name,
      column: name,
      title,
      level: derived.level,
      element: null,
      subject: null,
      type: { type: 'integer' },
    });
  }
  const known = new Map([...inputs].flatMap(([alias, resource]) => (resource ? [[alias, resource] as const] : [])));
  const entry = {
    version,
    title: theme.title,
    summary: {
      zh: `由${facts.resources.map(({ title }) => `“${title.zh}”`).join('、')}派生的专题数据。`,
      en: `Derived from ${facts.resources.map(({ title }) => title.en).join(', ')}.`,
    },
    owner: theme.steward,
    level: derived.level,
    key: definition.key ?? definition.columns[0]?.name,
    scope: reachOf(definition, known) ?? null,
    retention: { zh: '随来源更新', en: 'as long as its sources' },
    badge: facts.resources.some(({ badge }) => badge === 'sample') ? 'sample' : null,
  };
  return { entry, fields };
}

/** The steward publishes a theme. What would raise no level, no purpose and no circle is refused before anything is written. */
export const publishTheme = route({
  method: 'POST',
  path: '/api/theme/themes/:id/publish',
  summary: { zh: '发布专题库', en: 'Publish a thematic database' },
  allow: 'theme.build',
  params: ThemeParams,
  reply: ThemeSchema,
  errors: [NotFound, ThemeFaulty],
  examples: {
    own: { as: 'data-officer', params: { id: 'elder-homes' } },
    foreign: { as: 'data-officer', params: { id: 'residents-by-committee' } },
  },
  handler: async ({ db, params: { id } }) => {
    await publish(db, await holdTheme(db, id));
    return readTheme(db, id);
  },
});
