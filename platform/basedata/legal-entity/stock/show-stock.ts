import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const Count = Type.Integer({ minimum: 0 });

/** Enterprises as a stock (法人库存量): by stage of life and size, births and deaths by month and section of industry, and how well the registers agree. */
export const showStock = route({
  method: 'GET',
  path: '/api/legal-entity/stock',
  summary: { zh: '法人库概况与每月新设、注销', en: 'Stock of enterprises, births and deaths by month' },
  allow: 'legal-entity.entity.read',
  query: Type.Object({ months: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, default: 24 })) }),
  reply: Type.Object({
    states: Type.Array(Type.Object({ state: Type.String(), enterprises: Count })),
    sizes: Type.Array(Type.Object({ size: Type.String(), enterprises: Count })),
    industries: Type.Array(Type.Object({ section: Type.String(), enterprises: Count })),
    months: Type.Array(Type.Object({ month: Type.String(), section: Type.String(), births: Count, deaths: Count })),
    live: Count,
    /** Of those alive: in the books of the tax authority; placed in a building; without a credit code. */
    taxed: Count,
    placed: Count,
    provisional: Count,
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query: { months = 24 } }) => {
    const lives = sql`coalesce(life_state, 'live') in ('live', 'abnormal')`;
    // Section of GB/T 4754 as the register writes it; a code without its letter has none.
    const section = sql`case when industry_code ~ '^[A-T]' then left(industry_code, 1) else '-' end`;
    const states = await db.rows<{ state: string; enterprises: number }>(sql`
      select coalesce(life_state, 'unknown') as state, count(*)::int as enterprises from legal_entity.entity group by 1 order by 2 desc, 1`);
    const sizes = await db.rows<{ size: string; enterprises: number }>(sql`
      select coalesce(size_class, 'unknown') as size, count(*)::int as enterprises from legal_entity.entity where ${lives} group by 1 order by 2 desc, 1`);
    const industries = await db.rows<{ section: string; enterprises: number }>(sql`
      select ${section} as section, count(*)::int as enterprises from legal_entity.entity where ${lives} group by 1 order by 2 desc, 1`);
    const flow = await db.rows<{ month: string; section: string; births: number; deaths: number }>(sql`
      select month, section, sum(births)::int as births, sum(deaths)::int as deaths from (
        select left(founded_on, 7) as month, ${section} as section, 1 as births, 0 as deaths from legal_entity.entity where founded_on is not null
        union all
        select left(life_on, 7), ${section}, 0, 1 from legal_entity.entity where life_state = 'cancelled' and life_on is not null) f
      where month >= to_char((kernel.now() at time zone 'Asia/Shanghai') - make_interval(months => ${months}::int), 'YYYY-MM')
      group by 1, 2 order by 1, 2`);
    const totals = await db.one<{ live: number; taxed: number; placed: number; provisional: number }>(sql`
      select count(*)::int as live, count(*) filter (where 'tax' = any (string_to_array(registers, ',')))::int as taxed,
        count(*) filter (where committee_code is not null)::int as placed, count(*) filter (where uscc like 'Z%')::int as provisional
      from legal_entity.entity where ${lives}`);
    return { states, sizes, industries, months: flow, ...totals };
  },
});
