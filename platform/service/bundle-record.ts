import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { checkBundle } from './bundle-check.ts';
import { type BundleDefinition, BundleDefinitionSchema } from './bundle-definition.ts';
import { bundlePlan } from './bundle-plan.ts';
import { openForm } from './form-view.ts';
import { savingOf } from './form-merge.ts';
import { TextSchema } from './item-definition.ts';
import { FaultSchema, type PublishedItem, publishedItems } from './item-record.ts';
import { LIFE_EVENTS } from './life-events.ts';

export const BundleParams = Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) });

export type BundleRow = {
  id: string;
  unit: string;
  version: number;
  sample: boolean;
  draft: BundleDefinition | null;
  draftState: 'drawn' | 'submitted' | null;
  drawnBy: string | null;
  drawnName: string | null;
  returned: { reason: string; by: string } | null;
  published: BundleDefinition | null;
};

const COLUMNS = sql`b.id, b.unit, b.version, b.sample, b.draft, b.draft_state as "draftState", b.drawn_by as "drawnBy", b.drawn_name as "drawnName", b.returned,
  (select v.definition from service.bundle_version v where v.bundle = b.id and v.version = b.version) as published`;

/** Bundles for those who work on them: drafts first, then in the order in which people see them. */
export function bundleRows(db: Db): Promise<BundleRow[]> {
  return db.rows<BundleRow>(
    sql`select ${COLUMNS} from service.bundle b order by b.draft_state is null, b.draft_state desc, b.ord, b.id`,
  );
}

export async function findBundle(db: Db, id: string): Promise<BundleRow> {
  const row = await db.first<BundleRow>(sql`select ${COLUMNS} from service.bundle b where b.id = ${id}`);
  if (!row) throw NotFound.with();
  return row;
}

/** The bundle, held until the end of the transaction, for the unit that leads it; to others it does not exist for writing. */
export async function holdBundle(db: Db, id: string): Promise<BundleRow> {
  const row = await db.first<BundleRow>(
    sql`select ${COLUMNS} from service.bundle b where b.id = ${id} for update of b`,
  );
  if (!row || row.unit !== db.actor.unit) throw NotFound.with();
  return row;
}

const mayEdit = (actor: Actor, { unit }: Pick<BundleRow, 'unit'>): boolean =>
  actor.post === 'data-officer' && actor.unit === unit;
/** Whoever drew it does not publish it. */
export const mayPublishBundle = (actor: Actor, row: Pick<BundleRow, 'unit' | 'drawnBy'>): boolean =>
  (actor.post === 'data-officer' || actor.post === 'unit-head') &&
  actor.unit === row.unit &&
  actor.account !== row.drawnBy;

const Moment = Type.String({ format: 'date-time' });

/** What follows from a bundle's items: its form, and its promise by the critical path. */
export const OutlookSchema = Type.Object({
  faults: Type.Array(FaultSchema),
  saving: Type.Union([Type.Object({ separate: Type.Integer(), joined: Type.Integer() }), Type.Null()]),
  plan: Type.Union([
    Type.Object({
      from: Moment,
      end: Moment,
      /** First to last. */
      critical: Type.Array(Type.String()),
      items: Type.Array(Type.Object({ item: Type.String(), start: Moment, end: Moment, critical: Type.Boolean() })),
    }),
    Type.Null(),
  ]),
  /** What the items are called, and whose they are. */
  items: Type.Array(Type.Object({ code: Type.String(), title: TextSchema, unit: Type.String() })),
});
export type Outlook = Static<typeof OutlookSchema>;

/** What is wrong with a definition, and what people would get of it if they applied at this moment. */
export async function outlookOf(db: Db, definition: BundleDefinition, now: Date): Promise<Outlook> {
  const codes = [...new Set(definition.items.map(({ item }) => item))];
  const published = await publishedItems(db, codes);
  const { calendar } = await readCalendar(db);
  const plan = bundlePlan({ definition, published, from: now, calendar });
  const whole = published.length > 0 && published.length === codes.length;
  return {
    faults: faultsOfBundle(definition, published),
    saving: whole ? savingOf((await openForm(db, codes, {})).form) : null,
    plan: plan
      ? {
          from: now.toISOString(),
          end: plan.end.toISOString(),
          critical: [...plan.critical],
          items: plan.items.map(({ start, end, ...rest }) => ({
            ...rest,
            start: start.toISOString(),
            end: end.toISOString(),
          })),
        }
      : null,
    items: published.map(({ code, unit, definition: { title } }) => ({ code, title, unit })),
  };
}

