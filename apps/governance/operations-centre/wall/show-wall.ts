import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { entropyWeights } from './entropy-weights.ts';
import { askSources, judgeVitals } from './judge-vitals.ts';
import { readVitalRules, type VitalRules } from './vital-rules.ts';
import { vitalSource, type WallItem } from './vital-source.ts';

const QUEUE = 40;
const POINTS = 2_000;
const ENTROPY_DAYS = 30;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeMoment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);

export const ItemSchema = Type.Object({
  id: Type.String(),
  kind: Type.Union([
    Type.Literal('case'),
    Type.Literal('alert'),
    Type.Literal('incident'),
    Type.Literal('order'),
    Type.Literal('cluster'),
  ]),
  title: Words,
  state: Type.String(),
  level: MaybeNumber,
  at: Type.String({ format: 'date-time' }),
  dueAt: MaybeMoment,
  path: Type.String(),
  lon: MaybeNumber,
  lat: MaybeNumber,
  sample: Type.Boolean(),
});
const AboutSchema = Type.Object({
  what: Words,
  period: Words,
  from: Words,
  of: Type.Optional(Type.Object({ n: Type.Number(), d: Type.Number(), names: Type.Object({ n: Words, d: Words }) })),
});

/**
 * The wall of the operations centre (运行大屏): vitals with the age of their sources, what waits by clock, and where it is. The figures are those of the
 * caller's own rights: a head of a unit sees their unit, a duty officer the district.
 */
export const showWall = route({
  method: 'GET',
  path: '/api/ops/wall',
  summary: { zh: '运行大屏', en: 'The wall' },
  allow: 'ops.wall.read',
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    index: Type.Object({ value: MaybeNumber, fresh: Type.Number(), missing: Type.Array(Type.String()) }),
    weights: Type.Object({
      ratio: Type.Number({ description: '一致性比率 / consistency ratio' }),
      consistent: Type.Boolean(),
      days: Type.Integer({ description: '熵权所用天数 / days that the entropy weights are made of' }),
      rows: Type.Array(
        Type.Object({
          vital: Type.String(),
          limit: Type.Number(),
          target: Type.Number(),
          ahp: Type.Number(),
          entropy: MaybeNumber,
        }),
      ),
    }),
    sources: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        heard: MaybeMoment,
        minutes: Type.Number(),
        fresh: Type.Boolean(),
        skewed: Type.Boolean(),
      }),
    ),
    vitals: Type.Array(
      Type.Object({
        id: Type.String(),
        source: Type.String(),
        title: Words,
        value: MaybeNumber,
        unit: Type.Union([Type.Literal('count'), Type.Literal('percent'), Type.Literal('minute')]),
        quality: Type.Union([Type.Literal('N'), Type.Literal('S'), Type.Literal('M')]),
        few: Type.Boolean(),
        about: AboutSchema,
        act: Type.Boolean(),
        parts: Type.Array(Type.Object({ id: Type.String(), title: Words, n: Type.Integer() })),
        hourly: Type.Array(Type.Integer()),
        target: MaybeNumber,
        weight: Type.Number(),
        score: MaybeNumber,
      }),
    ),
    queue: Type.Array(ItemSchema),
    points: Type.Array(ItemSchema),
    quietSince: MaybeMoment,
  }),
  examples: { own: { as: 'duty-officer' } },
  // The sources belong to other modules: each is read in a transaction of its own.
  prepare: async ({ actor, services }) => {
    const now = services.clock.now();
    const said = await askSources(services, actor, now);
    const waiting: WallItem[] = [];
    for (const { value } of services.registry.provided(vitalSource))
      waiting.push(...((await value.queue?.({ services, actor, now, most: POINTS })) ?? []));
    return { said, waiting, now };
  },
  handler: async ({ db, prepared: { said, waiting, now } }) => {
    const rules = await readVitalRules(db, now);
    const { sources, vitals, index } = judgeVitals(said, rules, now);
    waiting.sort(byClock);
    const latest = sources.flatMap((each) => each.heard?.getTime() ?? []);
    return {
      asOf: now.toISOString(),
      index,
      weights: await weightsOf(db, rules, now),
      sources: sources.map((source) => ({ ...source, heard: source.heard?.toISOString() ?? null })),
      vitals: vitals.map(({ id, source, title, value, unit, quality, few, about, act, parts, hourly, score }) => ({
        id,
        source,
        title,
        value,
        unit,
        quality,
        few,
        about,
        act: act === true,
        parts: parts ?? [],
        hourly: hourly ?? [],
        target: rules.scales.get(id)?.target ?? null,
        weight: rules.scales.get(id)?.weight ?? 0,
        score,
      })),
      queue: waiting.slice(0, QUEUE),
      points: waiting.filter(({ lon }) => lon !== null).slice(0, POINTS),
      quietSince: waiting.length === 0 && latest.length > 0 ? new Date(Math.max(...latest)).toISOString() : null,
    };
  },
});

/** Weights that people have set, and beside them what the days that went by would say (AHP 权重与熵权). */
async function weightsOf(db: Db, rules: VitalRules, now: Date) {
  const ids = [...rules.scales.keys()];
  const rows = await db.rows<{ day: string; scores: Record<string, number> }>(sql`
    select day::text, json_object_agg(vital, score) as scores from ops.vital_day
    where vital = any(${ids}::text[]) and score is not null and day > ${addDays(shanghaiDate(now), -ENTROPY_DAYS)}::date group by day order by day`);
  // A day on which one of them was not fresh says nothing of how they differ.
  const full = rows.filter(({ scores }) => ids.every((id) => scores[id] !== undefined));
  const entropy = entropyWeights(full.map(({ scores }) => ids.map((id) => scores[id] ?? 0)));
  return {
    ratio: rules.weights.ratio,
    consistent: rules.weights.consistent,
    days: full.length,
    rows: [...rules.scales].map(([vital, { limit, target, weight }], at) => ({
      vital,
      limit,
      target,
      ahp: weight,
      entropy: entropy?.[at] ?? null,
    })),
  };
}

/** Alerts that nobody has seen stand above all, then clusters that rise; then what is due first; what has no clock comes last, the oldest first. */
export function byClock(a: WallItem, b: WallItem): number {
  const rank = ({ kind, state, level }: WallItem): number =>
    kind === 'alert' && state === 'open' ? (level ?? 4) : kind === 'cluster' ? 5 : kind === 'incident' ? 6 : 9;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.dueAt !== b.dueAt) return (a.dueAt ?? '9999') < (b.dueAt ?? '9999') ? -1 : 1;
  return a.at < b.at ? -1 : 1;
}
