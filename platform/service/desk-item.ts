import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { DefinitionSchema, type ItemDefinition, TextSchema } from './item-definition.ts';
import { blockersOf, depthOf } from './item-depth.ts';
import { formOf } from './form-merge.ts';
import { FormViewSchema, SituationsSchema, viewOf } from './form-view.ts';
import { differences } from './item-diff.ts';
import { choose } from './item-situation.ts';
import {
  FaultSchema,
  faultsOfItem,
  findItem,
  ItemParams,
  mayEdit,
  mayPublish,
  publishedItems,
  versionOf,
} from './item-record.ts';
import { type Had, hadByUnits } from './obtain-check.ts';

const MaybeString = Type.Union([Type.String(), Type.Null()]);
const DifferenceSchema = Type.Object({ pointer: Type.String(), before: Type.Unknown(), after: Type.Unknown() });

/** An item as its unit works on it: what is published, what is drawn, what stands in its way. */
export const DeskItemSchema = Type.Object({
  code: Type.String(),
  unit: Type.String(),
  basic: Type.Object({ code: Type.String(), title: TextSchema }),
  state: Type.String(),
  version: Type.Integer(),
  sample: Type.Boolean(),
  published: Type.Union([DefinitionSchema, Type.Null()]),
  draft: Type.Union([DefinitionSchema, Type.Null()]),
  draftState: MaybeString,
  drawnName: MaybeString,
  drawnAt: MaybeString,
  returned: Type.Union([Type.Object({ reason: Type.String(), by: Type.String() }), Type.Null()]),
  /** Depth and blockers of the draft, or of what is published. */
  depth: Type.Integer(),
  blockers: Type.Array(Type.String()),
  faults: Type.Array(FaultSchema),
  /** From what is published to the draft. */
  changes: Type.Array(DifferenceSchema),
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      depth: Type.Integer(),
      publishedAt: Type.String(),
      drawnName: Type.String(),
      publishedName: Type.String(),
    }),
  ),
  certificateTypes: Type.Array(Type.Object({ code: Type.String(), title: TextSchema })),
  mayEdit: Type.Boolean(),
  mayPublish: Type.Boolean(),
});
export type DeskItem = Static<typeof DeskItemSchema>;

export async function deskItem(db: Db, code: string): Promise<DeskItem> {
  const item = await findItem(db, code);
  const [published] = await publishedItems(db, [code]);
  const definition: ItemDefinition | undefined = item.draft ?? published?.definition;
  if (!definition) throw NotFound.with();
  const versions = await db.rows<Omit<DeskItem['versions'][number], 'publishedAt'> & { publishedAt: Date }>(sql`
    select version, depth, published_at as "publishedAt", drawn_name as "drawnName", published_name as "publishedName" from service.item_version where item = ${code} order by version desc`);
  const named = [definition.certificateType, ...definition.materials.map(({ certificateType }) => certificateType)];
  const certificateTypes = await db.rows<{ code: string; title: Text }>(sql`
    select code, title from service.certificate_type where code = any(${named.filter((one) => one !== undefined)}::text[]) order by code`);
  return {
    code,
    unit: item.unit,
    basic: { code: item.basic, title: item.basicTitle },
    state: item.state,
    version: item.version,
    sample: item.sample,
    published: published?.definition ?? null,
    draft: item.draft,
    draftState: item.draftState,
    drawnName: item.drawnName,
    drawnAt: item.drawnAt?.toISOString() ?? null,
    returned: item.returned,
    depth: depthOf(definition),
    blockers: blockersOf(definition),
    faults: item.draft ? await faultsOfItem(db, { code, unit: item.unit, definition: item.draft }) : [],
    changes: item.draft ? differences(published?.definition ?? {}, item.draft) : [],
    versions: versions.map((version) => ({ ...version, publishedAt: version.publishedAt.toISOString() })),
    certificateTypes,
    mayEdit: mayEdit(db.actor, item),
    mayPublish: item.draftState === 'submitted' && mayPublish(db.actor, item),
  };
}

/** One item for those who work on it. */
export const showDeskItem = route({
  method: 'GET',
  path: '/api/service/desk/items/:code',
  summary: { zh: '事项编辑', en: 'An item in work' },
  allow: 'service.item.read',
  params: ItemParams,
  reply: DeskItemSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { code: 'fixture:service-own' } } },
  handler: async ({ db, params: { code } }) => deskItem(db, code),
});

/** What the item asks people for although a unit has it. */
export const checkItem = route({
  method: 'GET',
  path: '/api/service/desk/items/:code/obtainable',
  summary: { zh: '查重：哪些材料和字段已有单位掌握', en: 'What an item asks for although a unit has it' },
  allow: 'service.item.read',
  params: ItemParams,
  reply: Type.Object({
    had: Type.Array(
      Type.Object({
        pointer: Type.String(),
        title: TextSchema,
        same: Type.Array(
          Type.Object({
            resource: Type.String(),
            resourceTitle: TextSchema,
            owner: Type.String(),
            field: Type.String(),
            title: TextSchema,
            likeness: Type.Number(),
          }),
        ),
        certificate: Type.Union([Type.Object({ code: Type.String(), title: TextSchema }), Type.Null()]),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { code: 'fixture:service-own' } } },
  prepare: async ({ services, actor, params: { code } }): Promise<Had[]> => {
    const { draft } = await services.database.tx({ module: 'service', actor, readOnly: true }, async (db) => {
      const item = await findItem(db, code);
      return { draft: item.draft ?? (await publishedItems(db, [code]))[0]?.definition };
    });
    return draft ? hadByUnits({ services, actor, definition: draft }) : [];
  },
  handler: async ({ prepared }) => ({ had: prepared }),
});

/** What people would see of a definition that is still being drawn. Nothing is kept. */
export const previewItem = route({
  method: 'POST',
  path: '/api/service/desk/items/:code/preview',
  summary: { zh: '预览：市民看到的样子', en: 'What people would see' },
  allow: 'service.item.read',
  repeatable: true,
  params: ItemParams,
  body: Type.Object({ definition: DefinitionSchema, situations: SituationsSchema }, { additionalProperties: false }),
  reply: FormViewSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { code: 'fixture:service-own' }, body: 'fixture:service-preview' } },
  handler: async ({ db, params: { code }, body: { definition, situations } }) => {
    const { unit, version, sample } = await findItem(db, code);
    const chosen = new Map([[code, choose(definition, situations[code] ?? {})]]);
    const form = formOf(code, chosen.get(code)?.fields ?? []);
    const depth = depthOf(definition);
    return viewOf({
      items: [{ code, unit, version, sample, depth, publishedAt: new Date(), definition }],
      chosen,
      form,
    });
  },
});

/** What changed from one version to another. */
export const diffVersions = route({
  method: 'GET',
  path: '/api/service/desk/items/:code/changes',
  summary: { zh: '事项版本比对', en: 'What changed between two versions' },
  allow: 'service.item.read',
  params: ItemParams,
  query: Type.Object({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) }),
  reply: Type.Object({ changes: Type.Array(DifferenceSchema) }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { code: 'fixture:service-published' }, query: { from: '1', to: '1' } },
  },
  handler: async ({ db, params: { code }, query: { from, to } }) => {
    const [before, after] = [await versionOf(db, code, from), await versionOf(db, code, to)];
    if (!before || !after) throw NotFound.with();
    return { changes: differences(before, after) };
  },
});
