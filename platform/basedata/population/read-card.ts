import { Type, type Static } from 'typebox';
import type { AttributeMark } from '#platform/access/attributes/register.ts';
import { shownAs, type View } from '#platform/access/attributes/view.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { locationOf } from '#platform/basedata/shared/buildings.ts';
import {
  AttributeSchema,
  type CardAttribute,
  ChangeSchema,
  LocationSchema,
  SourceSchema,
} from '#platform/basedata/shared/card-schema.ts';
import { disputedAttributes } from '#platform/basedata/shared/corrections.ts';
import { describeSources } from '#platform/basedata/shared/describe-sources.ts';
import { holdApart } from '#platform/basedata/shared/same-subject.ts';
import {
  type GoldenValue,
  othersOf,
  ranked,
  type Rule,
  type Source,
  sourceOf,
  standing,
  type Statement,
} from '#platform/basedata/shared/survivorship.ts';
import { changesOf, versionAt, versionsOf } from '#platform/basedata/shared/versions.ts';
import { ATTRIBUTES, attributeOf, MARKS } from './attributes.ts';
import { PERSON_RULES, SAME_PERSON } from './authority.ts';
import { PERSON_TABLE } from './load-persons.ts';
import { type LifeEvent, lifeOf } from './events/life.ts';
import { verdictsAbout } from './events/store-life.ts';
import { condition, resident } from './resources.ts';
import { statementsAbout } from './statements.ts';

const Text = Type.Union([Type.String(), Type.Null()]);
const marks = itemOf(resident, [
  'pid',
  'name',
  'sex',
  'birthDate',
  'nation',
  'phone',
  'householdNo',
  'relation',
  'buildingCode',
  'room',
  'address',
  'residenceFrom',
  'hukouAddress',
  'committeeCode',
  'deathDate',
]);

/** The card of a person (一人一档). `record` carries the golden values, masked as `attributes` says. */
export const CardSchema = Type.Object({
  pid: marks.properties.pid,
  asOf: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
  /** Instant since which this version is held to be true. */
  since: Type.String({ format: 'date-time' }),
  record: marks,
  idNumber: Type.Union([Type.String(), Type.Null()], { description: 'masked' }),
  location: LocationSchema,
  attributes: Type.Array(AttributeSchema),
  conditions: Type.Array(itemOf(condition, ['kind', 'value'])),
  residences: Type.Array(Type.Object({ from: Text, to: Text, address: Type.String(), source: SourceSchema }), {
    description: 'homes as the sources state them, the latest first',
  }),
  household: Type.Union([
    Type.Object({
      householdNo: Type.String(),
      members: Type.Array(itemOf(resident, ['pid', 'name', 'relation', 'birthDate'])),
    }),
    Type.Null(),
  ]),
  /** Life events (生命事件), the latest first; a death that is only reported stops nothing. */
  life: Type.Array(
    Type.Object({
      kind: Type.String({ description: 'born, married, moved, moved-out, died' }),
      on: Type.String({ format: 'date' }),
      state: Type.String({ description: 'reported, confirmed, conflict, refuted' }),
      sources: Type.Array(SourceSchema),
    }),
  ),
  /** Who is whose, within what the caller may see. */
  kin: Type.Array(
    Type.Object({
      kind: Type.String({ description: 'mother, father, spouse, child' }),
      ...itemOf(resident, ['pid', 'name']).properties,
      source: SourceSchema,
    }),
  ),
  changes: Type.Array(ChangeSchema),
  /** Claims under the same identity number that were held apart. */
  conflicts: Type.Integer(),
});
export type Card = Static<typeof CardSchema>;

/** Which attribute an event tells of: who does not see the one in clear does not see the day of the other. */
const TELLS: Record<LifeEvent['kind'], string> = {
  born: 'birthDate',
  married: 'maritalStatus',
  moved: 'residenceAddress',
  'moved-out': 'residenceAddress',
  died: 'deathDate',
};

type Held = { kind: string; value: string; source: Source };

/**
 * Reads the card of one person within the caller's reach, of the caller itself (`own`), or opened by break-glass (`opened`);
 * NOT_FOUND for anyone else.
 */