export function faultsOfBundle(definition: BundleDefinition, published: readonly PublishedItem[]): FieldFault[] {
  return checkBundle(definition, {
    events: new Set(LIFE_EVENTS.map(({ id }) => id)),
    published: new Set(published.map(({ code }) => code)),
  });
}

/** A bundle as its leading unit works on it. */
export const DeskBundleSchema = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  version: Type.Integer(),
  sample: Type.Boolean(),
  published: Type.Union([BundleDefinitionSchema, Type.Null()]),
  draft: Type.Union([BundleDefinitionSchema, Type.Null()]),
  draftState: Type.Union([Type.String(), Type.Null()]),
  drawnName: Type.Union([Type.String(), Type.Null()]),
  returned: Type.Union([Type.Object({ reason: Type.String(), by: Type.String() }), Type.Null()]),
  outlook: OutlookSchema,
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      publishedAt: Type.String(),
      drawnName: Type.String(),
      publishedName: Type.String(),
    }),
  ),
  mayEdit: Type.Boolean(),
  mayPublish: Type.Boolean(),
});

export async function deskBundle(db: Db, id: string, now: Date): Promise<Static<typeof DeskBundleSchema>> {
  const { drawnBy, ...row } = await findBundle(db, id);
  const definition = row.draft ?? row.published;
  if (!definition) throw NotFound.with();
  const versions = await db.rows<{ version: number; publishedAt: Date; drawnName: string; publishedName: string }>(sql`
    select version, published_at as "publishedAt", drawn_name as "drawnName", published_name as "publishedName"
    from service.bundle_version where bundle = ${id} order by version desc`);
  return {
    ...row,
    outlook: await outlookOf(db, definition, now),
    versions: versions.map((version) => ({ ...version, publishedAt: version.publishedAt.toISOString() })),
    mayEdit: mayEdit(db.actor, row),
    mayPublish: row.draftState === 'submitted' && mayPublishBundle(db.actor, { ...row, drawnBy }),
  };
}

/** A version of a bundle, and what lists and applications go by. Written by publishing and by taking a catalogue over. */
export async function storeBundle(
  db: Db,
  stored: {
    id: string;
    version: number;
    definition: BundleDefinition;
    drawn: { account: string; name: string };
    published: { account: string; name: string };
  },
): Promise<void> {
  const { id, version, definition, drawn, published } = stored;
  const { title, lead, event, items } = definition;
  await db.run(sql`
    insert into service.bundle_version (bundle, version, definition, drawn_by, drawn_name, published_by, published_name)
    values (${id}, ${version}::int, ${json(definition)}::text::jsonb, ${drawn.account}, ${drawn.name}, ${published.account}, ${published.name})`);
  await db.run(sql`
    update service.bundle set version = ${version}::int, title = ${json(title)}::text::jsonb, lead = ${json(lead)}::text::jsonb, event = ${event},
      draft = null, draft_state = null, drawn_by = null, drawn_name = null, drawn_at = null, returned = null where id = ${id}`);
  await db.run(sql`delete from service.bundle_after where bundle = ${id}`);
  await db.run(sql`delete from service.bundle_item where bundle = ${id}`);
  await db.run(sql`
    insert into service.bundle_item (bundle, ord, item)
    select ${id}, i.ord::int, i.row ->> 'item' from jsonb_array_elements(${json(items)}::text::jsonb) with ordinality as i(row, ord)`);
  await db.run(sql`
    insert into service.bundle_after (bundle, item, before)
    select ${id}, i.row ->> 'item', a.before from jsonb_array_elements(${json(items)}::text::jsonb) as i(row), jsonb_array_elements_text(i.row -> 'after') as a(before)`);
}
