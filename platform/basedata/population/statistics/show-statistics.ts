import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { findRule, type RuleTable } from '#platform/rulebook/rule-at.ts';
import { countTable } from './count-table.ts';
import { countsAt, fewestShown } from './read-stock.ts';

const Cell = Type.Object({
  area: Type.String({ description: '* = all' }),
  sex: Type.String({ description: 'GB/T 2261.1, * = both' }),
  age: Type.String({ description: '* = all ages' }),
  count: Type.Union([Type.Integer(), Type.Null()], { description: 'null = withheld' }),
});

/**
 * Residents by street, sex and age with all totals, and the pyramid of the district (人口统计), as known at the end of any day: small
 * numbers are withheld, and no total gives them back (K8).
 */
export const showStatistics = route({
  method: 'GET',
  path: '/api/population/statistics',
  summary: { zh: '人口统计', en: 'Statistics of the population' },
  allow: 'population.count.read',
  query: Type.Object({ asOf: Type.Optional(Type.String({ format: 'date' })) }, { additionalProperties: false }),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    minimum: Type.Integer(),
    table: Type.Array(Cell),
    pyramid: Type.Array(Cell),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const end = query.asOf === undefined ? now : endOfDay(query.asOf);
    const at = end > now ? now : end;
    const minimum = await fewestShown(db);
    return { asOf: at.toISOString(), minimum, ...countTable(await countsAt(db, { digits: 9, at }), minimum) };
  },
});

type State = {
  persons: number;
  residents: number;
  unplaced: number;
  deathsOpen: number;
  oldestDeath: string | null;
  numbersOpen: number;
};

/** How the base is doing (人口库概况): totals against the census, what waits for people, and how fresh each source is. */
export const showState = route({
  method: 'GET',
  path: '/api/population/state',
  summary: { zh: '人口库概况', en: 'State of the population base' },
  allow: 'population.state.read',
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    persons: Type.Integer(),
    residents: Type.Integer(),
    unplaced: Type.Integer({ description: 'with an address that no building has' }),
    census: Type.Union([
      Type.Object({ residents: Type.Integer(), source: Type.String(), share: Type.Number(), verified: Type.Boolean() }),
      Type.Null(),
    ]),
    queues: Type.Object({
      pairs: Type.Integer(),
      oldestPair: Type.Union([Type.String(), Type.Null()]),
      deaths: Type.Integer(),
      oldestDeath: Type.Union([Type.String(), Type.Null()]),
      numbers: Type.Integer(),
      disputes: Type.Integer(),
    }),
    sources: Type.Array(
      Type.Object({
        dataset: Type.String(),
        title: Type.Object({ zh: Type.String(), en: Type.String() }),
        unit: Type.String(),
        loadedAt: Type.String({ format: 'date-time' }),
        records: Type.Integer(),
        corrected: Type.Boolean({ description: 'made of corrections after disputes' }),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, clock, services }) => {
    const { state } = await db.one<{ state: State }>(sql`select population.state_of_base() as state`);
    const pairs = await db.one<{ n: number; oldest: Date | null }>(sql`
      select count(*)::int as n, min(found_at) as oldest from linkage.link where app = ${db.module} and space = 'person' and reason is not null and verdict is null`);
    const { disputes } = await db.one<{ disputes: number }>(
      sql`select count(*)::int as disputes from dispute.dispute where app = ${db.module} and state = 'open'`,
    );
    const sources = await db.rows<{
      dataset: string;
      title: { zh: string; en: string };
      unit: string;
      loadedAt: Date;
      records: number;
    }>(sql`
      select d.id as dataset, d.title, d.unit, max(b.loaded_at) as "loadedAt", sum(b.rows_loaded)::int as records
      from exchange.dataset d join exchange.batch b on b.dataset = d.id and b.state = 'loaded' and b.loaded_at is not null
      where d.app = ${db.module} group by d.id, d.title, d.unit order by max(b.loaded_at)`);
    const census = await findRule(db, 'population.census.residents');
    const shares = await findRule(db, 'population.sample.share');
    const { config } = services;
    const share = config.sample
      ? Number((shares?.value as RuleTable | undefined)?.rows.find(([of]) => of === config.sampleProfile)?.[1] ?? 1)
      : 1;
    return {
      asOf: clock.now().toISOString(),
      persons: state.persons,
      residents: state.residents,
      unplaced: state.unplaced,
      census: census
        ? {
            residents: Number(census.value),
            source: census.source.title,
            share,
            verified: census.verified !== undefined,
          }
        : null,
      queues: {
        pairs: pairs.n,
        oldestPair: pairs.oldest?.toISOString() ?? null,
        deaths: state.deathsOpen,
        oldestDeath: state.oldestDeath === null ? null : new Date(state.oldestDeath).toISOString(),
        numbers: state.numbersOpen,
        disputes,
      },
      sources: sources.map(({ loadedAt, ...source }) => ({
        ...source,
        loadedAt: loadedAt.toISOString(),
        corrected: source.dataset.startsWith('correction-'),
      })),
    };
  },
});
