import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { putDocuments } from '#platform/search/put-documents.ts';
import type { ItemDefinition } from './item-definition.ts';
import { blockersOf, depthOf } from './item-depth.ts';
import { LIFE_EVENTS } from './life-events.ts';

/** What the documents of items are called in the search. */
export const ITEMS = { app: 'service', kind: 'item' } as const;
/** Items that are written with one statement. */
const BATCH = 60;

export type StoredVersion = {
  code: string;
  version: number;
  definition: ItemDefinition;
  drawn: { account: string; name: string };
  published: { account: string; name: string };
};

/**
 * Writes versions of items that exist, and everything that follows from them: what lists and the catalogue say, blockers that came and went, what
 * the search finds. One published version and a whole catalogue go the same way.
 */
export async function storeVersions(db: Db, versions: readonly StoredVersion[]): Promise<void> {
  for (let from = 0; from < versions.length; from += BATCH) await storeBatch(db, versions.slice(from, from + BATCH));
}

async function storeBatch(db: Db, versions: readonly StoredVersion[]): Promise<void> {
  const rows = versions.map(({ code, version, definition, drawn, published }) => ({
    code,
    version,
    definition,
    depth: depthOf(definition),
    drawn_by: drawn.account,
    drawn_name: drawn.name,
    published_by: published.account,
    published_name: published.name,
  }));
  const codes = rows.map(({ code }) => code);
  await db.run(sql`
    insert into service.item_version (item, version, definition, depth, drawn_by, drawn_name, published_by, published_name)
    select r.code, r.version, r.definition, r.depth, r.drawn_by, r.drawn_name, r.published_by, r.published_name
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(code text, version int, definition jsonb, depth int, drawn_by text, drawn_name text, published_by text, published_name text)`);
  await db.run(sql`
    update service.item i set version = v.version, state = 'published', title = v.definition -> 'title', kind = v.definition ->> 'kind', depth = v.depth,
      any_centre = (v.definition ->> 'anyCentre')::boolean, visits = (v.definition ->> 'visits')::int, certificate_type = v.definition ->> 'certificateType',
      published_at = v.published_at, draft = null, draft_state = null, drawn_by = null, drawn_name = null, drawn_at = null, returned = null
    from service.item_version v
    where v.item = i.code and i.code = any(${codes}::text[])
      and v.version = (select max(m.version) from service.item_version m where m.item = i.code)`);
  await db.run(sql`delete from service.material where item = any(${codes}::text[])`);
  await db.run(sql`
    insert into service.material (id, item, ord, title, source, required, original, origin)
    select v.item || ':' || (m.row ->> 'id'), v.item, m.ord::int, m.row -> 'title' ->> 'zh', m.row ->> 'source', (m.row ->> 'required')::boolean,
      coalesce((m.row ->> 'original')::boolean, false), coalesce((m.row ->> 'resource') || '.' || (m.row ->> 'field'), m.row ->> 'certificateType')
    from service.item i join service.item_version v on v.item = i.code and v.version = i.version,
      jsonb_array_elements(v.definition -> 'materials') with ordinality as m(row, ord)
    where i.code = any(${codes}::text[])`);
  await db.run(sql`delete from service.item_event where item = any(${codes}::text[])`);
  await db.run(sql`
    insert into service.item_event (item, event)
    select v.item, e.event from service.item i join service.item_version v on v.item = i.code and v.version = i.version,
      jsonb_array_elements_text(v.definition -> 'events') as e(event)
    where i.code = any(${codes}::text[]) on conflict do nothing`);
  await storeBlockers(db, versions);
  await indexItems(db, versions);
}

/** A blocker that is new begins with the unit of the item; one that is gone is kept as removed. */
async function storeBlockers(db: Db, versions: readonly StoredVersion[]): Promise<void> {
  const rows = versions.flatMap(({ code, definition }) =>
    blockersOf(definition).map((kind) => ({ item: code, kind, cause: causeOf(definition, kind) })),
  );
  await db.run(sql`
    insert into service.blocker (id, item, kind, owner, cause)
    select r.item || ':' || r.kind, r.item, r.kind, i.unit, r.cause
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(item text, kind text, cause text) join service.item i on i.code = r.item
    on conflict (item, kind) do update set state = 'open', cause = excluded.cause, removed_at = null,
      since = case when service.blocker.state = 'removed' then kernel.now() else service.blocker.since end`);
  await db.run(sql`
    update service.blocker b set state = 'removed', removed_at = kernel.now()
    where b.item = any(${versions.map(({ code }) => code)}::text[]) and b.state = 'open'
      and not (b.id = any(${rows.map(({ item, kind }) => `${item}:${kind}`)}::text[]))`);
}

function causeOf(definition: ItemDefinition, kind: ReturnType<typeof blockersOf>[number]): string {
  if (kind === 'vertical-system') return definition.system?.zh ?? '';
  if (kind !== 'paper-original') return '';
  return definition.materials.flatMap(({ original, title }) => (original ? [title.zh] : [])).join('、');
}

/** Makes items findable by their name, what people call them, the certificate that they end in and the events of life that they belong to. */
async function indexItems(db: Db, versions: readonly StoredVersion[]): Promise<void> {
  const units = new Map(
    (
      await db.rows<{ code: string; unit: string }>(
        sql`select code, unit from service.item where code = any(${versions.map(({ code }) => code)}::text[])`,
      )
    ).map(({ code, unit }) => [code, unit]),
  );
  const certificates = new Map(
    (await db.rows<{ code: string; title: Text }>(sql`select code, title from service.certificate_type`)).map(
      ({ code, title }) => [code, title],
    ),
  );
  const titles = new Map(LIFE_EVENTS.map(({ id, title }) => [id, title]));
  await putDocuments(db, {
    ...ITEMS,
    documents: versions.map(({ code, definition }) => ({
      id: code,
      facets: {
        unit: units.get(code) ?? '',
        kind: definition.kind,
        depth: String(depthOf(definition)),
        audience: definition.audience.length > 1 ? 'both' : (definition.audience[0] ?? 'person'),
        centre: definition.anyCentre ? 'any' : 'own',
      },
      sort: definition.title.zh,
      texts: {
        title: [definition.title.zh, definition.title.en, ...definition.aliases, code],
        parts: Object.values(certificates.get(definition.certificateType ?? '') ?? {}),
        rest: definition.events.flatMap((event) => titles.get(event)?.zh ?? []),
      },
    })),
  });
}
