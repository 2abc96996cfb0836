import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { type Db, type Row } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type GoldenValue, othersOf, type Source } from '../shared/survivorship.ts';
import { BUILDING_RULES, BUILDING_TABLE } from './building-rules.ts';
import { isOfficial } from '../shared/is-official.ts';
import { INTERNAL_ATTRIBUTES } from './secrecy.ts';
import { statementsOf } from './statements.ts';

const Value = Type.Union([Type.String(), Type.Null()]);
const SourceSchema = Type.Object({
  claim: Type.Integer(),
  dataset: Type.String(),
  unit: Type.String(),
  at: Type.String({ format: 'date-time' }),
});

/** The card of a building (建筑物卡片): each attribute with its source and what other sources say, as known at an instant. */
export const showBuilding = route({
  method: 'GET',
  path: '/api/space/buildings/:code',
  summary: {
    zh: '建筑物卡片：每项的值、来源与不同说法',
    en: 'Card of a building: value, source and other statements of each attribute',
  },
  allow: 'public',
  params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
  query: Type.Object({
    asOf: Type.Optional(Type.String({ format: 'date-time', description: 'as known at this instant; default now' })),
  }),
  reply: Type.Object({
    code: Type.String(),
    committeeCode: Value,
    cellCode: Value,
    addressKey: Value,
    knownSince: Type.String({ format: 'date-time' }),
    knownUntil: Value,
    unifiedCode: Value,
    status: Type.String({ description: 'standing, demolished, merged or split' }),
    endedOn: Value,
    /** What became of it, and what it came from (沿革). */
    history: Type.Array(
      Type.Object({
        kind: Type.String(),
        predecessor: Type.String(),
        successor: Value,
        happenedOn: Type.String({ format: 'date' }),
        basis: Type.String(),
      }),
    ),
    formerAddresses: Type.Array(Type.Object({ address: Type.String(), until: Value })),
    attributes: Type.Array(
      Type.Object({
        name: Type.String(),
        value: Value,
        source: Type.Union([SourceSchema, Type.Null()]),
        others: Type.Array(Type.Object({ value: Type.String(), source: SourceSchema })),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { code: 'fixture:building' } } },
  handler: async ({ params, query, db, actor }) => {
    const version = await versionAt(db, params.code, query.asOf ?? null);
    if (!version) throw NotFound.with();
    const { record } = version;
    const sources = record.sources as Record<string, Source>;
    // What others say is told of today only: a past card shows what was held to be true then.
    const statements = query.asOf === undefined ? ((await statementsOf(db, [params.code])).get(params.code) ?? []) : [];
    const internal = isOfficial(actor);
    const shown = Object.entries(BUILDING_TABLE.columns).filter(([name]) => internal || !INTERNAL_ATTRIBUTES.has(name));
    const attributes = shown.map(([name, column]) => {
      const source = sources[name];
      const golden: GoldenValue | undefined = source && { value: text(record[column]) ?? '', source };
      const others = othersOf({ statements, rules: BUILDING_RULES, attribute: name, golden });
      return {
        name,
        value: text(record[column]),
        source: source ? sourceForPeople(source) : null,
        others:
          name === 'outline'
            ? []
            : others.map((other) => ({ value: other.value, source: sourceForPeople(other.source) })),
      };
    });
    return {
      code: params.code,
      committeeCode: text(record.committee_code),
      cellCode: text(record.cell_code),
      addressKey: text(record.address_key),
      knownSince: version.from.toISOString(),
      knownUntil: version.to?.toISOString() ?? null,
      unifiedCode: text(record.unified_code),
      status: text(record.status) ?? 'standing',
      endedOn: text(record.ended_on),
      history: await db.rows<HistoryRow>(sql`
        select s.kind, s.predecessor, s.successor, s.happened_on::text as "happenedOn", s.basis from space.succession s
        where s.predecessor = ${params.code} or s.successor = ${params.code} order by s.happened_on, s.predecessor, s.successor`),
      formerAddresses: await db.rows<{ address: string; until: string | null }>(sql`
        select standard as address, valid_to::text as until from space.address where building_code = ${params.code} and status = 'former' order by valid_to`),
      attributes,
    };
  },
});

type HistoryRow = { kind: string; predecessor: string; successor: string | null; happenedOn: string; basis: string };
type Version = { record: Row; from: Date; to: Date | null };

async function versionAt(db: Db, code: string, at: string | null): Promise<Version | undefined> {
  return db.first<Version>(sql`
    select record, v.tx_from as from, tx_to as to from (
      select to_jsonb(b) as record, tx_from, null::timestamptz as tx_to from space.building b where b.code = ${code}
      union all select record, tx_from, tx_to from space.building_version where code = ${code}) v
    -- A site that is kept off public answers is on none, whatever was said of it before.
    join space.building now on now.code = ${code} and not space.hides(now.secrecy)
    where v.tx_from <= coalesce(${at}::text::timestamptz, 'infinity') and (tx_to is null or tx_to > coalesce(${at}::text::timestamptz, 'infinity'))`);
}

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const sourceForPeople = (source: Source) => ({ claim: source.c, dataset: source.d, unit: source.u, at: source.at });
