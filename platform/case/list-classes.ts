import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { ClassSchema } from './case-view.ts';
import { classesAt } from './classes.ts';

const Amount = Type.Object({ amount: Type.Number(), unit: Type.String(), verified: Type.Boolean() });

/** The classes in force with their conditions and times (案件类别表), for forms and for whoever wants to check a case. */
export const listClasses = route({
  method: 'GET',
  path: '/api/incident/classes',
  summary: { zh: '案件类别', en: 'Classes of cases' },
  allow: 'public',
  reply: Type.Object({
    classes: Type.Array(
      Type.Object({ ...ClassSchema.properties, limit: Amount, secure: Type.Union([Amount, Type.Null()]) }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    const classes = await classesAt(db, now);
    const amounts = new Map<string, { amount: number; unit: string; verified: boolean }>();
    for (const id of new Set(
      classes.flatMap(({ limitRule, secureRule }) => [limitRule, ...(secureRule ? [secureRule] : [])]),
    )) {
      const { amount, unit, rule } = await amountAt(db, id, now);
      amounts.set(id, { amount, unit, verified: rule.verified !== undefined });
    }
    const of = (id: string) => {
      const found = amounts.get(id);
      if (!found) throw new Error(`the rulebook has no ${id}`);
      return found;
    };
    return {
      classes: classes.map((each) => ({
        ...each,
        limit: of(each.limitRule),
        secure: each.secureRule === null ? null : of(each.secureRule),
      })),
    };
  },
});
