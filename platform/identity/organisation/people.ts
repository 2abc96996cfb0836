import { Type } from 'typebox';
import type { Post } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../actor-cache.ts';
import { IDLE_MS } from '../session.ts';
import { POST_TITLES } from '../who-am-i.ts';
import { disableAccount } from './end-work.ts';
import { HOLDS } from './held.ts';

const PAGE = 50;
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });

export const NotOneself = domainError({
  code: 'NOT_ONESELF',
  status: 403,
  title: { zh: '不能停用自己的账号', en: 'You cannot disable your own account' },
  action: { zh: '请由另一位管理员处理。', en: 'Ask another administrator.' },
});

export const AccountTaken = domainError({
  code: 'ACCOUNT_TAKEN',
  status: 409,
  title: { zh: '这个账号已经有人使用', en: 'This account is taken' },
  action: { zh: '请换一个账号名。', en: 'Choose another account name.' },
});

type PersonRow = {
  account: string;
  name: string;
  enabled: boolean;
  why: string | null;
  waiting: boolean;
  sessions: number;
  posts: { id: string; kind: Post; title: string; unit: string; code: string; acting: boolean; until: string | null }[];
};

/** Officials (人员) by name or account: who may sign in, what they hold, how many sessions are open. Residents are not among them. */
export const listPeople = route({
  method: 'GET',
  path: '/api/identity/people',
  summary: { zh: '人员与账号', en: 'People and accounts' },
  allow: 'identity.people.read',
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 40 })),
      unit: Type.Optional(Type.String({ maxLength: 61 })),
      after: Type.Optional(Type.String({ maxLength: 41 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    people: Type.Array(
      Type.Object({
        account: Type.String(),
        name: Type.String(),
        enabled: Type.Boolean(),
        disabledWhy: Nullable(Type.String()),
        /** No password yet: the account waits for its person. */
        waiting: Type.Boolean(),
        sessions: Type.Integer(),
        posts: Type.Array(
          Type.Object({
            post: Type.String(),
            title: Words,
            unit: Type.String(),
            unitCode: Type.String(),
            acting: Type.Boolean(),
            until: Nullable(Type.String()),
          }),
        ),
      }),
    ),
    next: Nullable(Type.String()),
  }),
  examples: { own: { as: 'system-administrator', query: { q: '顾' } } },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const words = `%${(query.q ?? '')
      .trim()
      .toLowerCase()
      .replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`;
    const rows = await db.rows<PersonRow>(sql`
      select a.account, a.name, a.enabled, a.disabled_why as why, a.password_hash is null as waiting,
        (select count(*)::int from identity.session s where s.account = a.account and s.ended_at is null and s.expires_at > ${now}::timestamptz
          and s.seen_at > ${new Date(now.getTime() - IDLE_MS)}::timestamptz) as sessions,
        (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'title', p.title, 'unit', u.name, 'code', u.code, 'acting', g.acting, 'until', g.valid_to)
            order by g.acting, g.valid_from), '[]'::jsonb)
          from identity.assignment g join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
          where g.account = a.account and ${HOLDS(now)}) as posts
      from identity.account a where a.post is null and a.account > ${query.after ?? ''}
        and (lower(a.name) like ${words} or a.account like ${words})
        and (${query.unit ?? null}::text is null or exists (select from identity.assignment g join identity.post p on p.id = g.post
          join identity.unit u on u.code = p.unit where g.account = a.account and p.unit = ${query.unit ?? null}::text and ${HOLDS(now)}))
      order by a.account limit ${PAGE + 1}`);
    const people = rows.slice(0, PAGE).map(({ why, posts, ...row }) => ({
      ...row,
      disabledWhy: why,
      posts: posts.map(({ id, kind, title, unit, code, acting, until }) => ({
        post: id,
        title: title ? { zh: title, en: title } : POST_TITLES[kind],
        unit,
        unitCode: code,
        acting,
        until: until === null ? null : new Date(until).toISOString(),
      })),
    }));
    return { people, next: rows.length > PAGE ? (people.at(-1)?.account ?? null) : null };
  },
});

/**
 * Makes an account for a joiner (入职): without a password, which the person sets with a code of the reset procedure, and without any
 * right, which an order gives.
 */
export const createPerson = route({
  method: 'POST',
  path: '/api/identity/people',
  summary: { zh: '为新进人员建立账号', en: 'Make an account for a joiner' },
  allow: 'identity.people.manage',
  status: 201,
  body: Type.Object(
    {
      account: Type.String({ pattern: '^[a-z][a-z0-9.-]{2,40}$' }),
      name: Type.String({ minLength: 1, maxLength: 60 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ account: Type.String() }),
  errors: [AccountTaken],
  examples: { own: { as: 'system-administrator', body: { account: 'new.joiner', name: '样例新人' } } },
  handler: async ({ db, body: { account, name } }) => {
    const made = await db.run(
      sql`insert into identity.account (account, name) values (${account}, ${name.trim()}) on conflict do nothing`,
    );
    if (made === 0) throw AccountTaken.with();
    await db.emit({ type: 'identity.account.created', subject: account });
    return { account };
  },
});

/** Opens or closes an account (启用、停用); closing ends its sessions at once. Posts are an order's business, not the administrator's. */
export const setAccountEnabled = route({
  method: 'PUT',
  path: '/api/identity/people/:account/enabled',
  summary: { zh: '启用或停用账号', en: 'Enable or disable an account' },
  allow: 'identity.people.manage',
  params: Type.Object({ account: Type.String({ pattern: '^[a-z][a-z0-9.-]{2,40}$' }) }),
  body: Type.Object({ enabled: Type.Boolean() }, { additionalProperties: false }),
  reply: Type.Object({ enabled: Type.Boolean() }),
  errors: [NotFound, NotOneself],
  examples: {
    own: { as: 'system-administrator', params: { account: 'data.market' }, body: { enabled: true } },
    foreign: { as: 'system-administrator', params: { account: 'citizen.wei' }, body: { enabled: false } },
  },
  handler: async ({ db, actor, clock, services, params: { account }, body: { enabled } }) => {
    if (account === actor.account) throw NotOneself.with();
    const found = await db.first(
      sql`select 1 as found from identity.account where account = ${account} and post is null`,
    );
    if (!found) throw NotFound.with();
    if (enabled) {
      await db.run(sql`update identity.account set enabled = true, disabled_why = null where account = ${account}`);
      await db.emit({ type: 'identity.account.enabled', subject: account });
    } else await disableAccount({ db, account, now: clock.now(), why: 'administrator' });
    forgetSessions(services);
    return { enabled };
  },
});
