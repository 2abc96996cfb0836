import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { needName } from './check-definition.ts';
import { type Definition, DefinitionSchema } from './definition.ts';
import { ThemeExists, ThemeFaulty } from './theme-errors.ts';
import { derive, holdTheme, readTheme, ThemeParams, ThemeSchema } from './theme-record.ts';

const ALIAS_TAKEN = {
  zh: '这个来源名以前用于另一个资源，请换一个名字',
  en: 'this name was used for another resource before: choose another',
};

export type ThemeDraft = { title: Text; field: string; definition: Definition };

/** Keeps a draft and declares its needs in the catalogue: from then on their suppliers can be asked. What is published stays as it is. */
export async function keepDraft(
  db: Db,
  { id, steward, draft }: { id: string; steward: string; draft: ThemeDraft },
): Promise<void> {
  const { title, field, definition } = draft;
  await db.run(sql`
    insert into theme.theme (id, title, field, steward, draft) values (${id}, ${json(title)}::text::jsonb, ${field}, ${steward}, ${json(definition)}::text::jsonb)
    on conflict (id) do update set title = excluded.title, field = excluded.field, draft = excluded.draft, changed_at = kernel.now()`);
  const { derived, facts } = await derive(db, id, definition);
  const known = new Set(facts.resources.filter(({ sharing }) => sharing !== 'none').map((resource) => resource.id));
  for (const [at, { alias, resource, fields }] of derived.needs.entries()) {
    if (!known.has(resource) || fields.length === 0) continue;
    // The name of a need stays with its resource: what was granted for one is not taken for another.
    if (facts.grants.some((grant) => grant.name === needName(id, alias) && grant.resource !== resource))
      throw ThemeFaulty.with({
        fields: [{ pointer: `/definition/inputs/${at}/as`, rule: 'taken', message: ALIAS_TAKEN }],
      });
    const why = { zh: `专题库“${title.zh}”`, en: `thematic database “${title.en}”` };
    await db.run(sql`
      select catalog.declare_need(${needName(id, alias)}, ${resource}, ${fields}::text[], ${definition.purposes}::text[], ${json(why)}::text::jsonb)`);
  }
}

const example = {
  title: { zh: '独居老人住房', en: 'Homes of elders' },
  field: 'elder-care',
  definition: {
    kind: 'associate' as const,
    inputs: [{ as: 'b', resource: 'space.building' }],
    joins: [],
    columns: [{ name: 'code', title: { zh: '房屋编码', en: 'Building' }, from: 'b.code' }],
    key: 'code',
    purposes: ['community-care'],
  },
};

const DraftSchema = {
  title: Type.Object({
    zh: Type.String({ minLength: 1, maxLength: 80 }),
    en: Type.String({ minLength: 1, maxLength: 120 }),
  }),
  field: Type.String({ pattern: '^[a-z][a-z-]{1,40}$' }),
  definition: DefinitionSchema,
};

/** Begins a thematic database of the own unit. Faults do not refuse a draft: they are shown with it, each at its place. */
export const createTheme = route({
  method: 'POST',
  path: '/api/theme/themes',
  summary: { zh: '新建专题库', en: 'Begin a thematic database' },
  allow: 'theme.build',
  body: Type.Object({ ...ThemeParams.properties, ...DraftSchema }, { additionalProperties: false }),
  reply: ThemeSchema,
  status: 201,
  errors: [ThemeExists, ThemeFaulty],
  examples: { own: { as: 'data-officer', body: { id: 'winter-visits', ...example } } },
  handler: async ({ db, actor, body: { id, ...draft } }) => {
    const begun = await db.run(sql`
      insert into theme.theme (id, title, field, steward, draft) values (${id}, ${json(draft.title)}::text::jsonb, ${draft.field}, ${actor.unit ?? ''}, ${json(draft.definition)}::text::jsonb)
      on conflict (id) do nothing`);
    if (begun === 0)
      throw ThemeExists.with({ fields: [{ pointer: '/id', rule: 'unique', message: ThemeExists.title }] });
    await keepDraft(db, { id, steward: actor.unit ?? '', draft });
    return readTheme(db, id);
  },
});

/** Changes the draft of a thematic database of the own unit. What is published stays as it is. */
export const draftTheme = route({
  method: 'PUT',
  path: '/api/theme/themes/:id',
  summary: { zh: '编辑专题库草稿', en: 'Change the draft of a thematic database' },
  allow: 'theme.build',
  params: ThemeParams,
  body: Type.Object(DraftSchema, { additionalProperties: false }),
  reply: ThemeSchema,
  errors: [NotFound, ThemeFaulty],
  examples: {
    own: { as: 'data-officer', params: { id: 'elder-homes' }, body: example },
    foreign: { as: 'data-officer', params: { id: 'residents-by-committee' }, body: example },
  },
  handler: async ({ db, params: { id }, body }) => {
    const { steward } = await holdTheme(db, id);
    await keepDraft(db, { id, steward, draft: body });
    return readTheme(db, id);
  },
});