export async function readCard(options: {
  db: Db;
  pid: string;
  asOf?: string;
  own?: boolean;
  opened?: boolean;
  /** What the caller sees of each attribute, by the policies. */
  viewOf: (mark: AttributeMark) => View;
}): Promise<Card> {
  const { db, pid, own, opened } = options;
  const views = new Map(MARKS.map((mark) => [mark.name, options.viewOf(mark)]));
  const viewOf = (name: string): View => views.get(name) ?? 'hidden';
  const until = options.asOf === undefined ? undefined : endOfDay(options.asOf);
  const versions = await versionsOf(db, { table: PERSON_TABLE, key: pid, own, opened });
  const version = versionAt(versions, until);
  if (!version) throw NotFound.with();
  const { record } = version;
  const held = await conditionsAt(db, { pid, until, own, opened });
  const { accepted, frozen } = holdApart((await statementsAbout(db, [pid], until)).get(pid) ?? [], SAME_PERSON);
  const golden = goldenOf(record, held);
  const others = new Map(
    ATTRIBUTES.map((a) => [
      a.name,
      othersOf({ statements: accepted, rules: PERSON_RULES, attribute: a.name, golden: golden.get(a.name) }),
    ]),
  );
  const homes = residencesOf(accepted);
  const life = lifeOf(accepted, (await verdictsAbout(db, [pid])).get(pid))
    .filter(({ kind }) => viewOf(TELLS[kind]) === 'clear')
    .reverse();
  const kin = own || opened || viewOf('relation') !== 'clear' ? [] : await kinOf(db, pid);
  // What is disputed now stands beside what was held true on any day.
  const disputed = await disputedAttributes(db, pid);
  const describe = await describeSources(db, [
    ...[...golden.values(), ...[...others.values()].flat(), ...homes, ...kin].map((v) => v.source),
    ...life.flatMap((event) => event.sources),
  ]);
  const attributes = ATTRIBUTES.map((a): CardAttribute => {
    const value = golden.get(a.name);
    const view = viewOf(a.name);
    const shown = (text: string) => shownAs<string | null>(view, text, a.mask);
    return {
      name: a.name,
      title: a.title,
      group: a.group,
      level: a.level,
      masked: view !== 'clear' && value !== undefined,
      value: value ? shown(value.value) : null,
      source: value && view !== 'hidden' ? describe(value.source) : null,
      others: (others.get(a.name) ?? []).flatMap((o) => {
        const text = shown(o.value);
        return text === null ? [] : [{ value: text, source: describe(o.source) }];
      }),
      ...(disputed.has(a.name) ? { disputed: true } : {}),
    };
  });
  const shown = new Map(attributes.map((a) => [a.name, a.value]));
  const text = (column: string) => (record[column] as string | null) ?? null;
  const seen = (name: string, value: string | null) => shownAs(viewOf(name), value, attributeOf(name)?.mask);
  return {
    pid,
    asOf: options.asOf ?? null,
    since: version.from.toISOString(),
    record: {
      pid,
      name: seen('name', text('name')),
      sex: seen('sex', text('sex')),
      birthDate: seen('birthDate', text('birth_date')),
      nation: shown.get('nation') ?? null,
      phone: shown.get('phone') ?? null,
      householdNo: seen('householdNo', text('household_no')),
      relation: seen('relation', text('relation')),
      buildingCode: seen('buildingCode', text('building_code')),
      // Part of the address.
      room: seen('residenceAddress', text('room')),
      address: seen('residenceAddress', text('residence_address')),
      residenceFrom: seen('residenceFrom', text('residence_from')),
      hukouAddress: seen('hukouAddress', text('hukou_address')),
      committeeCode: text('committee_code'),
      deathDate: seen('deathDate', text('death_date')),
    },
    // Kept masked; in clear it is opened by itself only, also by its owner.
    idNumber: viewOf('idNumber') === 'hidden' ? null : text('id_masked'),
    location: viewOf('buildingCode') === 'clear' ? await locationOf(db, text('building_code')) : null,
    attributes,
    conditions: attributes
      .filter((a) => a.group === 'condition' && a.value !== null)
      .map((a) => ({ kind: a.name, value: a.value })),
    residences: homes.flatMap(({ value, source, from, to }) => {
      const address = seen('residenceAddress', value);
      const dated = viewOf('residenceFrom') === 'clear' ? { from, to } : { from: null, to: null };
      return address === null ? [] : [{ ...dated, address, source: describe(source) }];
    }),
    household:
      own || opened || viewOf('householdNo') !== 'clear' ? null : await householdOf(db, text('household_no'), seen),
    life: life.map(({ kind, on, state, sources }) => ({ kind, on, state, sources: sources.map(describe) })),
    kin: kin.map(({ source, ...one }) => ({ ...one, name: seen('name', one.name), source: describe(source) })),
    changes: changesOf(versions, PERSON_TABLE)
      .filter((c) => until === undefined || new Date(c.at) <= until)
      .slice(0, 50),
    conflicts: frozen.length,
  };
}

