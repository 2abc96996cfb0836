import { Type } from 'typebox';
import { attributeViews, shownAs } from '#platform/access/attributes/view.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { LineageSchema } from '#platform/basedata/shared/card-schema.ts';
import { readLineage } from '#platform/basedata/shared/read-lineage.ts';
import { holdApart } from '#platform/basedata/shared/same-subject.ts';
import { survive } from '#platform/basedata/shared/survivorship.ts';
import { ATTRIBUTES, attributeOf, markOf } from './attributes.ts';
import { PERSON_RULES, SAME_PERSON } from './authority.ts';
import { anyPid, foreignPid } from './examples.ts';
import { resident } from './resources.ts';
import { statementsAbout } from './statements.ts';

/** Lineage (数据血缘) of one value: from the golden record to file, row, column and mapping version. */
export const showLineage = route({
  method: 'GET',
  path: '/api/population/lineage',
  summary: { zh: '数据血缘', en: 'Lineage of a value' },
  allow: 'population.person.read',
  query: Type.Object({
    pid: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    attr: Type.Union(ATTRIBUTES.map((a) => Type.Literal(a.name))),
  }),
  reply: Type.Object({ pid: itemOf(resident, ['pid']).properties.pid, ...LineageSchema.properties }),
  examples: {
    own: () => ({ as: 'street-clerk', query: { pid: anyPid(), attr: 'name' }, purpose: 'verify-application' }),
    foreign: () => ({ as: 'street-clerk', query: { pid: foreignPid(), attr: 'name' }, purpose: 'verify-application' }),
  },
  handler: async ({ db, query: { pid, attr }, services, actor }) => {
    const attribute = attributeOf(attr);
    const rule = PERSON_RULES.find((r) => r.attributes.includes(attr));
    if (!attribute || !rule || !(await db.first(sql`select 1 from population.person where pid = ${pid}::uuid`)))
      throw NotFound.with();
    const { accepted, frozen } = holdApart((await statementsAbout(db, [pid])).get(pid) ?? [], SAME_PERSON);
    const golden = survive(accepted, PERSON_RULES)[attr]?.source.c;
    const view = attributeViews({ services, actor, resource: resident.id })(markOf(attr));
    if (view === 'hidden') throw NotFound.with();
    const show = (value: string) => shownAs(view, value, attribute.mask);
    return { pid, ...(await readLineage({ db, attribute: attr, rule, accepted, frozen, golden, show })) };
  },
});
