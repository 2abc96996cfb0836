import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { parseCaseCode } from '#platform/kernel/codes/case-code.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { FACTOR_DIGITS, factorDigest } from './case-applicant.ts';
import { QueryLocked, QueryNotFound } from './case-errors.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const RULES = {
  tries: { id: 'service.query.tries', unit: 'try' },
  minutes: { id: 'service.query.lock', unit: 'minute' },
} as const;
const TRY = 'service.case.query';
/** One network may ask about this many times as many codes as one code may be tried: a hall has many people behind one address. */
const NETWORK_FACTOR = 40;
const MINUTE_MS = 60_000;

/**
 * One code (一码查询): where a case stands, for anybody who has its code and the last digits of the applicant's phone or identity
 * number. Five tries, then the code is locked for a while. A code that does not exist is locked and answered like one with wrong
 * digits, so that nothing is learnt by guessing.
 */
export const queryCase = route({
  method: 'POST',
  path: '/api/service/case-query',
  summary: { zh: '凭编码查询办件', en: 'Query a case by its code' },
  allow: 'public',
  repeatable: true,
  body: Type.Object(
    {
      code: Type.String({ minLength: 1, maxLength: 40 }),
      digits: Type.String({ pattern: `^[0-9]{${FACTOR_DIGITS - 1}}[0-9Xx]$` }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    code: Type.String(),
    title: Words,
    state: Type.String(),
    receivedAt: Type.String({ format: 'date-time' }),
    promisedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    items: Type.Array(
      Type.Object({ no: Type.Integer(), title: Words, unit: Type.String(), state: Type.String(), outcome: MaybeText }),
    ),
    timeline: Type.Array(
      Type.Object({
        at: Type.String(),
        kind: Type.String(),
        no: Type.Union([Type.Integer(), Type.Null()]),
      }),
    ),
  }),
  errors: [QueryLocked, QueryNotFound],
  examples: { own: { as: 'citizen', body: 'fixture:case-query' } },
  // Counted before it is answered, in a transaction of its own: a wrong answer must not undo the count.
  prepare: async ({ body, services, address }) => {
    const parsed = parseCaseCode(body.code);
    const code = parsed.ok ? parsed.value.code : body.code;
    const keys = [services.keyring.lookup(TRY, code), services.keyring.lookup(`${TRY}.network`, address)];
    return {
      code,
      key: keys[0] ?? '',
      digest: factorDigest(services.keyring, { code, digits: body.digits }),
      keys: await countTry(services, keys),
    };
  },
  handler: async ({ db, prepared }) => {
    const { code, digest, key } = prepared;
    const found = await db.first<{
      title: Text;
      state: string;
      receivedAt: Date;
      promisedAt: Date | null;
      items: { no: number; title: Text; unit: string; state: string; outcome: string | null }[];
      events: { at: string; kind: string; no: number | null }[];
    }>(sql`
      select title, state, received_at as "receivedAt", promised_at as "promisedAt", items, events from service.query_case(${code}, ${[digest]}::text[])`);
    if (!found) throw QueryNotFound.with();
    // Who was right has no tries to answer for; those of the network stay.
    await db.run(sql`delete from service.query_try where key = ${key}`);
    const { events, ...rest } = found;
    return {
      code,
      ...rest,
      receivedAt: found.receivedAt.toISOString(),
      promisedAt: found.promisedAt?.toISOString() ?? null,
      timeline: events,
    };
  },
});

/** Counts a try of a code and of a network, or refuses where one of them is locked. Keys are digests: no code is kept. */
async function countTry(services: Services, keys: readonly string[]): Promise<readonly string[]> {
  const now = services.clock.now();
  await services.database
    .tx({ module: 'service', actor: systemActor({ name: 'case-query' }) }, async (db) => {
      const { tries, minutes } = await amountsAt(db, RULES, now);
      const until = new Date(now.getTime() + minutes * MINUTE_MS);
      const most = keys.map((_, i) => (i === 0 ? tries : tries * NETWORK_FACTOR));
      const before = new Date(now.getTime() - minutes * MINUTE_MS);
      const rows = await db.rows<{ locked: boolean }>(sql`
      insert into service.query_try as q (key, tries, last_at)
      select key, 1, ${now}::timestamptz from unnest(${[...keys]}::text[]) as key order by key
      on conflict (key) do update set
        tries = case when q.locked_until > ${now}::timestamptz then q.tries when q.last_at < ${before}::timestamptz then 1 else q.tries + 1 end,
        last_at = case when q.locked_until > ${now}::timestamptz then q.last_at else ${now}::timestamptz end,
        locked_until = case when q.locked_until > ${now}::timestamptz then q.locked_until
          when q.last_at >= ${before}::timestamptz and q.tries + 1 > (select m from unnest(${[...keys]}::text[], ${most}::int[]) u(k, m) where u.k = q.key) then ${until}::timestamptz end
      returning locked_until > ${now}::timestamptz as locked`);
      return rows.some(({ locked }) => locked);
    })
    .then((locked) => {
      if (locked) throw QueryLocked.with();
    });
  return keys;
}
