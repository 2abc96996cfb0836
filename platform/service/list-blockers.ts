import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { planRemovals } from './blocker-plan.ts';
import { TextSchema } from './item-definition.ts';
import { BLOCKER_KINDS, type BlockerKind } from './item-depth.ts';

const KINDS = Object.keys(BLOCKER_KINDS) as BlockerKind[];
const KindSchema = Type.Unsafe<BlockerKind>(Type.Union(KINDS.map((kind) => Type.Literal(kind))));
const PAGE = 50;

const BlockerSchema = Type.Object({
  id: Type.String(),
  item: Type.String(),
  itemTitle: TextSchema,
  unit: Type.String(),
  kind: KindSchema,
  cause: Type.String(),
  owner: Type.String(),
  plan: Type.String(),
  due: Type.Union([Type.String(), Type.Null()]),
  overdue: Type.Boolean(),
  measures: Type.Array(Type.String()),
  cases: Type.Integer(),
  mayPlan: Type.Boolean(),
});
type Blocker = {
  id: string;
  item: string;
  itemTitle: Text;
  unit: string;
  kind: BlockerKind;
  cause: string;
  owner: string;
  plan: string;
  due: string | null;
  overdue: boolean;
  measures: string[];
  cases: number;
};
const COLUMNS = sql`b.id, b.item, i.title as "itemTitle", i.unit, b.kind, b.cause, b.owner, b.plan, b.due::text as due,
  coalesce(b.due < (kernel.now() at time zone 'Asia/Shanghai')::date, false) as overdue, b.measures, y.cases`;
const FROM = sql`service.blocker b join service.item i on i.code = b.item join service.item_year y on y.item = b.item`;
const viewOf = (db: Db, blocker: Blocker) => ({
  ...blocker,
  mayPlan: db.actor.post === 'data-officer' && db.actor.unit === blocker.unit,
});

