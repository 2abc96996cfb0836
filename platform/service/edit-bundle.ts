import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { circle } from './bundle-check.ts';
import { type BundleDefinition, BundleDefinitionSchema } from './bundle-definition.ts';
import {
  BundleParams,
  bundleRows,
  DeskBundleSchema,
  deskBundle,
  faultsOfBundle,
  findBundle,
  holdBundle,
  mayPublishBundle,
  OutlookSchema,
  outlookOf,
  storeBundle,
} from './bundle-record.ts';
import { BundleExists, FourEyes, ItemFaulty, NoDraft } from './item-errors.ts';
import { TextSchema } from './item-definition.ts';
import { publishedItems } from './item-record.ts';

/** A draft may be unfinished; items that wait for each other are refused at once, at their field: no path could be shown. */
function assertOrder(definition: BundleDefinition): void {
  const faults = circle(definition);
  if (faults.length > 0)
    throw InvalidInput.with({
      fields: faults.map(({ pointer, ...fault }) => ({ pointer: `/definition${pointer}`, ...fault })),
    });
}

async function keepDraft(db: Db, id: string, definition: BundleDefinition): Promise<void> {
  await db.run(sql`
    update service.bundle set draft = ${json(definition)}::text::jsonb, draft_state = 'drawn', drawn_by = ${db.actor.account}, drawn_name = ${db.actor.name},
      drawn_at = kernel.now(), returned = null where id = ${id}`);
}

/** Faults of what is to go on, by the items as they are published now. */
async function assertWhole(db: Db, definition: BundleDefinition): Promise<void> {
  const published = await publishedItems(db, [...new Set(definition.items.map(({ item }) => item))]);
  const faults = faultsOfBundle(definition, published);
  if (faults.length > 0) throw ItemFaulty.with({ fields: faults });
}

/** Bundles (一件事) for those who work on them. */
export const listDeskBundles = route({
  method: 'GET',
  path: '/api/service/desk/bundles',
  summary: { zh: '一件事管理', en: 'Bundles in work' },
  allow: 'service.item.read',
  reply: Type.Object({
    bundles: Type.Array(
      Type.Object({
        id: Type.String(),
        title: TextSchema,
        unit: Type.String(),
        version: Type.Integer(),
        draftState: Type.Union([Type.String(), Type.Null()]),
        items: Type.Integer(),
        sample: Type.Boolean(),
      }),
    ),
    /** The caller may begin one of their unit. */
    mayBegin: Type.Boolean(),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor }) => ({
    bundles: (await bundleRows(db)).flatMap(({ id, unit, version, draftState, sample, draft, published }) => {
      const shown = draft ?? published;
      return shown ? [{ id, title: shown.title, unit, version, draftState, items: shown.items.length, sample }] : [];
    }),
    mayBegin: actor.post === 'data-officer',
  }),
});

/** Begins a bundle that the caller's unit leads (牵头单位). */
export const createBundle = route({
  method: 'POST',
  path: '/api/service/desk/bundles',
  summary: { zh: '新建一件事', en: 'Begin a bundle' },
  allow: 'service.item.edit',
  body: Type.Object(
    { ...BundleParams.properties, definition: BundleDefinitionSchema },
    { additionalProperties: false },
  ),
  reply: DeskBundleSchema,
  status: 201,
  errors: [BundleExists, InvalidInput, NotFound],
  examples: { own: { as: 'data-officer', body: 'fixture:bundle-new' } },
  handler: async ({ db, actor, clock, body: { id, definition } }) => {
    assertOrder(definition);
    const made = await db.run(sql`
      insert into service.bundle (id, title, lead, unit, event, ord)
      select ${id}, ${json(definition.title)}::text::jsonb, ${json(definition.lead)}::text::jsonb, ${actor.unit ?? ''}, ${definition.event}, coalesce(max(ord), 0) + 1 from service.bundle
      on conflict do nothing`);
    if (made === 0)
      throw BundleExists.with({ fields: [{ pointer: '/id', rule: 'unique', message: BundleExists.title }] });
    await keepDraft(db, id, definition);
    return deskBundle(db, id, clock.now());
  },
});

/** One bundle for those who work on it, with its critical path (关键路径). */
export const showDeskBundle = route({
  method: 'GET',
  path: '/api/service/desk/bundles/:id',
  summary: { zh: '一件事编辑', en: 'A bundle in work' },
  allow: 'service.item.read',
  params: BundleParams,
  reply: DeskBundleSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'fixture:bundle-own' } } },
  handler: async ({ db, clock, params: { id } }) => deskBundle(db, id, clock.now()),
});

/** Faults and critical path of what is being drawn. Nothing is kept. */
export const previewBundle = route({
  method: 'POST',
  path: '/api/service/desk/bundles/:id/preview',
  summary: { zh: '预览一件事的关键路径', en: 'The critical path of a draft' },
  allow: 'service.item.read',
  repeatable: true,
  params: BundleParams,
  body: Type.Object({ definition: BundleDefinitionSchema }, { additionalProperties: false }),
  reply: OutlookSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'fixture:bundle-own' }, body: 'fixture:bundle-draft' } },
  handler: async ({ db, clock, params: { id }, body: { definition } }) => {
    await findBundle(db, id);
    return outlookOf(db, definition, clock.now());
  },
});

