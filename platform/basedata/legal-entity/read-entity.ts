import { Type, type Static } from 'typebox';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { locationOf } from '#platform/basedata/shared/buildings.ts';
import {
  AttributeSchema,
  type CardAttribute,
  ChangeSchema,
  LocationSchema,
} from '#platform/basedata/shared/card-schema.ts';
import { disputedAttributes, isCorrection } from '#platform/basedata/shared/corrections.ts';
import { describeSources } from '#platform/basedata/shared/describe-sources.ts';
import { type GoldenValue, othersOf, standing, type Statement } from '#platform/basedata/shared/survivorship.ts';
import { changesOf, versionAt, versionsOf } from '#platform/basedata/shared/versions.ts';
import type { AttributeMark } from '#platform/access/attributes/register.ts';
import { shownAs, type View } from '#platform/access/attributes/view.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { ENTITY_ATTRIBUTES, ENTITY_MARKS, ENTITY_RULES, ENTITY_TABLE } from './entity-rules.ts';
import { entities } from './resources.ts';
import { statementsOf } from './statements.ts';

const record = itemOf(entities, [
  'uscc',
  'name',
  'legalRepresentative',
  'businessAddress',
  'taxRating',
  'staff',
  'committeeCode',
]);

/** The card of an enterprise (一企一档). */
export const EntityCardSchema = Type.Object({
  uscc: record.properties.uscc,
  asOf: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
  since: Type.String({ format: 'date-time' }),
  record,
  location: LocationSchema,
  attributes: Type.Array(AttributeSchema),
  /** Names under which sources know or knew it (名称沿革): one code with two names is one enterprise. */
  names: Type.Array(
    Type.Object({
      name: Type.String(),
      units: Type.Array(Type.String()),
      from: Type.String({ format: 'date-time' }),
      current: Type.Boolean(),
    }),
  ),
  /** Registers in which it stands (在册情况). */
  registers: Type.Array(
    Type.Object({ dataset: Type.String(), unit: Type.String(), since: Type.String({ format: 'date-time' }) }),
  ),
  changes: Type.Array(ChangeSchema),
});
type EntityCard = Static<typeof EntityCardSchema>;

/** Reads the card as known now or at the end of a day; NOT_FOUND where there is none. */
export async function readEntity(options: {
  db: Db;
  uscc: string;
  asOf?: string;
  /** What the caller sees of each attribute, by the policies. */
  viewOf: (mark: AttributeMark) => View;
}): Promise<EntityCard> {
  const { db, uscc } = options;
  const until = options.asOf === undefined ? undefined : endOfDay(options.asOf);
  const versions = await versionsOf(db, { table: ENTITY_TABLE, key: uscc });
  const version = versionAt(versions, until);
  if (!version) throw NotFound.with();
  const row = version.record;
  const text = (column: string) => (row[column] as string | null | undefined) ?? null;
  const views = new Map(ENTITY_MARKS.map((mark) => [mark.name, options.viewOf(mark)]));
  const viewOf = (name: string): View => views.get(name) ?? 'hidden';
  const seen = (name: string, column: string) => shownAs(viewOf(name), text(column));
  const statements = (await statementsOf(db, [uscc], until)).get(uscc) ?? [];
  const disputed = await disputedAttributes(db, uscc);
  const found = ENTITY_ATTRIBUTES.map((a) => {
    const value = text(a.column);
    // A building found by an address has the source of the address.
    const source =
      row.sources[a.name] ??
      (a.name === 'buildingCode' ? (row.sources.businessAddress ?? row.sources.registeredAddress) : undefined);
    const golden: GoldenValue | undefined = value !== null && source ? { value, source } : undefined;
    return { a, golden, others: othersOf({ statements, rules: ENTITY_RULES, attribute: a.name, golden }) };
  });
  const describe = await describeSources(
    db,
    found.flatMap((f) => [...(f.golden ? [f.golden] : []), ...f.others]).map((v) => v.source),
  );
  return {
    uscc,
    asOf: options.asOf ?? null,
    since: version.from.toISOString(),
    record: {
      uscc,
      name: seen('name', 'name'),
      legalRepresentative: seen('legalRepresentative', 'legal_representative'),
      businessAddress: seen('businessAddress', 'business_address'),
      taxRating: seen('taxRating', 'tax_rating'),
      staff: seen('staff', 'staff'),
      committeeCode: text('committee_code'),
    },
    location: viewOf('buildingCode') === 'clear' ? await locationOf(db, text('building_code')) : null,
    attributes: found.map(({ a, golden, others }): CardAttribute => {
      const view = viewOf(a.name);
      return {
        name: a.name,
        title: a.title,
        group: a.group,
        level: a.level,
        masked: view !== 'clear' && golden !== undefined,
        value: shownAs(view, golden?.value ?? null),
        source: golden && view !== 'hidden' ? describe(golden.source) : null,
        others:
          view === 'hidden' ? [] : others.map((o) => ({ value: shownAs(view, o.value), source: describe(o.source) })),
        ...(disputed.has(a.name) ? { disputed: true } : {}),
      };
    }),
    names: viewOf('name') === 'clear' ? namesOf(statements, text('name')) : [],
    registers: registersOf(statements),
    changes: changesOf(versions, ENTITY_TABLE)
      .filter((c) => until === undefined || new Date(c.at) <= until)
      .slice(0, 50),
  };
}

/** Every name that any source ever gave, the present one first, then the latest. */
export function namesOf(statements: readonly Statement[], current: string | null): EntityCard['names'] {
  const names = new Map<string, { units: Set<string>; from: string }>();
  for (const s of statements) {
    const name = s.values.name;
    if (name === undefined) continue;
    const known = names.get(name) ?? { units: new Set(), from: s.receivedAt };
    known.units.add(s.unit);
    if (s.receivedAt < known.from) known.from = s.receivedAt;
    names.set(name, known);
  }
  return [...names]
    .map(([name, { units, from }]) => ({ name, units: [...units].sort(), from, current: name === current }))
    .sort((a, b) => Number(b.current) - Number(a.current) || (a.from < b.from ? 1 : -1));
}

function registersOf(statements: readonly Statement[]): EntityCard['registers'] {
  const registers = new Map(
    standing(statements)
      .filter((s) => !isCorrection(s))
      .map((s) => [s.dataset, { dataset: s.dataset, unit: s.unit, since: s.receivedAt }]),
  );
  for (const s of statements) {
    const known = registers.get(s.dataset);
    if (known && s.receivedAt < known.since) known.since = s.receivedAt;
  }
  return [...registers.values()].sort((a, b) => (a.dataset < b.dataset ? -1 : 1));
}
