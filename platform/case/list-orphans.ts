import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { endedUnits } from '#platform/kernel/ended-units.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { incidentCase, responsibility } from './resources.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const OrphanCase = Type.Object(itemOf(incidentCase, ['no', 'class', 'description', 'state', 'dueAt']).properties);
const OrphanLine = Type.Object({
  ...itemOf(responsibility, ['id', 'class', 'place', 'owner']).properties,
  /** A line in its place waits for an approval already. */
  asked: Type.Boolean(),
});
const Orphans = Type.Object({
  unit: Type.String(),
  name: Words,
  successors: Type.Array(Type.Object({ code: Type.String(), name: Words })),
  cases: Type.Array(OrphanCase),
  lines: Type.Array(OrphanLine),
});
const MOST = 500;

/**
 * What belongs to units that were abolished (撤销单位遗留事项): open cases that nobody has in hand any more, and lines of the table that name nobody; each
 * unit with those that do its work now. A person passes the cases on and has the lines changed.
 */
export const listOrphans = route({
  method: 'GET',
  path: '/api/incident/orphans',
  summary: { zh: '已撤销单位的案件和权责条目', en: 'Cases and lines of abolished units' },
  allow: 'incident.case.read',
  reply: Type.Object({ units: Type.Array(Orphans) }),
  examples: { own: { as: 'duty-officer' } },
  prepare: ({ services }) => endedUnits(services),
  handler: async ({ db, prepared: ended }) => {
    const codes = [...ended.keys()];
    if (codes.length === 0) return { units: [] };
    const cases = await db.rows<Omit<Static<typeof OrphanCase>, 'dueAt'> & { unit: string; dueAt: Date | null }>(sql`
      select no, class, description, state, unit, due_at as "dueAt" from incident.case_file
      where unit = any(${codes}::text[]) and state in ('dispatched', 'handling', 'suspended') order by due_at nulls last, no limit ${MOST}::int`);
    const lines = await db.rows<Static<typeof OrphanLine> & { unit: string }>(sql`
      select t.id, t.class, t.place, t.owner, t.unit, exists (select from incident.responsibility p where p.state = 'proposed' and p.class = t.class
        and p.place = t.place and coalesce(p.owner, '') = coalesce(t.owner, '') and p.unit <> t.unit) as asked
      from incident.responsibility t where t.unit = any(${codes}::text[]) and t.state = 'approved'
        and (t.valid_to is null or t.valid_to > (kernel.now() at time zone 'Asia/Shanghai')::date) order by t.class, t.place, t.id limit ${MOST}::int`);
    return {
      units: codes.flatMap((unit) => {
        const known = ended.get(unit);
        const own = cases.filter((each) => each.unit === unit);
        const named = lines.filter((each) => each.unit === unit);
        if (!known || own.length + named.length === 0) return [];
        return [
          {
            unit,
            name: known.name,
            successors: [...known.successors],
            cases: own.map(({ unit: _unit, dueAt, ...each }) => ({ ...each, dueAt: dueAt?.toISOString() ?? null })),
            lines: named.map(({ unit: _unit, ...line }) => line),
          },
        ];
      }),
    };
  },
});