async function conditionsAt(
  db: Db,
  options: { pid: string; until: Date | undefined; own: boolean | undefined; opened: boolean | undefined },
): Promise<Held[]> {
  const table = options.own
    ? sql`population.own_condition`
    : options.opened
      ? sql`population.opened_condition`
      : sql`population.condition`;
  const until = options.until ?? null;
  return db.rows<Held>(sql`
    select kind, value, source from ${table} where pid = ${options.pid}::uuid
      and case when ${until}::timestamptz is null then tx_to is null
          else tx_from <= ${until}::timestamptz and (tx_to is null or tx_to > ${until}::timestamptz) end`);
}

function goldenOf(
  record: { sources: Record<string, Source> } & Record<string, unknown>,
  held: readonly Held[],
): Map<string, GoldenValue> {
  const golden = new Map<string, GoldenValue>(held.map((h) => [h.kind, { value: h.value, source: h.source }]));
  for (const { name, column } of ATTRIBUTES) {
    const value = column === undefined ? undefined : record[column];
    // A building found by its address has the source of the address.
    const source = record.sources[name] ?? (name === 'buildingCode' ? record.sources.residenceAddress : undefined);
    if (typeof value === 'string' && source) golden.set(name, { value, source });
  }
  return golden;
}

const HOME = PERSON_RULES.find((r) => r.attributes[0] === 'residenceAddress') as Rule;

/** Homes in order of time, the latest first; of sources that state the same begin the most authoritative speaks. */
function residencesOf(statements: readonly Statement[]): (GoldenValue & { from: string | null; to: string | null })[] {
  const homes: (GoldenValue & { from: string | null; to: string | null })[] = [];
  for (const statement of ranked(standing(statements), HOME)) {
    const from = statement.values.residenceFrom ?? null;
    const later = homes.at(-1);
    // Without a begin it says only that the person lives there; behind a dated home it adds nothing to the story.
    if (from === null && homes.length > 0) continue;
    if (later && (later.from === from || later.value === statement.values.residenceAddress)) continue;
    homes.push({
      value: statement.values.residenceAddress ?? '',
      source: sourceOf(statement, HOME),
      from,
      to: later?.from ?? null,
    });
  }
  return homes;
}

type Kin = { kind: string; pid: string; name: string | null; source: Source };

/** Mother, father and spouse as the sources state them, and the children who name this person; those whom the caller may see. */
function kinOf(db: Db, pid: string): Promise<Kin[]> {
  return db.rows<Kin>(sql`
    select k.kind, p.pid, p.name, k.source from population.kinship k
      join population.identifier i on i.kind = 'id18' and i.lookup_key = k.other_key join population.person p on p.pid = i.pid
    where k.pid = ${pid}::uuid and k.tx_to is null
    union all
    select case k.kind when 'spouse' then 'spouse' else 'child' end, p.pid, p.name, k.source from population.identifier i
      join population.kinship k on k.other_key = i.lookup_key and k.tx_to is null join population.person p on p.pid = k.pid
    where i.kind = 'id18' and i.pid = ${pid}::uuid
      and not exists (select from population.kinship o join population.identifier oi on oi.kind = 'id18' and oi.lookup_key = o.other_key
        where o.pid = ${pid}::uuid and o.tx_to is null and o.kind = 'spouse' and k.kind = 'spouse' and oi.pid = p.pid)
    order by 1, 2 limit 30`);
}

async function householdOf(
  db: Db,
  no: string | null,
  seen: (name: string, value: string | null) => string | null,
): Promise<Card['household']> {
  if (no === null) return null;
  const members = await db.rows<{
    pid: string;
    name: string | null;
    relation: string | null;
    birthDate: string | null;
  }>(sql`
    select pid, name, relation, birth_date as "birthDate" from population.person where household_no = ${no} and death_date is null order by birth_date, pid limit 30`);
  return {
    householdNo: no,
    members: members.map(({ pid, name, relation, birthDate }) => ({
      pid,
      name: seen('name', name),
      relation: seen('relation', relation),
      birthDate: seen('birthDate', birthDate),
    })),
  };
}
