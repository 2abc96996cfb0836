import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { openPairs } from '#platform/linkage/store/review.ts';
import { linkedPersons } from '../link-claims.ts';
import { askedBecause, reviewerOf, Words } from './pair.ts';

/** The queue of pairs that wait for the caller's answer (人工比对队列), oldest first. Nobody's data stand in it. */
export const listPairs = route({
  method: 'GET',
  path: '/api/population/links',
  summary: { zh: '待比对的记录', en: 'Pairs to compare' },
  allow: 'population.link.review',
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
    const pairs = await openPairs({ db, linked: await linkedPersons(db), reviewer: reviewerOf(actor) });
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
