import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { PairParams, PairSchema, readPair, reviewerOf } from './pair.ts';

/** Two records side by side, each field with its weight in plain words; others' answers only after one's own. */
export const showPair = route({
  method: 'GET',
  path: '/api/population/links/:a/:b',
  summary: { zh: '并排比对两条记录', en: 'Two records side by side' },
  allow: 'population.link.review',
  params: PairParams,
  reply: PairSchema,
  examples: {
    own: { as: 'data-officer', params: { a: 'fixture:pair-a', b: 'fixture:pair-b' }, purpose: 'data-quality' },
  },
  handler: async ({ db, actor, params: { a, b } }) => {
    const pair = await readPair({ db, a: Number(a), b: Number(b), reviewer: reviewerOf(actor) });
    if (!pair) throw NotFound.with();
    return pair;
  },
});
