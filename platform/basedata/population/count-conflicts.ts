import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { QualityFacts } from '#platform/catalog/quality/facts.ts';
import { resident } from './resources.ts';

/** Residents of whom sources say what cannot both be true, held apart until a person decides: the base database's own word on its consistency. */
export const countConflicts: QualityFacts = {
  count: ({ services }) =>
    services.database.tx(
      { module: 'population', actor: systemActor({ name: 'quality', purpose: 'data-quality' }), readOnly: true },
      async (db) => {
        const { checked, failed } = await db.one<{ checked: number; failed: number }>(sql`
          select (select count(*)::int from population.person) as checked, (select count(distinct pid)::int from population.conflict where state = 'frozen') as failed`);
        const what = {
          zh: '各部门报来的同一人信息不互相矛盾',
          en: 'What units sent about one person does not contradict itself',
        };
        return [{ resource: resident.id, id: 'population:conflict', what, checked, failed: Math.min(failed, checked) }];
      },
    ),
};
