import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { answerPair } from '#platform/linkage/store/review.ts';
import { linkedPersons } from '../link-claims.ts';
import { Answer, PairClosed, PairParams, reviewerOf } from './pair.ts';
import { followMoves } from './follow-moves.ts';

/**
 * Says whether two records are about one person (人工比对). Two people must say the same, each without the other's answer; then
 * the records are joined or kept apart, and the persons are computed again.
 */
export const answerLink = route({
  method: 'POST',
  path: '/api/population/links/:a/:b/answer',
  summary: { zh: '判定是否同一人', en: 'Say whether two records are one person' },
  allow: 'population.link.review',
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
      params: { a: 'fixture:pair-a', b: 'fixture:pair-b' },
      body: { answer: 'unsure' },
      purpose: 'data-quality',
    },
  },
  handler: async ({ db, actor, params, body }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const linked = await linkedPersons(db);
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