/** Blockers (网办障碍) that stand, by owner and kind; those of the most used items first. */
export const listBlockers = route({
  method: 'GET',
  path: '/api/service/blockers',
  summary: { zh: '网办障碍', en: 'Blockers of online handling' },
  allow: 'service.item.read',
  query: Type.Object({
    owner: Type.Optional(Type.String({ maxLength: 80 })),
    kind: Type.Optional(KindSchema),
    measure: Type.Optional(Type.String({ maxLength: 100 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    blockers: Type.Array(BlockerSchema),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    /** Items that have one. */
    items: Type.Integer(),
    byOwner: Type.Array(
      Type.Object({
        owner: Type.String(),
        blockers: Type.Integer(),
        items: Type.Integer(),
        planned: Type.Integer(),
        overdue: Type.Integer(),
      }),
    ),
    byKind: Type.Array(Type.Object({ kind: KindSchema, blockers: Type.Integer() })),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query: { owner, kind, measure, page = 1 } }) => {
    const where = sql`b.state = 'open' and (${owner ?? null}::text is null or b.owner = ${owner ?? null}::text)
      and (${kind ?? null}::text is null or b.kind = ${kind ?? null}::text) and (${measure ?? null}::text is null or ${measure ?? null}::text = any (b.measures))`;
    const blockers = await db.rows<Blocker>(
      sql`select ${COLUMNS} from ${FROM} where ${where} order by y.cases desc, b.id limit ${PAGE} offset ${(page - 1) * PAGE}`,
    );
    const { total } = await db.one<{ total: number }>(sql`select count(*)::int as total from ${FROM} where ${where}`);
    const byOwner = await db.rows<{
      owner: string;
      blockers: number;
      items: number;
      planned: number;
      overdue: number;
    }>(sql`
      select owner, count(*)::int as blockers, count(distinct item)::int as items, (count(*) filter (where plan <> ''))::int as planned,
        (count(*) filter (where due < (kernel.now() at time zone 'Asia/Shanghai')::date))::int as overdue
      from service.blocker where state = 'open' group by owner order by 2 desc, 1`);
    const byKind = await db.rows<{ kind: BlockerKind; blockers: number }>(
      sql`select kind, count(*)::int as blockers from service.blocker where state = 'open' group by kind order by 2 desc, 1`,
    );
    const { items } = await db.one<{ items: number }>(
      sql`select count(distinct item)::int as items from service.blocker where state = 'open'`,
    );
    return {
      blockers: blockers.map((blocker) => viewOf(db, blocker)),
      total,
      page,
      pageSize: PAGE,
      items,
      byOwner,
      byKind,
    };
  },
});

/** What to remove next: measures ranked by what they cover, with the items and cases that each step frees. */
export const planBlockers = route({
  method: 'GET',
  path: '/api/service/blockers/plan',
  summary: { zh: '先清哪个障碍', en: 'What to remove next' },
  allow: 'service.item.read',
  query: Type.Object({
    by: Type.Optional(Type.Union([Type.Literal('items'), Type.Literal('cases')])),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  reply: Type.Object({
    blockers: Type.Integer(),
    /** Blockers that no measure is known for. */
    unplanned: Type.Integer(),
    items: Type.Integer(),
    full: Type.Integer(),
    steps: Type.Array(
      Type.Object({
        measure: Type.String(),
        title: TextSchema,
        owner: Type.String(),
        removes: Type.Integer(),
        /** Ten-thousandths of the weight of all blockers. */
        covered: Type.Integer(),
        freed: Type.Array(Type.Object({ code: Type.String(), title: TextSchema })),
        freedCases: Type.Integer(),
        /** Item ratio after this step, per cent. */
        itemRatio: Type.Number(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query: { by = 'items', most = 20 } }) => {
    const obstacles = await db.rows<{ item: string; kind: BlockerKind; measures: string[] }>(
      sql`select item, kind, measures from service.blocker where state = 'open' order by id`,
    );
    const items = new Map(
      (
        await db.rows<{ code: string; title: Text; cases: number; depth: number }>(sql`
          select i.code, i.title, y.cases, i.depth from service.item i join service.item_year y on y.item = i.code where i.state = 'published'`)
      ).map((item) => [item.code, item]),
    );
    const measures = new Map(
      (
        await db.rows<{ id: string; title: Text; owner: string }>(sql`select id, title, owner from service.measure`)
      ).map((measure) => [measure.id, measure]),
    );
    const cases = (item: string) => items.get(item)?.cases ?? 0;
    const steps = planRemovals({ obstacles, cases, weight: by === 'cases' ? cases : () => 1, most });
    const full = [...items.values()].filter(({ depth }) => depth === 4).length;
    let now = full;
    return {
      blockers: obstacles.length,
      unplanned: obstacles.filter((obstacle) => obstacle.measures.length === 0).length,
      items: items.size,
      full,
      steps: steps.map(({ measure, freed, ...step }) => {
        now += freed.length;
        return {
          ...step,
          measure,
          title: measures.get(measure)?.title ?? { zh: measure, en: measure },
          owner: measures.get(measure)?.owner ?? '',
          freed: freed.map((code) => ({ code, title: items.get(code)?.title ?? { zh: code, en: code } })),
          itemRatio: Math.round((now / Math.max(items.size, 1)) * 10_000) / 100,
        };
      }),
    };
  },
});

/** The unit of the item says who removes a blocker, how and until when. */
export const planBlocker = route({
  method: 'PUT',
  path: '/api/service/blockers/:id',
  summary: { zh: '填写清障计划', en: 'Plan the removal of a blocker' },
  allow: 'service.blocker.plan',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9A-Z]{31,33}:[a-z-]{1,20}$' }) }),
  body: Type.Object(
    {
      owner: Type.String({ minLength: 1, maxLength: 80 }),
      plan: Type.String({ minLength: 2, maxLength: 500 }),
      due: Type.String({ format: 'date' }),
    },
    { additionalProperties: false },
  ),
  reply: BlockerSchema,
  errors: [NotFound],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:service-blocker' },
      body: { owner: 'civil-affairs', plan: '改用电子证照核验', due: '2027-06-30' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:service-blocker-foreign' },
      body: { owner: 'civil-affairs', plan: '改用电子证照核验', due: '2027-06-30' },
    },
  },
  handler: async ({ db, actor, params: { id }, body: { owner, plan, due } }) => {
    const changed = await db.run(sql`
      update service.blocker b set owner = ${owner}, plan = ${plan.trim()}, due = ${due}::date
      from service.item i where i.code = b.item and b.id = ${id} and b.state = 'open' and i.unit = ${actor.unit ?? ''}`);
    if (changed === 0) throw NotFound.with();
    return viewOf(db, await db.one<Blocker>(sql`select ${COLUMNS} from ${FROM} where b.id = ${id}`));
  },
});
