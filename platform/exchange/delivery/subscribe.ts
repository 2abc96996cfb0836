import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { FeedRow } from '../feed/feed.ts';
import { grantsFor } from '../feed/list-feeds.ts';
import { FeedParams } from '../feed/shapes.ts';
import { termsOf } from './changes.ts';
import {
  AddressNotAllowed,
  GrantFieldsAbsent,
  GrantNotUsable,
  GrantOfAnother,
  PersonalNotDelivered,
  refusalOf,
} from './deliverable.ts';

export const SubscriptionExists = domainError({
  code: 'SUBSCRIPTION_EXISTS',
  status: 409,
  title: { zh: '该授权已在投递', en: 'This grant is being delivered already' },
  action: { zh: '请先停止原有投递。', en: 'End the delivery that is there first.' },
});

/** Subscribes an approved grant to the changes of a feed (数据订阅), from the next batch on, or from the first. */
export const subscribe = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/subscriptions',
  summary: { zh: '按授权订阅数据变更', en: 'Deliver changes under a grant' },
  allow: 'exchange.feed.manage',
  params: FeedParams,
  body: Type.Object(
    {
      grant: Type.String({ format: 'uuid' }),
      kind: Type.Union([Type.Literal('inbox'), Type.Literal('http')]),
      url: Type.Optional(Type.String({ maxLength: 1000, pattern: '^https?://' })),
      fromStart: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  status: 201,
  shownOnce: true,
  reply: Type.Object({
    id: Type.String(),
    secret: Type.Optional(Type.String({ description: 'key of the signatures, shown once' })),
  }),
  errors: [
    NotFound,
    GrantNotUsable,
    GrantFieldsAbsent,
    PersonalNotDelivered,
    GrantOfAnother,
    AddressNotAllowed,
    SubscriptionExists,
    InvalidInput,
  ],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed' }, body: 'fixture:subscribe' },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-feed' }, body: 'fixture:subscribe' },
  },
  handler: async ({ db, params, body, services, actor }) => {
    const feed = await db.first<FeedRow>(sql`select * from exchange.feed where id = ${params.id}`);
    if (!feed) throw NotFound.with();
    if (body.kind === 'http' && !body.url)
      throw InvalidInput.with({
        fields: [{ pointer: '/url', rule: 'required', message: { zh: '请填写接收地址', en: 'Give the address' } }],
      });
    const usable = (await grantsFor(db, services, feed.dataset)).find(({ id }) => id === body.grant);
    const terms = usable && (await termsOf(db, usable.id));
    if (!usable || !terms) throw GrantNotUsable.with();
    const url = body.kind === 'http' ? (body.url ?? null) : null;
    const delivery = { unit: feed.unit, dataset: feed.dataset, kind: body.kind, url };
    const refused = await refusalOf(db, { services, terms, delivery });
    if (refused) throw refused.spec.with({ extra: refused.extra });
    const inside = services.registry.modules.some((module) => module.id === terms.taker);
    if (body.kind === 'inbox' && !inside) throw GrantNotUsable.with();
    const id = uuidv7();
    const secret = body.kind === 'http' ? randomBytes(32).toString('base64url') : undefined;
    const made = await db.run(sql`
      insert into exchange.subscription (id, feed, unit, grant_id, taker, kind, url, secret, sent_seq, created_by)
      values (${id}::uuid, ${feed.id}, ${feed.unit}, ${usable.id}::uuid, ${terms.taker}, ${body.kind}, ${url}::text,
        ${secret === undefined ? null : services.keyring.seal(secret, `subscription:${id}`)}::text, ${body.fromStart ? '0' : feed.applied_seq}::bigint, ${actor.account})
      on conflict do nothing`);
    if (made === 0) throw SubscriptionExists.with();
    return { id, secret };
  },
});

const BY_SUPPLIER = { zh: '提供方停止投递', en: 'The supplier ended it' };

export const endSubscription = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/subscriptions/:subscription/end',
  summary: { zh: '停止投递', en: 'End a delivery' },
  allow: 'exchange.feed.manage',
  params: Type.Object({ id: Type.String({ maxLength: 80 }), subscription: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed', subscription: 'fixture:subscription' } },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-feed', subscription: 'fixture:foreign-subscription' },
    },
  },
  handler: async ({ db, params }) => {
    const ended = await db.run(sql`
      update exchange.subscription set state = 'ended', ended_at = coalesce(ended_at, kernel.now()), ended_why = coalesce(ended_why, ${json(BY_SUPPLIER)}::text::jsonb)
      where id = ${params.subscription}::uuid and feed = ${params.id}`);
    if (ended === 0) throw NotFound.with();
    return { state: 'ended' };
  },
});
