import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { answerPair, openPairs } from '#platform/linkage/store/review.ts';
import { linkedFirms } from '../link-claims.ts';
import { followMoves } from './follow-moves.ts';
import { Answer, askedBecause, PairClosed, PairParams, PairSchema, readPair, reviewerOf, Words } from './pair.ts';

/** The queue of pairs of firms that wait for the caller's answer (人工比对队列), oldest first. */
export const listFirmPairs = route({
  method: 'GET',
  path: '/api/legal-entity/links',
  summary: { zh: '待比对的法人记录', en: 'Pairs of firms to compare' },
  allow: 'legal-entity.link.review',
  reply: Type.Object({
    pairs: Type.Array(
      Type.Object({
        a: Type.String(),
        b: Type.String(),
        probability: Type.Number(),
        asked: Words,
        foundAt: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor }) => {
    const pairs = await openPairs({ db, linked: await linkedFirms(db), reviewer: reviewerOf(actor) });
    return {
      pairs: pairs.map(({ a, b, probability, reason, foundAt }) => ({
        a: String(a),
        b: String(b),
        probability,
        asked: askedBecause(reason),
        foundAt: foundAt.toISOString(),
      })),
    };
  },
});

/** Two records of firms side by side, each field with its weight in plain words. */
export const showFirmPair = route({
  method: 'GET',
  path: '/api/legal-entity/links/:a/:b',
  summary: { zh: '并排比对两条法人记录', en: 'Two records of firms side by side' },
  allow: 'legal-entity.link.review',
  params: PairParams,
  reply: PairSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { a: 'fixture:firm-pair-a', b: 'fixture:firm-pair-b' } } },
  handler: async ({ db, actor, params: { a, b } }) => {
    const pair = await readPair({ db, a: Number(a), b: Number(b), reviewer: reviewerOf(actor) });
    if (!pair) throw NotFound.with();
    return pair;
  },
});

/** Says whether two records are about one firm. What was decided is followed by a job. */
export const answerFirmPair = route({
  method: 'POST',
  path: '/api/legal-entity/links/:a/:b/answer',
  summary: { zh: '判定是否同一法人', en: 'Say whether two records are one firm' },
  allow: 'legal-entity.link.review',
  params: PairParams,
  body: Type.Object(
    { answer: Answer, note: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.Union([Type.Literal('waiting'), Type.Literal('decided')]) }),
  errors: [NotFound, PairClosed],
  examples: {
    own: {
      as: 'data-officer',
      params: { a: 'fixture:firm-pair-a', b: 'fixture:firm-pair-b' },
      body: { answer: 'unsure' },
    },
  },
  handler: async ({ db, actor, params, body }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const linked = await linkedFirms(db);
    const [a, b] = [Number(params.a), Number(params.b)];
    const asked = await db.first(sql`
      select 1 from linkage.link where app = ${db.module} and space = ${linked.space.id} and a = ${a}::bigint and b = ${b}::bigint and reason is not null`);
    if (!asked) throw NotFound.with();
    const { state, moves } = await answerPair({ db, linked, a, b, reviewer: reviewerOf(actor), ...body });
    if (state === 'closed') throw PairClosed.with();
    await followMoves(db, moves);
    return { state };
  },
});
