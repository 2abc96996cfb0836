import { Type } from 'typebox';
import { parseItemCode } from '#platform/kernel/codes/item-code.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { Forbidden, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { codeFaults } from './item-check.ts';
import { DefinitionSchema, type ItemDefinition } from './item-definition.ts';
import { DeskItemSchema, deskItem } from './desk-item.ts';
import { FourEyes, ItemExists, ItemFaulty, NoDraft } from './item-errors.ts';
import { faultsOfItem, findItem, holdItem, ItemParams, mayEdit, mayPublish } from './item-record.ts';
import { keepsLaw } from './item-limits.ts';
import { obtainFaults, hadByUnits } from './obtain-check.ts';
import { storeVersions } from './store-item.ts';

/**
 * A draft may be unfinished, but not unlawful: a promise longer than the law is refused at once, at its field.
 */
function assertLawful(definition: ItemDefinition): void {
  if (keepsLaw(definition.promisedLimit, definition.legalLimit)) return;
  const message = { zh: '承诺时限不能长于法定时限', en: 'a promise may only be shorter than the limit by law' };
  throw InvalidInput.with({ fields: [{ pointer: '/definition/promisedLimit/amount', rule: 'longer', message }] });
}

async function keepDraft(db: Db, code: string, definition: ItemDefinition): Promise<void> {
  await db.run(sql`
    update service.item set draft = ${json(definition)}::text::jsonb, draft_state = 'drawn', drawn_by = ${db.actor.account}, drawn_name = ${db.actor.name}, drawn_at = kernel.now(), returned = null
    where code = ${code}`);
}

/** Begins an item of the own unit. Its code has to be one of the standard and to begin with the unit's credit code. */
export const createItem = route({
  method: 'POST',
  path: '/api/service/desk/items',
  summary: { zh: '新建事项', en: 'Begin an item' },
  allow: 'service.item.edit',
  body: Type.Object({ ...ItemParams.properties, definition: DefinitionSchema }, { additionalProperties: false }),
  reply: DeskItemSchema,
  status: 201,
  errors: [ItemExists, InvalidInput, NotFound],
  examples: { own: { as: 'data-officer', body: 'fixture:service-new' } },
  handler: async ({ db, actor, body: { code, definition } }) => {
    const unit = actor.unit ?? '';
    assertLawful(definition);
    const known = await db.first<{ creditCode: string }>(
      sql`select credit_code as "creditCode" from service.unit_code where unit = ${unit}`,
    );
    const faults = codeFaults({ code, creditCode: known?.creditCode, kind: definition.kind });
    const parsed = parseItemCode(code);
    if (faults.length > 0 || !parsed.ok) throw InvalidInput.with({ fields: faults });
    const basic = parsed.item.basic.code;
    await db.run(sql`
      insert into service.basic_item (code, title) values (${basic}, ${json(definition.title)}::text::jsonb) on conflict do nothing`);
    const made = await db.run(
      sql`insert into service.item (code, basic, unit) values (${code}, ${basic}, ${unit}) on conflict do nothing`,
    );
    if (made === 0)
      throw ItemExists.with({ fields: [{ pointer: '/code', rule: 'unique', message: ItemExists.title }] });
    await keepDraft(db, code, definition);
    return deskItem(db, code);
  },
});

/** Keeps a draft of the next version. What is published stays as it is. */
export const draftItem = route({
  method: 'PUT',
  path: '/api/service/desk/items/:code/draft',
  summary: { zh: '保存事项草稿', en: 'Keep a draft of an item' },
  allow: 'service.item.edit',
  params: ItemParams,
  body: Type.Object({ definition: DefinitionSchema }, { additionalProperties: false }),
  reply: DeskItemSchema,
  errors: [NotFound, InvalidInput],
  examples: {
    own: { as: 'data-officer', params: { code: 'fixture:service-own' }, body: 'fixture:service-draft' },
    foreign: { as: 'data-officer', params: { code: 'fixture:service-foreign' }, body: 'fixture:service-draft' },
  },
  handler: async ({ db, actor, params: { code }, body: { definition } }) => {
    const item = await holdItem(db, code);
    if (!mayEdit(actor, item)) throw NotFound.with();
    assertLawful(definition);
    await keepDraft(db, code, definition);
    return deskItem(db, code);
  },
});

/** Throws the draft away. */
export const dropDraft = route({
  method: 'DELETE',
  path: '/api/service/desk/items/:code/draft',
  summary: { zh: '放弃事项草稿', en: 'Throw a draft away' },
  allow: 'service.item.edit',
  params: ItemParams,
  reply: DeskItemSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { code: 'fixture:service-drop' } },
    foreign: { as: 'data-officer', params: { code: 'fixture:service-foreign' } },
  },
  handler: async ({ db, params: { code } }) => {
    await holdItem(db, code);
    await db.run(sql`
      update service.item set draft = null, draft_state = null, drawn_by = null, drawn_name = null, drawn_at = null, returned = null where code = ${code}`);
    return deskItem(db, code);
  },
});

