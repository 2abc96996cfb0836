import { Type, type Static } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ruleAt, type RuleTable } from '#platform/rulebook/rule-at.ts';
import { deriveTheme, type Derived, type Facts } from './check-definition.ts';
import { type Definition, DefinitionSchema } from './definition.ts';
import { placementOf } from './storage-policy.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
export const ThemeParams = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 41 }),
});

export const FaultSchema = Type.Object({ pointer: Type.String(), rule: Type.String(), message: TextSchema });
const RunSchema = Type.Object({
  at: Type.String(),
  outcome: Type.String(),
  rows: Type.Union([Type.Integer(), Type.Null()]),
  remainder: Type.Union([Type.Number(), Type.Null()]),
  tookMs: Type.Union([Type.Integer(), Type.Null()]),
  reason: Type.Union([TextSchema, Type.Null()]),
});

/** A thematic database (专题库): its draft, what would follow from it now, and what is published. */
export const ThemeSchema = Type.Object({
  id: Type.String(),
  title: TextSchema,
  field: Type.String(),
  steward: Type.String(),
  state: Type.String(),
  version: Type.Integer(),
  problem: Type.Union([TextSchema, Type.Null()]),
  draft: DefinitionSchema,
  /** What stands in the way of publishing the draft. */
  faults: Type.Array(FaultSchema),
  /** Level and purposes that follow from what the draft uses. */
  level: Type.String(),
  purposes: Type.Array(Type.String()),
  /** Needs of the draft with their grants. */
  needs: Type.Array(
    Type.Object({
      grant: Type.String(),
      alias: Type.String(),
      resource: Type.String(),
      resourceTitle: TextSchema,
      owner: Type.String(),
      fields: Type.Array(Type.String()),
      state: Type.String(),
    }),
  ),
  /** Of each column of the draft every field that it comes from. */
  lineage: Type.Array(
    Type.Object({
      column: Type.String(),
      part: Type.String(),
      resource: Type.String(),
      resourceTitle: TextSchema,
      field: Type.String(),
      fieldTitle: TextSchema,
      level: Type.String(),
      owner: Type.String(),
    }),
  ),
  placement: Type.Object({ structure: Type.String(), tier: Type.String(), reason: TextSchema }),
  readsPerDay: Type.Number(),
  runs: Type.Array(RunSchema),
  mayBuild: Type.Boolean(),
});
export type ThemeView = Static<typeof ThemeSchema>;

export type ThemeRow = {
  id: string;
  title: Text;
  field: string;
  steward: string;
  state: 'draft' | 'published' | 'stopped';
  version: number;
  problem: Text | null;
  draft: Definition;
};

const COLUMNS = sql`id, title, field, steward, state, version, problem, draft`;

export const mayBuild = (actor: Actor, theme: { steward: string }): boolean =>
  actor.post === 'data-officer' && actor.unit === theme.steward;

export async function findTheme(db: Db, id: string): Promise<ThemeRow> {
  const theme = await db.first<ThemeRow>(sql`select ${COLUMNS} from theme.theme where id = ${id}`);
  if (!theme) throw NotFound.with();
  return theme;
}

/** The theme, held until the end of the transaction, for its steward; to others it does not exist for writing. */
export async function holdTheme(db: Db, id: string): Promise<ThemeRow> {
  const theme = await db.first<ThemeRow>(sql`select ${COLUMNS} from theme.theme where id = ${id} for update`);
  if (!theme || !mayBuild(db.actor, theme)) throw NotFound.with();
  return theme;
}

/** What the catalogue knows of a theme's inputs and needs. */
export async function factsOf(db: Db, theme: string, definition: Definition): Promise<Facts> {
  const { facts } = await db.one<{ facts: Facts }>(
    sql`select catalog.theme_facts(${theme}, ${definition.inputs.map(({ resource }) => resource)}::text[]) as facts`,
  );
  return facts;
}

/** Resources that the other published themes derive from. */
export async function othersOf(db: Db, theme: string): Promise<Map<string, string[]>> {
  const rows = await db.rows<{ id: string; inputs: string[] }>(sql`
    select t.id, array(select i ->> 'resource' from jsonb_array_elements(v.definition -> 'inputs') i) as inputs
    from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version where t.id <> ${theme}`);
  return new Map(rows.map(({ id, inputs }) => [id, inputs]));
}

/** What follows from a definition at this moment: faults, level, purposes, lineage. */
export async function derive(
  db: Db,
  theme: string,
  definition: Definition,
): Promise<{ faults: ReturnType<typeof deriveTheme>['faults']; derived: Derived; facts: Facts }> {
  const facts = await factsOf(db, theme, definition);
  return { ...deriveTheme({ theme, definition, facts, others: await othersOf(db, theme) }), facts };
}

/** Days over which the use of a theme is measured. */
const DAYS = 30;

export async function readTheme(db: Db, id: string): Promise<ThemeView> {
  const theme = await findTheme(db, id);
  const { faults, derived, facts } = await derive(db, id, theme.draft);
  const resources = new Map(facts.resources.map((resource) => [resource.id, resource]));
  const runs = await db.rows<Omit<ThemeView['runs'][number], 'at'> & { at: Date }>(sql`
    select at, outcome, rows::int as rows, remainder::float8 as remainder, took_ms as "tookMs", reason from theme.run where theme = ${id} order by seq desc limit 30`);
  const { reads } = await db.one<{ reads: number }>(sql`select theme.reads_per_day(${id}, ${DAYS}::int) as reads`);
  const table = (await ruleAt(db, 'theme.storage')).value as RuleTable;
  const rows = runs.find((run) => run.rows !== null)?.rows ?? null;
  const titled = (resource: string) => resources.get(resource)?.title ?? { zh: resource, en: resource };
  return {
    ...theme,
    faults,
    level: derived.level,
    purposes: derived.purposes,
    needs: derived.needs.map(({ alias, resource, fields }) => {
      const name = `${id.replaceAll('-', '_')}__${alias}`;
      return {
        grant: `theme.${name}`,
        alias,
        resource,
        resourceTitle: titled(resource),
        owner: resources.get(resource)?.owner ?? '',
        fields,
        state: facts.grants.find((grant) => grant.name === name)?.state ?? 'none',
      };
    }),
    lineage: derived.sources.map(({ column, part, resource, field }) => {
      const facts = resources.get(resource)?.fields.find((each) => each.name === field);
      return {
        column,
        part,
        resource,
        resourceTitle: titled(resource),
        field,
        fieldTitle: facts?.title ?? { zh: field, en: field },
        level: facts?.level ?? '',
        owner: resources.get(resource)?.owner ?? '',
      };
    }),
    placement: placementOf(table, { copies: theme.draft.kind !== 'associate', rows, readsPerDay: reads }),
    readsPerDay: reads,
    runs: runs.map((run) => ({ ...run, at: run.at.toISOString() })),
    mayBuild: mayBuild(db.actor, theme),
  };
}
