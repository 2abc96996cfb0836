import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { BudgetSpent } from '../errors.ts';
import { noisyCount } from '../gate/laplace.ts';
import { ALL, COUNT, columnAt } from '../schema.ts';
import { holdDataset } from '../scope.ts';
import { SetId } from '../shapes.ts';
import { deriveTable } from './derive.ts';
import { drawNoise } from './noise-budget.ts';
import type { Recipe } from './recipe.ts';

/**
 * A question to a protected set (带噪声查询): how many, by the columns of its recipe, with noise. Each answer costs a part of the year's budget,
 * so only the unit that answers for the set may ask; when it is spent, nobody is answered any more.
 */
export const askCounts = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/counts',
  summary: { zh: '带噪声的计数查询', en: 'Counts with noise' },
  allow: 'open-data.dataset.prepare',
  params: SetId,
  body: Type.Object({ epsilon: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) }, { additionalProperties: false }),
  reply: Type.Object({
    columns: Type.Array(Type.String()),
    rows: Type.Array(Type.Array(Type.Unknown())),
    epsilon: Type.Number(),
    left: Type.Number(),
  }),
  errors: [NotFound, BudgetSpent, InvalidInput],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture-noisy' }, body: { epsilon: 0.1 }, purpose: 'public-statistics' },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture-noisy-foreign' },
      body: { epsilon: 0.1 },
      purpose: 'public-statistics',
    },
  },
  handler: async ({ db, clock, params: { id }, body: { epsilon } }) => {
    const set = await holdDataset(db, id);
    const recipe = set.recipe as Recipe | null;
    if (!recipe?.count || recipe.noise === undefined || !['decided', 'open'].includes(set.state)) throw NotFound.with();
    const at = clock.now();
    const { left } = await drawNoise(db, { dataset: id, epsilon, at, forWhat: 'question' });
    const table = await deriveTable(db, { recipe, about: set.about, on: shanghaiDate(at) });
    const count = columnAt(table.fields, COUNT);
    // The parts only: a total with noise of its own would cost more than it says.
    const rows = table.rows
      .filter((row) => !row.includes(ALL))
      .map((row) => row.map((value, place) => (place === count ? noisyCount(Number(value), epsilon) : value)));
    return { columns: table.fields.map(({ name }) => name), rows, epsilon, left };
  },
});
