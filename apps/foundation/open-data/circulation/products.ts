import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { hasAgreement } from '../conditional/has-agreement.ts';
import { EntityNeeded } from '../conditional/request-access.ts';
import { newSecret } from '../keys/api-key.ts';
import { AgreementNeeded, WrongState } from '../errors.ts';
import { PORTAL_UNIT } from '../scope.ts';
import { Done, Id, Line, Maybe } from '../shapes.ts';

const Shape = Type.Object({
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  seller: Type.String(),
  dataset: Type.String(),
  rights: Type.String(),
  valuation: Maybe(Type.String()),
  priceFen: Type.Integer(),
  state: Type.String(),
  reason: Maybe(Type.String()),
  mine: Type.Boolean(),
});

/** Products that are listed, and the caller's own; whoever checks them sees those that wait. */
export const listProducts = route({
  method: 'GET',
  path: '/api/open-data/products',
  summary: { zh: '数据产品', en: 'Data products' },
  allow: 'signed-in',
  reply: Type.Object({ products: Type.Array(Shape) }),
  examples: { own: { as: 'enterprise-agent' } },
  handler: async ({ db, actor }) => ({
    products: await db.rows<{
      id: string;
      title: string;
      text: string;
      seller: string;
      dataset: string;
      rights: string;
      valuation: string | null;
      priceFen: number;
      state: string;
      reason: string | null;
      mine: boolean;
    }>(sql`
      select id, title, text, seller, dataset, rights, valuation, price_fen::float8 as "priceFen", state, reason, account = ${actor.account} as mine from open_data.product
      where state = 'listed' or account = ${actor.account} or (state = 'draft' and ${actor.unit === PORTAL_UNIT}::boolean) order by made_at desc limit 200`),
  }),
});

