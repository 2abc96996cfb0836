import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { checkDefinition, codeFaults, type Known } from './item-check.ts';
import { type ItemDefinition, TextSchema } from './item-definition.ts';
import type { Depth } from './item-depth.ts';
import type { ItemTerms } from './item-terms.ts';
import { COMMITMENT_RULE } from './item-choices.ts';
import { LIFE_EVENTS } from './life-events.ts';

export const ItemParams = Type.Object({ code: Type.String({ pattern: '^[0-9A-Z]{31}([0-9]{2})?$' }) });
export const FaultSchema = Type.Object({ pointer: Type.String(), rule: Type.String(), message: TextSchema });

/** An item as lists show it. */
export const ItemSummarySchema = Type.Object({
  code: Type.String(),
  title: TextSchema,
  kind: Type.String(),
  unit: Type.String(),
  depth: Type.Integer(),
  visits: Type.Integer(),
  anyCentre: Type.Boolean(),
  version: Type.Integer(),
  sample: Type.Boolean(),
});
export type ItemSummary = Static<typeof ItemSummarySchema>;

/** Columns of `ItemSummarySchema` for published items of alias `i`. */
export const SUMMARY = sql`i.code, i.title, i.kind, i.unit, i.depth, i.visits, i.any_centre as "anyCentre", i.version, i.sample`;

export type ItemRow = {
  code: string;
  unit: string;
  basic: string;
  basicTitle: Text;
  version: number;
  state: 'draft' | 'published' | 'withdrawn';
  sample: boolean;
  draft: ItemDefinition | null;
  draftState: 'drawn' | 'submitted' | null;
  drawnBy: string | null;
  drawnName: string | null;
  drawnAt: Date | null;
  returned: { reason: string; by: string } | null;
};

const COLUMNS = sql`i.code, i.unit, i.basic, b.title as "basicTitle", i.version, i.state, i.sample, i.draft, i.draft_state as "draftState", i.drawn_by as "drawnBy",
  i.drawn_name as "drawnName", i.drawn_at as "drawnAt", i.returned`;

export async function findItem(db: Db, code: string): Promise<ItemRow> {
  const item = await db.first<ItemRow>(
    sql`select ${COLUMNS} from service.item i join service.basic_item b on b.code = i.basic where i.code = ${code}`,
  );
  if (!item) throw NotFound.with();
  return item;
}

/** The item, held until the end of the transaction, for its unit; to others it does not exist for writing. */
export async function holdItem(db: Db, code: string): Promise<ItemRow> {
  const item = await db.first<ItemRow>(
    sql`select ${COLUMNS} from service.item i join service.basic_item b on b.code = i.basic where i.code = ${code} for update of i`,
  );
  if (!item || item.unit !== db.actor.unit) throw NotFound.with();
  return item;
}

export const mayEdit = (actor: Actor, item: { unit: string }): boolean =>
  actor.post === 'data-officer' && actor.unit === item.unit;
/** Whoever drew it does not publish it. */
export const mayPublish = (actor: Actor, item: Pick<ItemRow, 'unit' | 'drawnBy'>): boolean =>
  (actor.post === 'data-officer' || actor.post === 'unit-head') &&
  actor.unit === item.unit &&
  actor.account !== item.drawnBy;

export type PublishedItem = {
  code: string;
  unit: string;
  version: number;
  sample: boolean;
  depth: Depth;
  publishedAt: Date;
  definition: ItemDefinition;
};

/** The published items of these codes, in their latest version. */
export function publishedItems(db: Db, codes: readonly string[]): Promise<PublishedItem[]> {
  return db.rows<PublishedItem>(sql`
    select i.code, i.unit, i.version, i.sample, v.depth, v.published_at as "publishedAt", v.definition
    from service.item i join service.item_version v on v.item = i.code and v.version = i.version
    where i.code = any(${[...codes]}::text[]) and i.state = 'published' order by i.code`);
}

export async function publishedItem(db: Db, code: string): Promise<PublishedItem> {
  const [item] = await publishedItems(db, [code]);
  if (!item) throw NotFound.with();
  return item;
}

/** A version of an item, published once; undefined where there is none. */
export async function versionOf(db: Db, code: string, version: number): Promise<ItemDefinition | undefined> {
  const row = await db.first<{ definition: ItemDefinition }>(
    sql`select definition from service.item_version where item = ${code} and version = ${version}::int`,
  );
  return row?.definition;
}

/** What a case freezes of the item's latest version. Throws NOT_FOUND where it is not published. */
export async function termsOf(db: Db, code: string): Promise<ItemTerms> {
  const { unit, version, definition } = await publishedItem(db, code);
  const {
    title,
    kind,
    legalLimit,
    promisedLimit,
    discretion,
    notifyAndCommit,
    fee,
    certificateType,
    decision,
    process,
  } = definition;
  return {
    code,
    version,
    title,
    unit,
    kind,
    legalLimit,
    promisedLimit,
    discretion,
    ...(notifyAndCommit && { notifyAndCommit }),
    ...(fee && { fee }),
    ...(certificateType !== undefined && { certificateType }),
    ...(decision !== undefined && { decision }),
    ...(process !== undefined && { process }),
    materials: definition.materials.map(
      ({ id, title, source, required, copies, original, resource, field, certificateType }) => ({
        id,
        title,
        source,
        required,
        ...(source === 'data' &&
          resource !== undefined && { from: { resource, ...(field !== undefined && { field }) } }),
        ...(source === 'certificate' && certificateType !== undefined && { from: { certificateType } }),
        ...(copies !== undefined && { copies }),
        ...(original !== undefined && { original }),
      }),
    ),
  };
}

/** What definitions are checked against. */
export async function knownOf(db: Db): Promise<Known> {
  const types = await db.rows<{ code: string }>(sql`select code from service.certificate_type`);
  const processes = await db.rows<{ process: string }>(
    sql`select distinct process from workflow.definition where app = ${db.module}`,
  );
  return {
    events: new Set(LIFE_EVENTS.map(({ id }) => id)),
    certificateTypes: new Set(types.map(({ code }) => code)),
    processes: new Set(processes.map(({ process }) => process)),
    commitment: COMMITMENT_RULE,
  };
}

/** Everything that stands in the way of publishing this definition under this code. */
export async function faultsOfItem(
  db: Db,
  { code, unit, definition }: { code: string; unit: string; definition: ItemDefinition },
): Promise<FieldFault[]> {
  const row = await db.first<{ creditCode: string }>(
    sql`select credit_code as "creditCode" from service.unit_code where unit = ${unit}`,
  );
  return [
    ...codeFaults({ code, creditCode: row?.creditCode, kind: definition.kind }),
    ...checkDefinition(definition, await knownOf(db)),
  ];
}
