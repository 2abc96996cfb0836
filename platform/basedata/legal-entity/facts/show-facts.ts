import { type Static, Type } from 'typebox';
import { attributeViews } from '#platform/access/attributes/view.ts';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { AsOfQuery } from '#platform/basedata/shared/card-schema.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { roles, taxStandings } from '../resources.ts';
import { EXAMPLE, Uscc } from '../uscc.ts';
import { FactsSchema, readFacts } from './read-facts.ts';

/** Life, places, people, licences and size of an enterprise. */
export const showFacts = route({
  method: 'GET',
  path: '/api/legal-entity/entities/:uscc/facts',
  summary: { zh: '一企一档：生命周期、驻地、人员、许可', en: 'Life, places, people and licences of an enterprise' },
  allow: 'legal-entity.entity.read',
  params: Type.Object({ uscc: Uscc }),
  query: AsOfQuery,
  reply: FactsSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { uscc: EXAMPLE }, purpose: 'enterprise-service' } },
  handler: async ({ db, params: { uscc }, query, services, actor, clock }) => {
    if (!(await db.first(sql`select 1 from legal_entity.entity where uscc = ${uscc}`))) throw NotFound.with();
    return readFacts({
      db,
      uscc,
      until: query.asOf === undefined ? undefined : endOfDay(query.asOf),
      now: clock.now(),
      viewOf: attributeViews({ services, actor, resource: roles.id }),
    });
  },
});

/** The same of the caller's own enterprise. */
export const showOwnFacts = route({
  method: 'GET',
  path: '/api/legal-entity/self/facts',
  summary: { zh: '本企业的生命周期、驻地、人员、许可', en: 'Life, places, people and licences of my enterprise' },
  allow: 'legal-entity.self.read',
  query: AsOfQuery,
  self: true,
  reply: FactsSchema,
  errors: [NotFound],
  examples: { own: { as: 'enterprise-agent' } },
  handler: async ({ db, actor, query, services, clock }) => {
    if (actor.entity === undefined) throw NotFound.with();
    return readFacts({
      db,
      uscc: actor.entity,
      until: query.asOf === undefined ? undefined : endOfDay(query.asOf),
      now: clock.now(),
      viewOf: attributeViews({ services, actor, resource: roles.id, own: true }),
    });
  },
});

const TaxSchema = Type.Object({
  standing: Type.Union([
    itemOf(taxStandings, ['uscc', 'period', 'revenueBand', 'assetsBand', 'taxBand', 'arrears']),
    Type.Null(),
  ]),
});
type Standing = NonNullable<Static<typeof TaxSchema>['standing']>;
const TAX = sql`select uscc, period, revenue_band as "revenueBand", assets_band as "assetsBand", tax_band as "taxBand", arrears from legal_entity.tax_standing`;

/** Tax standing of an enterprise in bands: for the tax authority alone. */
export const showTaxStanding = route({
  method: 'GET',
  path: '/api/legal-entity/entities/:uscc/tax',
  summary: { zh: '纳税档次（只有区间）', en: 'Tax standing in bands' },
  allow: 'legal-entity.tax.read',
  params: Type.Object({ uscc: Uscc }),
  reply: TaxSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { uscc: EXAMPLE }, purpose: 'enterprise-service' } },
  // Row security lets other units see none: for them there is nothing here, as for an enterprise of which nothing is known.
  handler: async ({ db, params: { uscc } }) => ({
    standing: (await db.first<Standing>(sql`${TAX} where uscc = ${uscc}`)) ?? null,
  }),
});

/** What the tax authority has told the district of the caller's own enterprise. */
export const showOwnTaxStanding = route({
  method: 'GET',
  path: '/api/legal-entity/self/tax',
  summary: { zh: '本企业的纳税档次', en: 'Tax standing of my enterprise' },
  allow: 'legal-entity.self.read',
  self: true,
  reply: TaxSchema,
  errors: [NotFound],
  examples: { own: { as: 'enterprise-agent' } },
  handler: async ({ db, actor }) => {
    if (actor.entity === undefined) throw NotFound.with();
    return { standing: (await db.first<Standing>(sql`${TAX} where uscc = ${actor.entity}`)) ?? null };
  },
});