/** Offers a product made with a conditional set (产品挂牌申请): with evidence of rights and a note on its value. Nobody can order it yet. */
export const offerProduct = route({
  method: 'POST',
  path: '/api/open-data/products',
  summary: { zh: '申请数据产品挂牌', en: 'Offer a data product' },
  allow: 'signed-in',
  body: Type.Object(
    {
      title: Line(4, 80),
      text: Line(4, 600),
      dataset: Line(3, 100),
      rights: Line(10, 600),
      valuation: Type.Optional(Line(4, 600)),
      priceFen: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Done,
  errors: [EntityNeeded, AgreementNeeded, InvalidInput],
  examples: {
    own: {
      as: 'enterprise-agent',
      body: {
        title: '社区选址指数',
        text: '按街道的选址指数',
        dataset: 'fixture-agreed',
        rights: '依据开放利用协议加工，拥有持有权与使用权',
        valuation: '按成本法估值',
        priceFen: 50,
      },
    },
  },
  handler: async ({ db, actor, body }) => {
    if (actor.entity === undefined) throw EntityNeeded.with();
    const set = await db.first<{ opening: string }>(
      sql`select opening from open_data.dataset where id = ${body.dataset} and state = 'open'`,
    );
    if (!set)
      throw InvalidInput.with({
        fields: [{ pointer: '/dataset', rule: 'open', message: { zh: '没有这个开放数据集', en: 'is no open set' } }],
      });
    await needAgreement(db, { account: actor.account, dataset: body.dataset, opening: set.opening });
    const id = uuidv7();
    await db.run(sql`insert into open_data.product (id, title, text, seller, seller_name, account, dataset, rights, valuation, price_fen)
      values (${id}::uuid, ${body.title}, ${body.text}, ${actor.entity}, ${actor.entity}, ${actor.account}, ${body.dataset}, ${body.rights}, ${body.valuation ?? null}::text, ${body.priceFen}::bigint)`);
    return { id, state: 'draft' };
  },
});

/**
 * Checks rights and compliance (权属与合规审查): each prohibition of the article is answered by name. One that applies refuses the product; one that
 * was not answered lists nothing.
 */
export const checkProduct = route({
  method: 'POST',
  path: '/api/open-data/products/:id/check',
  summary: { zh: '审查数据产品', en: 'Check a data product' },
  allow: 'open-data.trade.check',
  params: Id,
  body: Type.Object(
    { answers: Type.Record(Type.String(), Type.Object({ applies: Type.Boolean(), note: Line(2, 300) })) },
    { additionalProperties: false },
  ),
  reply: Done,
  errors: [NotFound, WrongState, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:product-to-check' },
      body: {
        answers: {
          security: { applies: false, note: '不涉及' },
          consent: { applies: false, note: '协议允许' },
          law: { applies: false, note: '无禁止' },
        },
      },
    },
  },
  handler: async ({ db, actor, params: { id }, body: { answers } }) => {
    const product = await db.first<{
      state: string;
    }>(sql`select p.state from open_data.product p join open_data.dataset d on d.id = p.dataset
      where p.id = ${id}::uuid and (d.owner = ${actor.unit ?? ''} or ${actor.unit === PORTAL_UNIT}::boolean) for update of p`);
    if (!product) throw NotFound.with();
    if (product.state !== 'draft') throw WrongState.with({ extra: { state: product.state } });
    const rule = await ruleAt(db, 'open-data.trade.prohibited');
    const rows = typeof rule.value === 'object' ? rule.value.rows : [];
    const open = rows.filter(([name]) => answers[String(name)] === undefined);
    if (open.length > 0)
      throw InvalidInput.with({
        fields: open.map(([name, zh, en]) => ({
          pointer: `/answers/${name}`,
          rule: 'required',
          message: { zh: `须逐项审查：${zh}`, en: `must be answered: ${en}` },
        })),
      });
    const hit = rows.find(([name]) => answers[String(name)]?.applies);
    const reason = hit ? `《${rule.source.title}》${rule.source.article ?? ''}：${hit[1]}` : null;
    const state = hit ? 'refused' : 'listed';
    await db.run(
      sql`update open_data.product set state = ${state}, reason = ${reason}::text, checklist = ${json(answers)}::text::jsonb, checked_name = ${actor.name}, checked_at = kernel.now() where id = ${id}::uuid`,
    );
    return { id, state };
  },
});

/** A product made with a conditional set is no way around the agreement on it: whoever offers it has one, and whoever orders it. */
async function needAgreement(db: Db, set: { account: string; dataset: string; opening: string }): Promise<void> {
  if (set.opening === 'conditional' && !(await hasAgreement(db, set))) throw AgreementNeeded.with();
}

/** Orders a listed product (下单): delivered at once as a key of its own, which is metered and shown this once. The key opens what the agreement opens. */
export const orderProduct = route({
  method: 'POST',
  path: '/api/open-data/products/:id/orders',
  summary: { zh: '订购数据产品', en: 'Order a data product' },
  allow: 'signed-in',
  params: Id,
  body: Type.Object({}, { additionalProperties: false }),
  status: 201,
  shownOnce: true,
  reply: Type.Object({ id: Type.String(), no: Type.String(), secret: Type.String() }),
  errors: [NotFound, EntityNeeded, AgreementNeeded],
  examples: { own: { as: 'enterprise-agent', params: { id: 'fixture:product' }, body: {} } },
  handler: async ({ db, actor, clock, params }) => {
    if (actor.entity === undefined) throw EntityNeeded.with();
    const product = await db.first<{ price: string; title: string; dataset: string; opening: string }>(sql`
      select p.price_fen::text as price, p.title, p.dataset, d.opening from open_data.product p join open_data.dataset d on d.id = p.dataset
      where p.id = ${params.id}::uuid and p.state = 'listed' and d.state = 'open'`);
    if (!product) throw NotFound.with();
    await needAgreement(db, { account: actor.account, ...product });
    const { secret, prefix, digest } = newSecret();
    const key = uuidv7();
    await db.run(
      sql`insert into open_data.api_key (id, prefix, digest, account, holder, label) values (${key}::uuid, ${prefix}, ${digest}, ${actor.account}, ${actor.entity}, ${product.title})`,
    );
    const year = shanghaiDate(clock.now()).slice(0, 4);
    const { no } = await db.one<{ no: string }>(
      sql`select ${`DT${year}`} || lpad(kernel.next_number('trade', ${year})::text, 6, '0') as no`,
    );
    const id = uuidv7();
    await db.run(sql`insert into open_data.trade (id, no, product, buyer, buyer_name, account, key, price_fen)
      values (${id}::uuid, ${no}, ${params.id}::uuid, ${actor.entity}, ${actor.entity}, ${actor.account}, ${key}::uuid, ${product.price}::bigint)`);
    return { id, no, secret };
  },
});

/** Settles an order (结算): calls since the last time, at the price of its day. The same day is settled once. */
export const settleTrade = route({
  method: 'POST',
  path: '/api/open-data/trades/:id/settle',
  summary: { zh: '结算数据交易', en: 'Settle a trade' },
  allow: 'open-data.trade.check',
  params: Id,
  body: Type.Object({}, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String(), until: Type.String(), calls: Type.Integer(), amountFen: Type.Integer() }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'fixture:trade' }, body: {} } },
  handler: async ({ db, actor, params: { id } }) => {
    const trade = await db.first<{ calls: number; settled: number; price: number; until: string }>(sql`
      select coalesce((select sum(u.calls) from open_data.key_use u where u.key = t.key), 0)::float8 as calls, coalesce((select sum(s.calls) from open_data.settlement s where s.trade = t.id), 0)::float8 as settled,
        t.price_fen::float8 as price, (kernel.now() at time zone 'Asia/Shanghai')::date::text as until
      from open_data.trade t join open_data.product p on p.id = t.product join open_data.dataset d on d.id = p.dataset
      where t.id = ${id}::uuid and (d.owner = ${actor.unit ?? ''} or ${actor.unit === PORTAL_UNIT}::boolean) for update of t`);
    if (!trade) throw NotFound.with();
    const { until, price } = trade;
    const calls = trade.calls - trade.settled;
    const amountFen = calls * price;
    const made = await db.first<{ calls: number; amountFen: number }>(sql`
      insert into open_data.settlement (id, trade, until, calls, amount_fen, by_name) values (${uuidv7()}::uuid, ${id}::uuid, ${until}::date, ${calls}::bigint, ${amountFen}::bigint, ${actor.name})
      on conflict (trade, until) do nothing returning calls::float8 as calls, amount_fen::float8 as "amountFen"`);
    const kept =
      made ??
      (await db.one<{ calls: number; amountFen: number }>(
        sql`select calls::float8 as calls, amount_fen::float8 as "amountFen" from open_data.settlement where trade = ${id}::uuid and until = ${until}::date`,
      ));
    return { id, until, ...kept };
  },
});
