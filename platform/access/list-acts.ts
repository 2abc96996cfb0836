import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MOST = 50;

/** What others did for me (别人替我办的事): each act and each refused try, as it stands in the audit; newest first. */
export const listActs = route({
  method: 'GET',
  path: '/api/access/delegations/acts',
  summary: { zh: '别人替我办了什么', en: 'What others did for me' },
  allow: 'access.delegation.give',
  self: true,
  query: Type.Object({
    before: Type.Optional(
      Type.String({ format: 'date-time', pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-]\\d{2}:\\d{2})$' }),
    ),
  }),
  reply: Type.Object({
    acts: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.String({ format: 'date-time' }),
        delegation: Type.String(),
        who: Type.String({ description: 'name of the delegate' }),
        what: Words,
        outcome: Type.Union([Type.Literal('done'), Type.Literal('refused')]),
        code: Type.Union([Type.String(), Type.Null()], { description: 'why it was refused' }),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, services, query }) => {
    const kinds = [...(actor.person ? ['person'] : []), ...(actor.entity ? ['entity'] : [])];
    const rows = await db.rows<{
      id: string;
      at: Date;
      behalf: string;
      name: string;
      route: string;
      outcome: string;
      code: string | null;
    }>(sql`
      select l.id, l.at, l.behalf, l.name, l.route, l.outcome, l.code
      from unnest(${kinds}::text[]) as k, audit.own_acts(k, ${query.before ?? null}::timestamptz, ${MOST}::int) l
      order by l.at desc, l.id desc limit ${MOST}::int`);
    const titles = new Map(services.registry.routes().map(({ route: r }) => [`${r.method} ${r.path}`, r.summary]));
    return {
      acts: rows.map(({ behalf, name, route: id, at, outcome, ...row }) => ({
        ...row,
        at: at.toISOString(),
        delegation: behalf,
        who: name,
        what: titles.get(id) ?? { zh: id, en: id },
        outcome: outcome === 'refused' ? ('refused' as const) : ('done' as const),
      })),
      next: rows.length === MOST ? (rows.at(-1)?.at.toISOString() ?? null) : null,
    };
  },
});
