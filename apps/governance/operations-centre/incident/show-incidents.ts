import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { EntitySource } from '#platform/case/entity-timeline.ts';
import { IncidentParams, IncidentSchema, incidentView, MemberSchema, readIncidents } from './incident-record.ts';

const MOST = 100;
const Moment = Type.String({ format: 'date-time' });

/** Composite incidents (复合事件列表): open ones, the gravest first. */
export const listIncidents = route({
  method: 'GET',
  path: '/api/ops/incidents',
  summary: { zh: '复合事件', en: 'Composite incidents' },
  allow: 'ops.incident.read',
  query: Type.Object(
    { view: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('ended')])) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    incidents: Type.Array(IncidentSchema),
    quietSince: Type.Union([Moment, Type.Null()]),
    asOf: Moment,
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, query, clock }) => {
    const incidents = await readIncidents(
      db,
      query.view === 'ended'
        ? sql`where i.state <> 'open' order by i.last_at desc limit ${MOST}::int`
        : sql`where i.state = 'open' order by i.level, i.last_at desc, i.id limit ${MOST}::int`,
    );
    const last = await db.first<{ at: Date | null }>(
      sql`select max(closed_at) as at from ops.incident where exercise is null`,
    );
    return {
      incidents: incidents.map(incidentView),
      quietSince: last?.at?.toISOString() ?? null,
      asOf: clock.now().toISOString(),
    };
  },
});

type Member = {
  id: string;
  source: string;
  ref: string;
  class: string;
  title: Text;
  level: number;
  lon: number;
  lat: number;
  at: Date;
  state: string | null;
  endedAt: Date | null;
  sample: boolean;
  byHand: boolean;
};

/** What the cases say (案件描述), read where they stand and never kept here; nothing where the grant does not hold. */
async function wordsOf(db: Db, members: readonly Member[]): Promise<ReadonlyMap<string, string>> {
  const refs = members.filter(({ source }) => source === 'case').map(({ ref }) => ref);
  if (refs.length === 0) return new Map();
  const { granted } = await db.one<{ granted: boolean }>(
    sql`select has_table_privilege('share.ops__case_all', 'select') as granted`,
  );
  if (!granted) return new Map();
  const rows = await db.rows<{ no: string; description: string; address: string | null }>(
    sql`select no, description, address from ${db.share('case')} where no = any(${refs}::text[])`,
  );
  return new Map(
    rows.map(({ no, description, address }) => [no, address ? `${description} · ${address}` : description]),
  );
}

/** One incident with its members, orders and option sets (复合事件详情). */
export const showIncident = route({
  method: 'GET',
  path: '/api/ops/incidents/:id',
  summary: { zh: '复合事件详情', en: 'One composite incident' },
  allow: 'ops.incident.read',
  params: IncidentParams,
  reply: Type.Object({
    ...IncidentSchema.properties,
    memberList: Type.Array(MemberSchema),
    orderList: Type.Array(
      Type.Object({ id: Type.String(), no: Type.String(), title: Type.String(), state: Type.String() }),
    ),
    optionSets: Type.Array(Type.Object({ id: Type.String(), question: Type.String(), state: Type.String() })),
  }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:ops-incident' } } },
  handler: async ({ db, params }) => {
    const [found] = await readIncidents(db, sql`where i.id = ${params.id}::uuid`);
    if (!found) throw NotFound.with();
    const members = await db.rows<Member>(sql`
      select id, source, ref, class, title, level, lon, lat, at, state, ended_at as "endedAt", sample, by_hand as "byHand" from ops.member where incident = ${params.id}::uuid order by at, ref`);
    const words = await wordsOf(db, members);
    const orderList = await db.rows<{ id: string; no: string; title: string; state: string }>(
      sql`select id, no, title, state from ops.command_order where incident = ${params.id}::uuid order by drafted_at desc`,
    );
    const optionSets = await db.rows<{ id: string; question: string; state: string }>(
      sql`select id, question, state from ops.option_set where incident = ${params.id}::uuid order by made_at desc`,
    );
    return {
      ...incidentView(found),
      memberList: members.map((each) => ({
        ...each,
        at: each.at.toISOString(),
        endedAt: each.endedAt?.toISOString() ?? null,
        text: words.get(each.ref) ?? null,
      })),
      orderList,
      optionSets,
    };
  },
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Composite incidents tell their story on the one timeline (突发事件). */
export const incidentSource: EntitySource = {
  kind: 'emergency',
  read: ({ services, actor, id }) =>
    services.database.tx({ module: 'ops', actor, readOnly: true }, async (db) => {
      if (!UUID.test(id)) return undefined;
      const [found] = await readIncidents(db, sql`where i.id = ${id}::uuid`);
      if (!found) return undefined;
      const entries = await db.rows<{ at: Date; what: string; byName: string; text: string | null; data: object }>(sql`
        select at, what, by_name as "byName", text, data from ops.incident_entry where incident = ${id}::uuid order by at, id limit 500`);
      const mark = found.exerciseId ? { zh: '【演练】', en: '[Exercise] ' } : { zh: '', en: '' };
      return {
        title: { zh: `${mark.zh}${found.title.zh} ${found.no}`, en: `${mark.en}${found.title.en} ${found.no}` },
        state: found.state,
        entries: entries.map(({ what, at, data, ...entry }) => ({
          ...entry,
          at: at.toISOString(),
          kind: `incident.${what}`,
          byUnit: null,
          data: data as Record<string, unknown>,
        })),
      };
    }),
};
