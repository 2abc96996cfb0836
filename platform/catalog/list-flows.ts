import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { titleOf } from './grant-record.ts';
import { TextSchema } from './item-detail.ts';

const FlowSchema = Type.Object({
  owner: Type.String(),
  resource: Type.String(),
  title: TextSchema,
  level: Type.String(),
  taker: Type.String(),
  takerTitle: TextSchema,
  state: Type.String(),
  fields: Type.Integer(),
  purposes: Type.Array(Type.String()),
  since: Type.Union([Type.String(), Type.Null()]),
});

type Row = {
  owner: string;
  resource: string;
  title: Text;
  level: string;
  taker: string;
  state: string;
  fields: number;
  purposes: string[];
  since: Date | null;
};

/** Who gives what to whom (数据流向): the exchange map. Public, because it names units and items, never persons. */
export const listFlows = route({
  method: 'GET',
  path: '/api/catalog/flows',
  summary: { zh: '数据流向：谁把什么给了谁', en: 'Flows: who gives what to whom' },
  allow: 'public',
  reply: Type.Object({ flows: Type.Array(FlowSchema) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, services }) => {
    const rows = await db.rows<Row>(sql`
      select r.owner, g.resource, r.title, r.level, g.taker,
        case when g.state = 'approved' and g.valid_until <= kernel.now() then 'expired' else g.state end as state,
        case when g.state = 'approved' then cardinality(g.fields) else cardinality(g.wanted) end as fields, g.purposes,
        coalesce(g.decided_at, g.requested_at) as since
      from catalog.grant g join catalog.resource r on r.id = g.resource order by r.owner, g.resource, g.taker`);
    return {
      flows: rows.map((row) => ({
        ...row,
        since: row.since?.toISOString() ?? null,
        takerTitle: titleOf(services, row.taker),
      })),
    };
  },
});
