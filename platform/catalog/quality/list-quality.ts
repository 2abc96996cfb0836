import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { figuresAt } from './measure.ts';
import { QualitySchema, readQuality } from './quality-view.ts';

/** The quality board (质量看板): every resource as measured last, the worst first. Units answer for it; no person is named or ranked. */
export const listQuality = route({
  method: 'GET',
  path: '/api/catalog/quality',
  summary: { zh: '数据质量看板', en: 'Quality board' },
  allow: 'catalog.quality.read',
  query: Type.Object({ owner: Type.Optional(Type.String({ maxLength: 80 })) }),
  reply: Type.Object({
    items: Type.Array(QualitySchema),
    /** Score below which nothing new is agreed on, and whether a named person has verified that figure. */
    minimum: Type.Number(),
    minimumVerified: Type.Boolean(),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query, clock }) => {
    const weights = await figuresAt(db, clock.now());
    const { amount, rule } = await amountAt(db, 'catalog.quality.minimum');
    const items = await readQuality(db, {
      where: query.owner === undefined ? sql`true` : sql`r.owner = ${query.owner}`,
      weights,
    });
    return {
      // What could not be scored comes last: it is neither good nor bad.
      items: items
        .map(({ rules: _rules, ...item }) => item)
        .sort((a, b) => (a.score ?? 101) - (b.score ?? 101) || (a.resource < b.resource ? -1 : 1)),
      minimum: amount,
      minimumVerified: rule.verified !== undefined,
    };
  },
});
