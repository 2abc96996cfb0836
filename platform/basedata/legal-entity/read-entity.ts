import { Type, type Static } from 'typebox';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { locationOf } from '#platform/basedata/shared/buildings.ts';
import {
  AttributeSchema,
  type CardAttribute,
  ChangeSchema,
  LocationSchema,
} from '#platform/basedata/shared/card-schema.ts';
import { describeSources } from '#platform/basedata/shared/describe-sources.ts';
import { type GoldenValue, othersOf } from '#platform/basedata/shared/survivorship.ts';
import { changesOf, versionAt, versionsOf } from '#platform/basedata/shared/versions.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { ENTITY_ATTRIBUTES, ENTITY_RULES, ENTITY_TABLE } from './entity-rules.ts';
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
  changes: Type.Array(ChangeSchema),
});

/** Reads the card as known now or at the end of a day; NOT_FOUND where there is none. */
export async function readEntity(options: {
  db: Db;
  uscc: string;
  asOf?: string;
}): Promise<Static<typeof EntityCardSchema>> {
  const { db, uscc } = options;
  const until = options.asOf === undefined ? undefined : endOfDay(options.asOf);
  const versions = await versionsOf(db, { table: ENTITY_TABLE, key: uscc });
  const version = versionAt(versions, until);
  if (!version) throw NotFound.with();
  const row = version.record;
  const text = (column: string) => (row[column] as string | null | undefined) ?? null;
  const statements = (await statementsOf(db, [uscc], until)).get(uscc) ?? [];
  const found = ENTITY_ATTRIBUTES.map((a) => {
    const value = text(a.column);
    const source = row.sources[a.name];
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
      name: text('name'),
      legalRepresentative: text('legal_representative'),
      businessAddress: text('business_address'),
      taxRating: text('tax_rating'),
      staff: text('staff'),
      committeeCode: text('committee_code'),
    },
    location: await locationOf(db, text('building_code')),
    attributes: found.map(
      ({ a, golden, others }): CardAttribute => ({
        name: a.name,
        title: a.title,
        group: a.group,
        level: a.level,
        masked: false,
        value: golden?.value ?? null,
        source: golden ? describe(golden.source) : null,
        others: others.map((o) => ({ value: o.value, source: describe(o.source) })),
      }),
    ),
    changes: changesOf(versions, ENTITY_TABLE)
      .filter((c) => until === undefined || new Date(c.at) <= until)
      .slice(0, 50),
  };
}
