import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { percent } from './depth-report.ts';

/** Months that figures look back. */
const MONTHS = 12;
/** Three stars and more are satisfied (基本满意以上, 国办发〔2019〕51号). */
const SATISFIED = 3;

const Ratio = Type.Union([Type.Number(), Type.Null()]);
const Counts = {
  decided: Type.Integer(),
  onTime: Type.Integer(),
  /** Decisions within the promised time, per cent (按时办结率). */
  onTimeRatio: Ratio,
  ratings: Type.Integer(),
  satisfied: Type.Integer(),
  /** Ratings of three stars and more, per cent (好评率). */
  satisfaction: Ratio,
  materials: Type.Integer(),
  saved: Type.Integer(),
  /** Materials that nobody had to hand in, per cent (免提交率). */
  savedRatio: Ratio,
};

type Row = {
  unit: string;
  decided: number;
  onTime: number;
  ratings: number;
  satisfied: number;
  materials: number;
  saved: number;
};

/**
 * Indicators of the online hall (网上政务大厅指标) over twelve months, counted from cases, clocks and ratings: numbers only. Both ratios and the
 * average of visits are `/api/service/depth`.
 */
export const serviceFigures = route({
  method: 'GET',
  path: '/api/service/figures',
  summary: { zh: '网上政务大厅指标', en: 'Indicators of the online hall' },
  allow: 'service.item.read',
  reply: Type.Object({
    since: Type.String({ format: 'date' }),
    ...Counts,
    fields: Type.Integer(),
    prefilled: Type.Integer(),
    /** Fields that nobody had to fill in, per cent (预填率). */
    prefilledRatio: Ratio,
    byUnit: Type.Array(Type.Object({ unit: Type.String(), ...Counts })),
  }),
  examples: { own: { as: 'data-officer' } },
  // Each unit sees its own cases only; the numbers are of all of them, so the platform counts.
  prepare: ({ services }) =>
    services.database.tx(
      { module: 'service', actor: systemActor({ name: 'service-figures' }), readOnly: true },
      async (db) => ({ since: await sinceOf(db), units: await countUnits(db), forms: await countForms(db) }),
    ),
  handler: async ({ prepared: { since, units, forms } }) => {
    const whole = units.reduce(
      (all, row) => ({
        decided: all.decided + row.decided,
        onTime: all.onTime + row.onTime,
        ratings: all.ratings + row.ratings,
        satisfied: all.satisfied + row.satisfied,
        materials: all.materials + row.materials,
        saved: all.saved + row.saved,
      }),
      { decided: 0, onTime: 0, ratings: 0, satisfied: 0, materials: 0, saved: 0 },
    );
    return {
      since,
      ...withRatios(whole),
      ...forms,
      prefilledRatio: percent(forms.prefilled, forms.fields),
      byUnit: units.map((row) => ({ unit: row.unit, ...withRatios(row) })),
    };
  },
});

const withRatios = ({ decided, onTime, ratings, satisfied, materials, saved }: Omit<Row, 'unit'>) => ({
  decided,
  onTime,
  onTimeRatio: percent(onTime, decided),
  ratings,
  satisfied,
  satisfaction: percent(satisfied, ratings),
  materials,
  saved,
  savedRatio: percent(saved, materials),
});

const SINCE = sql`((kernel.now() at time zone 'Asia/Shanghai')::date - make_interval(months => ${MONTHS}::int))::date`;

async function sinceOf(db: Db): Promise<string> {
  return (await db.one<{ since: string }>(sql`select ${SINCE}::text as since`)).since;
}

/** What was granted in the moment in which it was accepted has no time that could run over. */
function countUnits(db: Db): Promise<Row[]> {
  return db.rows<Row>(sql`
    with handled as (
      select s.unit, (count(*) filter (where s.decided_at is not null))::int as decided,
        (count(*) filter (where s.decided_at is not null and (c.due_at is null or s.decided_at <= c.due_at)))::int as on_time,
        coalesce(sum(m.all_of), 0)::int as materials, coalesce(sum(m.saved), 0)::int as saved
      from service.sub_case s left join calendar.clock c on c.id = s.decide_clock,
        lateral (select count(*) as all_of, count(*) filter (where one ->> 'source' <> 'upload') as saved from jsonb_array_elements(s.materials) as one) m
      where s.received_at >= ${SINCE} group by s.unit),
    rated as (
      select unit, count(*)::int as ratings, (count(*) filter (where stars >= ${SATISFIED}::int))::int as satisfied
      from service.case_rating where rated_on >= ${SINCE} and round = 1 group by unit)
    select coalesce(h.unit, r.unit) as unit, coalesce(decided, 0) as decided, coalesce(on_time, 0) as "onTime", coalesce(ratings, 0) as ratings,
      coalesce(satisfied, 0) as satisfied, coalesce(materials, 0) as materials, coalesce(saved, 0) as saved
    from handled h full join rated r on r.unit = h.unit order by coalesce(decided, 0) desc, 1`);
}

function countForms(db: Db): Promise<{ fields: number; prefilled: number }> {
  return db.one<{ fields: number; prefilled: number }>(sql`
    select coalesce(sum(fields), 0)::int as fields, coalesce(sum(prefilled), 0)::int as prefilled from service.case_file where received_at >= ${SINCE}`);
}