/** Sends a draft on to whoever publishes it. With one fault it stays: what a unit has already is not asked of people again. */
export const submitItem = route({
  method: 'POST',
  path: '/api/service/desk/items/:code/submit',
  summary: { zh: '提交事项审核', en: 'Send a draft on for publishing' },
  allow: 'service.item.edit',
  params: ItemParams,
  reply: DeskItemSchema,
  errors: [NotFound, NoDraft, ItemFaulty],
  examples: {
    own: { as: 'data-officer', params: { code: 'fixture:service-own' } },
    foreign: { as: 'data-officer', params: { code: 'fixture:service-foreign' } },
  },
  prepare: async ({ services, actor, params: { code } }) => {
    const item = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) => findItem(db, code));
    if (item.unit !== actor.unit || !item.draft) return { seen: null, had: [] };
    return { seen: item.draft, had: await hadByUnits({ services, actor, definition: item.draft }) };
  },
  handler: async ({ db, params: { code }, prepared }) => {
    const item = await holdItem(db, code);
    if (!item.draft || item.draftState !== 'drawn') throw NoDraft.with();
    // Somebody saved another draft in between: it has to be looked at first.
    if (JSON.stringify(item.draft) !== JSON.stringify(prepared.seen)) throw NoDraft.with();
    const faults = [
      ...(await faultsOfItem(db, { code, unit: item.unit, definition: item.draft })),
      ...obtainFaults(prepared.had),
    ];
    if (faults.length > 0) throw ItemFaulty.with({ fields: faults });
    await db.run(sql`update service.item set draft_state = 'submitted', returned = null where code = ${code}`);
    return deskItem(db, code);
  },
});

/** Publishes what another person drew: a new version that nobody can change, with everything that follows from it. */
export const publishItem = route({
  method: 'POST',
  path: '/api/service/desk/items/:code/publish',
  summary: { zh: '审核发布事项', en: 'Publish a version of an item' },
  allow: 'service.item.publish',
  params: ItemParams,
  reply: DeskItemSchema,
  errors: [NotFound, NoDraft, FourEyes, ItemFaulty, Forbidden],
  examples: {
    own: { as: 'data-officer', params: { code: 'fixture:service-submitted' } },
    foreign: { as: 'data-officer', params: { code: 'fixture:service-foreign' } },
  },
  handler: async ({ db, actor, params: { code } }) => {
    const item = await holdItem(db, code);
    if (!item.draft || item.draftState !== 'submitted') throw NoDraft.with();
    if (!mayPublish(actor, item)) throw FourEyes.with();
    const faults = await faultsOfItem(db, { code, unit: item.unit, definition: item.draft });
    if (faults.length > 0) throw ItemFaulty.with({ fields: faults });
    const version = item.version + 1;
    await storeVersions(db, [
      {
        code,
        version,
        definition: item.draft,
        drawn: { account: item.drawnBy ?? '', name: item.drawnName ?? '' },
        published: { account: actor.account, name: actor.name },
      },
    ]);
    await db.emit({ type: 'service.item.published', subject: code, data: { item: code, version: String(version) } });
    return deskItem(db, code);
  },
});

/** Sends a draft back to whoever drew it, with a reason. */
export const returnItem = route({
  method: 'POST',
  path: '/api/service/desk/items/:code/return',
  summary: { zh: '退回事项草稿', en: 'Send a draft back' },
  allow: 'service.item.publish',
  params: ItemParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: DeskItemSchema,
  errors: [NotFound, NoDraft, FourEyes],
  examples: {
    own: {
      as: 'data-officer',
      params: { code: 'fixture:service-returned' },
      body: { reason: '材料名称与依据不一致' },
    },
    foreign: {
      as: 'data-officer',
      params: { code: 'fixture:service-foreign' },
      body: { reason: '材料名称与依据不一致' },
    },
  },
  handler: async ({ db, actor, params: { code }, body: { reason } }) => {
    const item = await holdItem(db, code);
    if (item.draftState !== 'submitted') throw NoDraft.with();
    if (!mayPublish(actor, item)) throw FourEyes.with();
    await db.run(sql`
      update service.item set draft_state = 'drawn', returned = ${json({ reason: reason.trim(), by: actor.name })}::text::jsonb where code = ${code}`);
    return deskItem(db, code);
  },
});
