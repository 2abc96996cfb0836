import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { TextSchema } from './item-definition.ts';

/** A share (比率) in per cent with two decimals, as reports print it; null where there is nothing to divide by. */
export const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;

const Ratio = Type.Union([Type.Number(), Type.Null()]);

/**
 * How far services are online, counted from the data: by items (事项网办率) and by cases (办件网办率). An item that can be done online from end to
 * end but is not, by most, is nominal (名义网办).
 */
export const depthReport = route({
  method: 'GET',
  path: '/api/service/depth',
  summary: { zh: '网办深度与两个网办率', en: 'Online depth and both ratios' },
  allow: 'public',
  reply: Type.Object({
    items: Type.Integer(),
    full: Type.Integer(),
    /** Per cent. */
    itemRatio: Ratio,
    cases: Type.Integer(),
    onlineCases: Type.Integer(),
    caseRatio: Ratio,
    visits: Ratio,
    anyCentre: Type.Integer(),
    byDepth: Type.Array(Type.Object({ depth: Type.Integer(), items: Type.Integer() })),
    byUnit: Type.Array(
      Type.Object({
        unit: Type.String(),
        items: Type.Integer(),
        full: Type.Integer(),
        itemRatio: Ratio,
        cases: Type.Integer(),
        onlineCases: Type.Integer(),
        caseRatio: Ratio,
      }),
    ),
    nominal: Type.Array(
      Type.Object({
        code: Type.String(),
        title: TextSchema,
        unit: Type.String(),
        cases: Type.Integer(),
        online: Type.Integer(),
        caseRatio: Ratio,
      }),
    ),
    /** Share of online cases below which depth IV is called nominal. */
    nominalBelow: Type.Number(),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => {
    const rule = await ruleAt(db, 'service.depth.nominal');
    const nominalBelow = Number(rule.value);
    const units = await db.rows<{ unit: string; items: number; full: number; cases: number; onlineCases: number }>(sql`
      select unit, items, full_items as full, cases::int as cases, online_cases::int as "onlineCases" from service.online_ratio order by items desc, unit`);
    const byDepth = await db.rows<{ depth: number; items: number }>(sql`
      select d.depth::int as depth, count(i.code)::int as items from generate_series(1, 4) as d(depth)
        left join service.item i on i.depth = d.depth and i.state = 'published' group by d.depth order by d.depth`);
    const nominal = await db.rows<{ code: string; title: Text; unit: string; cases: number; online: number }>(sql`
      select i.code, i.title, i.unit, y.cases, y.online from service.item i join service.item_year y on y.item = i.code
      where i.state = 'published' and i.depth = 4 and y.cases > 0 and y.online < y.cases * ${nominalBelow}::numeric order by y.cases desc, i.code`);
    const { visits, anyCentre } = await db.one<{ visits: number | null; anyCentre: number }>(sql`
      select round(avg(visits), 2)::float8 as visits, (count(*) filter (where any_centre))::int as "anyCentre" from service.item where state = 'published'`);
    const sum = (name: 'items' | 'full' | 'cases' | 'onlineCases') => units.reduce((all, unit) => all + unit[name], 0);
    return {
      items: sum('items'),
      full: sum('full'),
      itemRatio: percent(sum('full'), sum('items')),
      cases: sum('cases'),
      onlineCases: sum('onlineCases'),
      caseRatio: percent(sum('onlineCases'), sum('cases')),
      visits,
      anyCentre,
      byDepth,
      byUnit: units.map((unit) => ({
        ...unit,
        itemRatio: percent(unit.full, unit.items),
        caseRatio: percent(unit.onlineCases, unit.cases),
      })),
      nominal: nominal.map((item) => ({ ...item, caseRatio: percent(item.online, item.cases) })),
      nominalBelow,
    };
  },
});