/** Keeps a draft of the next version. What is published stays as it is. */
export const draftBundle = route({
  method: 'PUT',
  path: '/api/service/desk/bundles/:id/draft',
  summary: { zh: '保存一件事草稿', en: 'Keep a draft of a bundle' },
  allow: 'service.item.edit',
  params: BundleParams,
  body: Type.Object({ definition: BundleDefinitionSchema }, { additionalProperties: false }),
  reply: DeskBundleSchema,
  errors: [NotFound, InvalidInput],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:bundle-own' }, body: 'fixture:bundle-draft' },
    foreign: { as: 'data-officer', params: { id: 'fixture:bundle-foreign' }, body: 'fixture:bundle-draft' },
  },
  handler: async ({ db, clock, params: { id }, body: { definition } }) => {
    await holdBundle(db, id);
    assertOrder(definition);
    await keepDraft(db, id, definition);
    return deskBundle(db, id, clock.now());
  },
});

/** Throws the draft away; what was never published goes with it. */
export const dropBundleDraft = route({
  method: 'DELETE',
  path: '/api/service/desk/bundles/:id/draft',
  summary: { zh: '放弃一件事草稿', en: 'Throw the draft of a bundle away' },
  allow: 'service.item.edit',
  params: BundleParams,
  reply: Type.Object({ left: Type.Boolean({ description: 'a published version is left' }) }),
  errors: [NotFound, NoDraft],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:bundle-drop' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:bundle-foreign' } },
  },
  handler: async ({ db, params: { id } }) => {
    const { version } = await holdBundle(db, id);
    if (version === 0) await db.run(sql`delete from service.bundle where id = ${id}`);
    else
      await db.run(sql`
        update service.bundle set draft = null, draft_state = null, drawn_by = null, drawn_name = null, drawn_at = null, returned = null where id = ${id}`);
    return { left: version > 0 };
  },
});

/** Sends a draft on to whoever publishes it; with one fault it stays. */
export const submitBundle = route({
  method: 'POST',
  path: '/api/service/desk/bundles/:id/submit',
  summary: { zh: '提交一件事审核', en: 'Send a bundle on for publishing' },
  allow: 'service.item.edit',
  params: BundleParams,
  reply: DeskBundleSchema,
  errors: [NotFound, NoDraft, ItemFaulty],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:bundle-own' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:bundle-foreign' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const { draft, draftState } = await holdBundle(db, id);
    if (!draft || draftState !== 'drawn') throw NoDraft.with();
    await assertWhole(db, draft);
    await db.run(sql`update service.bundle set draft_state = 'submitted', returned = null where id = ${id}`);
    return deskBundle(db, id, clock.now());
  },
});

/** Publishes what another person drew: a version that nobody can change. Cases that are under way keep the order on which they began. */
export const publishBundle = route({
  method: 'POST',
  path: '/api/service/desk/bundles/:id/publish',
  summary: { zh: '审核发布一件事', en: 'Publish a version of a bundle' },
  allow: 'service.item.publish',
  params: BundleParams,
  reply: DeskBundleSchema,
  errors: [NotFound, NoDraft, FourEyes, ItemFaulty],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:bundle-submitted' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:bundle-foreign' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const row = await holdBundle(db, id);
    if (!row.draft || row.draftState !== 'submitted') throw NoDraft.with();
    if (!mayPublishBundle(actor, row)) throw FourEyes.with();
    await assertWhole(db, row.draft);
    await storeBundle(db, {
      id,
      version: row.version + 1,
      definition: row.draft,
      drawn: { account: row.drawnBy ?? '', name: row.drawnName ?? '' },
      published: { account: actor.account, name: actor.name },
    });
    return deskBundle(db, id, clock.now());
  },
});

/** Sends a draft back to whoever drew it, with a reason. */
export const returnBundle = route({
  method: 'POST',
  path: '/api/service/desk/bundles/:id/return',
  summary: { zh: '退回一件事草稿', en: 'Send the draft of a bundle back' },
  allow: 'service.item.publish',
  params: BundleParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: DeskBundleSchema,
  errors: [NotFound, NoDraft, FourEyes],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:bundle-returned' }, body: { reason: '前置关系请与各单位确认' } },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:bundle-foreign' },
      body: { reason: '前置关系请与各单位确认' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { reason } }) => {
    const row = await holdBundle(db, id);
    if (row.draftState !== 'submitted') throw NoDraft.with();
    if (!mayPublishBundle(actor, row)) throw FourEyes.with();
    await db.run(sql`
      update service.bundle set draft_state = 'drawn', returned = ${json({ reason: reason.trim(), by: actor.name })}::text::jsonb where id = ${id}`);
    return deskBundle(db, id, clock.now());
  },
});

export const bundleRoutes = [
  listDeskBundles,
  createBundle,
  showDeskBundle,
  previewBundle,
  draftBundle,
  dropBundleDraft,
  submitBundle,
  publishBundle,
  returnBundle,
];
