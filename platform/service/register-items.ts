import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { ItemDefinition } from './item-definition.ts';
import type { BlockerKind } from './item-depth.ts';
import { storeBundle } from './bundle-record.ts';
import { storeVersions } from './store-item.ts';

/** A catalogue of services as it is when a district joins: what is in force is taken over, published as it stands. */
export type CatalogueInUse = {
  units: { unit: string; creditCode: string }[];
  certificateTypes: {
    code: string;
    title: Text;
    issuer: string | null;
    issuerTitle: Text;
    holder: 'person' | 'entity';
  }[];
  basics: { code: string; title: Text }[];
  items: { code: string; unit: string; basic: string; definition: ItemDefinition }[];
  measures: { id: string; title: Text; owner: string }[];
  /** Who has to remove a blocker, how, and until when. */
  plans: { item: string; kind: BlockerKind; owner: string; plan: string; due: string | null; measures: string[] }[];
  bundles: {
    id: string;
    title: Text;
    lead: Text;
    unit: string;
    event: string;
    items: string[];
    /** Items that others must be granted before (前置关系): item → what it waits for. */
    after?: Readonly<Record<string, readonly string[]>>;
  }[];
};

/** Takes a catalogue over; items that are known already stay as they are. Returns the codes of those that are new. */
export async function registerCatalogue(
  db: Db,
  catalogue: CatalogueInUse,
  { sample, by }: { sample: boolean; by: { account: string; name: string } },
): Promise<string[]> {
  const { units, certificateTypes, basics, items, measures, plans, bundles } = catalogue;
  await db.run(sql`
    insert into service.unit_code (unit, credit_code) select r.unit, r.code from jsonb_to_recordset(${json(units.map(({ unit, creditCode: code }) => ({ unit, code })))}::text::jsonb) as r(unit text, code text) on conflict do nothing`);
  await db.run(sql`
    insert into service.certificate_type (code, title, issuer, issuer_title, holder)
    select r.code, r.title, r.issuer, r.of, r.holder
    from jsonb_to_recordset(${json(certificateTypes.map(({ issuerTitle: of, ...rest }) => ({ ...rest, of })))}::text::jsonb) as r(code text, title jsonb, issuer text, of jsonb, holder text) on conflict do nothing`);
  await db.run(sql`
    insert into service.basic_item (code, title) select r.code, r.title from jsonb_to_recordset(${json(basics)}::text::jsonb) as r(code text, title jsonb) on conflict do nothing`);
  const made = await db.rows<{ code: string }>(sql`
    insert into service.item (code, basic, unit, sample) select r.code, r.basic, r.unit, ${sample}::boolean
    from jsonb_to_recordset(${json(items.map(({ code, basic, unit }) => ({ code, basic, unit })))}::text::jsonb) as r(code text, basic text, unit text)
    on conflict do nothing returning code`);
  const fresh = new Set(made.map(({ code }) => code));
  await storeVersions(
    db,
    items
      .filter(({ code }) => fresh.has(code))
      .map(({ code, definition }) => ({ code, version: 1, definition, drawn: by, published: by })),
  );
  await db.run(sql`
    insert into service.measure (id, title, owner) select r.id, r.title, r.owner from jsonb_to_recordset(${json(measures)}::text::jsonb) as r(id text, title jsonb, owner text) on conflict do nothing`);
  await db.run(sql`
    update service.blocker b set owner = r.owner, plan = r.plan, due = r.due, measures = r.measures
    from jsonb_to_recordset(${json(plans.filter(({ item }) => fresh.has(item)))}::text::jsonb) as r(item text, kind text, owner text, plan text, due date, measures text[])
    where b.item = r.item and b.kind = r.kind`);
  for (const [ord, { id, title, lead, unit, event, items: codes, after = {} }] of bundles.entries()) {
    const begun = await db.run(sql`
      insert into service.bundle (id, title, lead, unit, event, ord, sample) values (${id}, ${json(title)}::text::jsonb, ${json(lead)}::text::jsonb, ${unit}, ${event}, ${ord + 1}, ${sample}::boolean)
      on conflict do nothing`);
    if (begun > 0)
      await storeBundle(db, {
        id,
        version: 1,
        definition: {
          title,
          lead,
          event,
          questions: [],
          items: codes.map((item) => ({ item, after: [...(after[item] ?? [])] })),
        },
        drawn: by,
        published: by,
      });
  }
  return [...fresh];
}
