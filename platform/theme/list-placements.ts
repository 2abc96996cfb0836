import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { findRule, ruleAt, type RuleTable } from '#platform/rulebook/rule-at.ts';
import { keepingOf } from '#platform/series/keeping.ts';
import { placementOf } from './storage-policy.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const Maybe = Type.Union([Type.String(), Type.Null()]);
const Count = Type.Union([Type.Number(), Type.Null()]);
const DAYS = 30;
const GB = 1e9;

type Theme = {
  id: string;
  title: Text;
  kind: string;
  rows: number | null;
  bytes: number;
  reads: number;
  lastRead: string | null;
};
type Part = {
  series: string;
  module: string;
  title: Text;
  tier: string;
  parts: number;
  bytes: number;
  rows: number | null;
  lastRead: string | null;
  rawLeast: string;
  rawMost: string;
  held: boolean;
};

/** Where rows stand (存储布局): tier, size, last use, keeping, cost a month, legal hold — of themes and of series. */
export const listPlacements = route({
  method: 'GET',
  path: '/api/theme/placements',
  summary: { zh: '存储布局', en: 'Where the rows of themes and series stand' },
  allow: 'theme.read',
  reply: Type.Object({
    placements: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.Union([Type.Literal('theme'), Type.Literal('series')]),
        title: TextSchema,
        tier: Type.String(),
        structure: Type.String(),
        /** Tier that the storage policy recommends, and why; of series the policy has decided already. */
        wanted: Maybe,
        reason: Type.Union([TextSchema, Type.Null()]),
        parts: Type.Union([Type.Integer(), Type.Null()]),
        rows: Count,
        bytes: Type.Number(),
        lastRead: Maybe,
        keepDays: Type.Union([Type.Integer(), Type.Null()]),
        keepRule: Maybe,
        /** Yuan a month. */
        cost: Type.Number(),
        held: Type.Boolean(),
      }),
    ),
    /** Yuan for a gigabyte and month. */
    prices: Type.Array(Type.Object({ tier: Type.String(), price: Type.Number() })),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => {
    const prices = new Map<string, number>();
    for (const tier of ['hot', 'warm', 'cold'])
      prices.set(tier, Number((await ruleAt(db, `storage.cost-${tier}`)).value));
    const cost = (tier: string, bytes: number) => ((prices.get(tier) ?? 0) * bytes) / GB;
    const table = (await ruleAt(db, 'theme.storage')).value as RuleTable;
    const themes = (await themesOf(db)).map(({ id, title, kind, rows, bytes, reads, lastRead }) => {
      const copies = kind !== 'associate';
      const wanted = placementOf(table, { copies, rows, readsPerDay: reads });
      // What a theme copies stands in the database, whatever would be better.
      const tier = copies ? 'hot' : 'none';
      return {
        id,
        kind: 'theme' as const,
        title,
        tier,
        structure: copies ? 'row' : 'virtual',
        parts: null,
        rows,
        bytes,
        wanted: wanted.tier,
        reason: wanted.reason,
        lastRead,
        keepDays: null,
        keepRule: null,
        held: false,
        cost: cost(tier, bytes),
      };
    });
    const series = [];
    for (const part of await partsOf(db)) {
      const [least, most] = [await findRule(db, part.rawLeast), await findRule(db, part.rawMost)];
      const keeping = least && most ? keepingOf({ least, most }) : undefined;
      series.push({
        id: part.series,
        kind: 'series' as const,
        title: part.title,
        tier: part.tier,
        structure: 'series',
        wanted: null,
        reason: null,
        parts: part.parts,
        rows: part.rows,
        bytes: part.bytes,
        lastRead: part.lastRead,
        keepDays: keeping?.days ?? null,
        keepRule: keeping?.rule.id ?? null,
        cost: cost(part.tier, part.bytes),
        held: part.held,
      });
    }
    return {
      placements: [...themes, ...series],
      prices: [...prices].map(([tier, price]) => ({ tier, price })),
    };
  },
});

const themesOf = (db: Db): Promise<Theme[]> =>
  db.rows<Theme>(sql`
    select t.id, t.title, v.definition ->> 'kind' as kind, r.rows::float8 as rows, share.theme_bytes(t.id)::float8 as bytes, theme.reads_per_day(t.id, ${DAYS}::int) as reads,
      theme.last_read(t.id)::text as "lastRead"
    from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version
      left join lateral (select * from theme.run r where r.theme = t.id and r.rows is not null order by r.seq desc limit 1) r on true
    order by t.id`);

const partsOf = (db: Db): Promise<Part[]> =>
  db.rows<Part>(sql`
    select series, module, title, tier, parts, bytes::float8 as bytes, rows::float8 as rows, last_read::text as "lastRead", raw_least as "rawLeast", raw_most as "rawMost", held
    from series.placements()`);
