import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { indexOf, isFresh, type Scale } from './vital-index.ts';
import { type Vital, vitalSource, type WallItem } from './vital-source.ts';

const QUEUE = 40;
const POINTS = 2_000;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeMoment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);

export const ItemSchema = Type.Object({
  id: Type.String(),
  kind: Type.Union([Type.Literal('case'), Type.Literal('alert'), Type.Literal('incident'), Type.Literal('order')]),
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

type Heard = { heard: Date | null; vitals: Vital[] };

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
    sources: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        heard: MaybeMoment,
        minutes: Type.Number(),
        fresh: Type.Boolean(),
      }),
    ),
    vitals: Type.Array(
      Type.Object({
        id: Type.String(),
        source: Type.String(),
        title: Words,
        value: MaybeNumber,
        unit: Type.Union([Type.Literal('count'), Type.Literal('percent'), Type.Literal('minute')]),
        act: Type.Boolean(),
        parts: Type.Array(Type.Object({ id: Type.String(), title: Words, n: Type.Integer() })),
        hourly: Type.Array(Type.Integer()),
        target: MaybeNumber,
        weight: Type.Number(),
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
    const sources = services.registry.provided(vitalSource).map(({ value }) => value);
    const heard = new Map<string, Heard>();
    const waiting: WallItem[] = [];
    for (const source of sources) {
      const context = { services, actor, now };
      heard.set(source.id, await source.read(context));
      waiting.push(...((await source.queue?.({ ...context, most: POINTS })) ?? []));
    }
    return { sources, heard, waiting, now };
  },
  handler: async ({ db, prepared: { sources, heard, waiting, now } }) => {
    const scales = await readScales(db, now);
    const minutes = await readIntervals(db, now);
    const shown = sources.map(({ id, title }) => {
      const at = heard.get(id)?.heard ?? null;
      const interval = minutes.get(id) ?? 0;
      return { id, title, heard: at?.toISOString() ?? null, minutes: interval, fresh: isFresh(at, interval, now) };
    });
    const fresh = new Map(shown.map((source) => [source.id, source.fresh]));
    const vitals = sources.flatMap(({ id: source }) =>
      (heard.get(source)?.vitals ?? []).map((vital) => ({ ...vital, source })),
    );
    // A vital of the rulebook whose source is not connected is missing too: its weight is not quietly given to the others.
    const index = indexOf(
      [...scales].map(([id, scale]) => {
        const found = vitals.find((vital) => vital.id === id);
        const value = found ? (found.measure === undefined ? found.value : found.measure) : null;
        return { id, value, fresh: found !== undefined && fresh.get(found.source) === true, scale };
      }),
    );
    waiting.sort(byClock);
    const latest = [...heard.values()].flatMap((each) => each.heard?.getTime() ?? []);
    return {
      asOf: now.toISOString(),
      index,
      sources: shown,
      vitals: vitals.map(({ id, source, title, value, unit, act, parts, hourly }) => ({
        id,
        source,
        title,
        // Never a last value: what a silent source said is not what is so.
        value: fresh.get(source) ? value : null,
        unit,
        act: act === true,
        parts: fresh.get(source) ? (parts ?? []) : [],
        hourly: fresh.get(source) ? (hourly ?? []) : [],
        target: scales.get(id)?.target ?? null,
        weight: scales.get(id)?.weight ?? 0,
      })),
      queue: waiting.slice(0, QUEUE),
      points: waiting.filter(({ lon }) => lon !== null).slice(0, POINTS),
      quietSince: waiting.length === 0 && latest.length > 0 ? new Date(Math.max(...latest)).toISOString() : null,
    };
  },
});

/** Alerts that nobody has seen stand above all; then what is due first; what has no clock comes last, the oldest first. */
export function byClock(a: WallItem, b: WallItem): number {
  const rank = ({ kind, state, level }: WallItem): number => (kind === 'alert' && state === 'open' ? (level ?? 4) : 9);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.dueAt !== b.dueAt) return (a.dueAt ?? '9999') < (b.dueAt ?? '9999') ? -1 : 1;
  return a.at < b.at ? -1 : 1;
}

type RuleDb = Parameters<typeof ruleAt>[0];
async function rowsOf(db: RuleDb, id: string, now: Date): Promise<Record<string, string | number | boolean>[]> {
  const { value } = await ruleAt(db, id, now);
  if (typeof value !== 'object') throw new Error(`${id} is no table`);
  return value.rows.map((row) => Object.fromEntries(value.columns.map((column, at) => [column, row[at] ?? ''])));
}

async function readScales(db: RuleDb, now: Date): Promise<Map<string, Scale>> {
  const rows = await rowsOf(db, 'ops.vitals', now);
  return new Map(
    rows.map((row) => [
      String(row['vital']),
      { limit: Number(row['limit']), target: Number(row['target']), weight: Number(row['weight']) },
    ]),
  );
}

async function readIntervals(db: RuleDb, now: Date): Promise<Map<string, number>> {
  const rows = await rowsOf(db, 'ops.vital-sources', now);
  return new Map(rows.map((row) => [String(row['source']), Number(row['minutes'])]));
}
