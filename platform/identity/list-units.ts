import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import type { UnitNames } from '#platform/kernel/ports.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { readEnded } from './organisation/find-unit.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Unit } from './organisation.ts';
import { successorsOf, unitsAt } from './organisation/units-over-time.ts';
import { unitResource } from './resources.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/**
 * The organisation tree as a list; `parent` makes the tree, order is the official one. Without `at` it holds every unit that ever
 * was under its latest name, those that ended marked; with `at` only those that stood then, named as they were.
 */
export const listUnits = route({
  method: 'GET',
  path: '/api/identity/units',
  summary: { zh: '组织机构', en: 'Organisation' },
  allow: 'public',
  query: Type.Object({ at: Type.Optional(Type.String({ format: 'date-time' })) }, { additionalProperties: false }),
  reply: Type.Object({
    units: Type.Array(itemOf(unitResource, ['code', 'kind', 'parent', 'area', 'name', 'nameEn', 'endedAt'])),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, query }) => {
    const from = query.at
      ? sql`(select v.*, u.position, null::timestamptz as valid_to from ${unitsAt(new Date(query.at))} v join identity.unit u using (code))`
      : sql`identity.unit`;
    const rows = await db.rows<Unit & { endedAt: Date | null }>(
      sql`select code, kind, parent, area, name, name_en as "nameEn", valid_to as "endedAt" from ${from} u order by position`,
    );
    return { units: rows.map((row) => ({ ...row, endedAt: row.endedAt?.toISOString() ?? null })) };
  },
});

/** Names of all units, also of those that ended, for other modules. */
export const namesOfUnits: UnitNames = {
  async all({ database }) {
    const rows = await database.tx({ module: 'identity', actor: systemActor({ name: 'unit-names' }) }, (db) =>
      db.rows<{ code: string; zh: string; en: string }>(sql`select code, name as zh, name_en as en from identity.unit`),
    );
    return new Map(rows.map(({ code, zh, en }) => [code, { zh, en }]));
  },
  ended: (services) => readEnded(services),
};

/** The history of a unit (机构沿革): its names and places in the tree, what it came from and what became of it. */
export const showUnitHistory = route({
  method: 'GET',
  path: '/api/identity/units/:code/history',
  summary: { zh: '机构沿革', en: 'History of a unit' },
  allow: 'public',
  params: Type.Object({ code: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) }),
  reply: Type.Object({
    versions: Type.Array(
      Type.Object({
        from: Nullable(Type.String()),
        to: Nullable(Type.String()),
        name: Type.String(),
        nameEn: Type.String(),
        parent: Nullable(Type.String()),
      }),
    ),
    /** Units that it took over from, and those that took over from it. */
    predecessors: Type.Array(Type.String()),
    successors: Type.Array(Type.String()),
    /** What does its work today. */
    today: Type.Array(Type.String()),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'anonymous', params: { code: 'staffing' } },
    foreign: { as: 'anonymous', params: { code: 'no-such-unit' } },
  },
  handler: async ({ db, params: { code } }) => {
    const rows = await db.rows<{
      from: Date | null;
      to: Date | null;
      name: string;
      nameEn: string;
      parent: string | null;
    }>(sql`select nullif(valid_from, '-infinity') as from, valid_to as to, name, name_en as "nameEn", parent from identity.unit_version
      where unit = ${code} order by valid_from desc`);
    if (rows.length === 0) throw NotFound.with();
    const links = await db.rows<{ unit: string; successor: string }>(
      sql`select unit, successor from identity.unit_successor where unit = ${code} or successor = ${code} order by unit, successor`,
    );
    return {
      versions: rows.map((row) => ({
        ...row,
        from: row.from?.toISOString() ?? null,
        to: row.to?.toISOString() ?? null,
      })),
      predecessors: links.filter(({ successor }) => successor === code).map(({ unit }) => unit),
      successors: links.filter(({ unit }) => unit === code).map(({ successor }) => successor),
      today: await successorsOf({ db, code }),
    };
  },
});
