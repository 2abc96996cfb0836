import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { accountsOf, impactCounter, impactOf } from './impact.ts';
import { MOST_HOURS_BACK, OrderBody } from './order-body.ts';
import { OrderNotPossible, ReviewerMustBeAnother } from './order-errors.ts';
import { holderOf, ORDERS, type OrderRow, OrderSchema, shownOrder } from './order-record.ts';
import { type Facts, type Plan, planOrder, readFacts } from './plan-order.ts';

const Draft = Type.Object(
  {
    body: OrderBody,
    /** When it takes effect; without it at once after the review. */
    effectiveAt: Type.Optional(Type.String({ format: 'date-time' })),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
);
const Text = Type.Object({ zh: Type.String(), en: Type.String() });

export const ImpactSchema = Type.Object({
  ends: Type.Array(
    Type.Object({ account: Type.String(), name: Type.String(), post: Type.String(), acting: Type.Boolean() }),
  ),
  begins: Type.Array(
    Type.Object({
      account: Type.String(),
      name: Type.String(),
      post: Type.String(),
      acting: Type.Boolean(),
      until: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  units: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      change: Type.Union([Type.Literal('begins'), Type.Literal('changes'), Type.Literal('ends')]),
      text: Type.String(),
    }),
  ),
  posts: Type.Array(Type.Object({ post: Type.String(), successor: Type.Union([Type.String(), Type.Null()]) })),
  sessions: Type.Integer(),
  others: Type.Array(Type.Object({ title: Text, count: Type.Integer() })),
});

export const draftExample = {
  body: { kind: 'leave', account: 'worker.yandang' },
  reason: '样例：离任',
  effectiveAt: '2099-01-01T00:00:00+08:00',
} as const;

/** When an order counts from, seen from now. */
export const startOf = (effectiveAt: string | undefined, now: Date): Date =>
  effectiveAt === undefined || new Date(effectiveAt) < now ? now : new Date(effectiveAt);

/** Makes the plan of a draft with the faults of its date. */
async function planDraft(options: {
  db: Db;
  draft: { body: OrderBody; effectiveAt?: string };
  now: Date;
}): Promise<{ plan: Plan; facts: Facts }> {
  const { db, draft, now } = options;
  const facts = await readFacts({ db, body: draft.body, at: startOf(draft.effectiveAt, now) });
  const plan = planOrder(draft.body, facts);
  const late = tooLate(draft.effectiveAt, now);
  if (late) plan.faults.unshift(late);
  return { plan, facts };
}

function tooLate(effectiveAt: string | undefined, now: Date): FieldFault | undefined {
  if (effectiveAt === undefined || Date.parse(effectiveAt) >= now.getTime() - MOST_HOURS_BACK * 3_600_000)
    return undefined;
  const message = {
    zh: `生效时间最多早于现在 ${MOST_HOURS_BACK} 小时；已经行使的权限不追溯更改`,
    en: `is more than ${MOST_HOURS_BACK} hours ago; rights that were used are not changed afterwards`,
  };
  return { pointer: '/effectiveAt', rule: 'past', message };
}

/** What hangs on the accounts in other modules: asked before the transaction, because each opens its own. */
async function countOthers(services: Services, body: OrderBody) {
  const at = services.clock.now();
  const system = { module: 'identity', actor: { ...SYSTEM, trace: uuidv7() }, readOnly: true };
  const accounts = await services.database.tx(system, async (db) =>
    accountsOf(planOrder(body, await readFacts({ db, body, at }))),
  );
  const counters = services.registry.provided(impactCounter).map(({ value }) => value);
  return Promise.all(
    counters.map(async ({ title, countOf }) => ({ title, count: await countOf({ accounts, services }) })),
  );
}
const SYSTEM = { kind: 'system', account: 'system:impact', name: 'impact', reach: 'district' } as const;

/** What an order would do (影响预览), before it is drafted: nothing is written. */
export const previewOrder = route({
  method: 'POST',
  path: '/api/identity/orders/preview',
  summary: { zh: '预览调令的影响', en: 'What an order would do' },
  allow: 'identity.order.draft',
  repeatable: true,
  body: Type.Object(
    { body: OrderBody, effectiveAt: Type.Optional(Type.String({ format: 'date-time' })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    impact: ImpactSchema,
    faults: Type.Array(Type.Object({ pointer: Type.String(), rule: Type.String(), message: Text })),
  }),
  examples: { own: { as: 'staffing-officer', body: { body: draftExample.body } } },
  prepare: async ({ body, services }) => countOthers(services, body.body),
  handler: async ({ db, body, clock, prepared }) => {
    const now = clock.now();
    const { plan, facts } = await planDraft({ db, draft: body, now });
    return { impact: await impactOf({ db, plan, facts, others: prepared, now }), faults: plan.faults };
  },
});

/** Drafts an order (拟令): it waits for somebody else's review. */
export const draftOrder = route({
  method: 'POST',
  path: '/api/identity/orders',
  summary: { zh: '拟调令', en: 'Draft an order' },
  allow: 'identity.order.draft',
  status: 201,
  body: Draft,
  reply: OrderSchema,
  errors: [OrderNotPossible, ReviewerMustBeAnother],
  examples: { own: { as: 'staffing-officer', body: draftExample } },
  handler: async ({ db, actor, body, clock }) => {
    const now = clock.now();
    const { plan, facts } = await planDraft({ db, draft: body, now });
    const concerns = 'account' in body.body ? [body.body.account] : [];
    const holder = await holderOf(db, actor.account);
    if (concerns.includes(actor.account) || facts.account?.holder === holder) throw ReviewerMustBeAnother.with();
    if (plan.faults.length > 0) throw OrderNotPossible.with({ fields: plan.faults });
    const id = uuidv7();
    const year = String(now.getUTCFullYear());
    const { n } = await db.one<{ n: string }>(sql`select kernel.next_number('transfer-order', ${year})::text as n`);
    await db.run(sql`insert into identity.transfer_order (id, no, kind, body, reason, effective_at, review_units, concerns, drafted_by, drafted_holder, drafted_name, drafted_at)
      values (${id}::uuid, ${`${year}-${n.padStart(4, '0')}`}, ${body.body.kind}, ${JSON.stringify(body.body)}::text::jsonb, ${body.reason},
        ${body.effectiveAt ? new Date(body.effectiveAt) : now}::timestamptz, ${plan.reviewUnits}::text[], ${concerns}::text[],
        ${actor.account}, ${holder}, ${actor.name}, ${now}::timestamptz)`);
    await db.emit({ type: 'identity.transfer.drafted', subject: id });
    const order = await db.one<OrderRow>(sql`select * from ${ORDERS} o where id = ${id}::uuid`);
    return shownOrder({ order, actor, holder });
  },
});
