import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { TextSchema } from './item-definition.ts';

const PAGE = 50;

type Row = {
  code: string;
  title: Text;
  kind: string;
  unit: string;
  state: string;
  version: number;
  draftState: string | null;
  depth: number | null;
  cases: number;
  online: number;
  blockers: number;
  sample: boolean;
};

/** Items for those who work on them: drafts first, then by name. */
export const listDeskItems = route({
  method: 'GET',
  path: '/api/service/desk/items',
  summary: { zh: '事项管理', en: 'Items in work' },
  allow: 'service.item.read',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 60 })),
    unit: Type.Optional(Type.String({ maxLength: 80 })),
    depth: Type.Optional(Type.String({ pattern: '^[1-4]$' })),
    /** Only what waits: `drawn`, or `submitted` for publishing. */
    draft: Type.Optional(Type.Union([Type.Literal('drawn'), Type.Literal('submitted')])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        code: Type.String(),
        title: TextSchema,
        kind: Type.String(),
        unit: Type.String(),
        state: Type.String(),
        version: Type.Integer(),
        draftState: Type.Union([Type.String(), Type.Null()]),
        depth: Type.Union([Type.Integer(), Type.Null()]),
        /** Cases of the last twelve months, and those that were online. */
        cases: Type.Integer(),
        online: Type.Integer(),
        blockers: Type.Integer(),
        sample: Type.Boolean(),
      }),
    ),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    units: Type.Array(Type.Object({ unit: Type.String(), items: Type.Integer() })),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query: { q = '', unit, depth, draft, page = 1 } }) => {
    const name = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const title = sql`coalesce(i.draft -> 'title', i.title)`;
    const where = sql`(${title} ->> 'zh' ilike ${name} or ${title} ->> 'en' ilike ${name} or i.code ilike ${name})
      and (${unit ?? null}::text is null or i.unit = ${unit ?? null}::text) and (${depth ?? null}::int is null or i.depth = ${depth ?? null}::int)
      and (${draft ?? null}::text is null or i.draft_state = ${draft ?? null}::text)`;
    const items = await db.rows<Row>(sql`
      select i.code, ${title} as title, coalesce(i.draft ->> 'kind', i.kind) as kind, i.unit, i.state, i.version, i.draft_state as "draftState", i.depth, y.cases, y.online,
        (select count(*)::int from service.blocker b where b.item = i.code and b.state = 'open') as blockers, i.sample
      from service.item i join service.item_year y on y.item = i.code where ${where}
      order by i.draft_state is null, i.draft_state desc, ${title} ->> 'zh', i.code limit ${PAGE} offset ${(page - 1) * PAGE}`);
    const { total } = await db.one<{ total: number }>(
      sql`select count(*)::int as total from service.item i where ${where}`,
    );
    const units = await db.rows<{ unit: string; items: number }>(
      sql`select unit, count(*)::int as items from service.item group by unit order by 2 desc, 1`,
    );
    return { items, total, page, pageSize: PAGE, units };
  },
});
