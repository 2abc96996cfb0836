import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';

import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { TextSchema } from '../item-detail.ts';
import { ContentSchema } from './content.ts';
import {
  assertContent,
  EntryParams,
  EntrySchema,
  entryStep,
  holdEntry,
  ownEntry,
  readEntries,
  readEntry,
  reviewableBy,
} from './entry-record.ts';
import { EntryNotOpen } from './register-errors.ts';

type ClassView = { code: string; parent: string | null; title: { zh: string; en: string }; items: number };

/** The tree of classes (目录分类), with how many items each holds. */
export const listClasses = route({
  method: 'GET',
  path: '/api/catalog/classes',
  summary: { zh: '目录分类', en: 'Classes of the catalogue' },
  allow: 'public',
  reply: Type.Object({
    classes: Type.Array(
      Type.Object({
        code: Type.String(),
        parent: Type.Union([Type.String(), Type.Null()]),
        title: TextSchema,
        items: Type.Integer(),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => ({
    classes: await db.rows<ClassView>(sql`
      with items as (select content->>'class' as class from catalog.entry where state = 'published' union all select class from catalog.resource where class is not null),
      counted as (select class, count(*)::int as n from items group by 1)
      select c.code, c.parent, c.title, coalesce((select sum(n) from counted i where i.class like c.code || '%'), 0)::int as items from catalog.class c order by c.code`),
  }),
});

/** What the unit has in work, and for the unit that runs the catalogue what waits for its review, the one due first on top. */
export const listEntries = route({
  method: 'GET',
  path: '/api/catalog/entries',
  summary: { zh: '目录项办理', en: 'Items of the register in work' },
  allow: 'catalog.register.read',
  query: Type.Object({
    show: Type.Optional(
      Type.Union([Type.Literal('work'), Type.Literal('review'), Type.Literal('published'), Type.Literal('changed')]),
    ),
  }),
  reply: Type.Object({
    entries: Type.Array(EntrySchema),
    counts: Type.Object({
      review: Type.Integer(),
      work: Type.Integer(),
      published: Type.Integer(),
      all: Type.Integer(),
      systems: Type.Integer(),
    }),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query: { show = 'work' }, actor, clock }) => {
    const own = ownEntry(db);
    const reviewing = sql`(e.submitted_at is not null and (${reviewableBy(actor)} or ${own}))`;
    const where = {
      work: sql`(${own} and e.proposal is not null)`,
      review: reviewing,
      published: sql`(${own} and e.state = 'published')`,
      changed: sql`(${own} and e.change_clock is not null)`,
    }[show];
    const counts = await db.one<{ review: number; work: number; published: number; all: number; systems: number }>(sql`
      select (count(*) filter (where ${reviewing}))::int as review, (count(*) filter (where ${own} and e.proposal is not null))::int as work,
        (count(*) filter (where ${own} and e.state = 'published'))::int as published, (count(*) filter (where e.state = 'published'))::int as "all",
        (count(distinct e.content->>'system') filter (where e.state = 'published'))::int as systems from catalog.entry e`);
    return { entries: await readEntries(db, { where, now: clock.now(), limit: 100 }), counts };
  },
});

/** One item: what is in force for everyone, what is proposed for its owner and its reviewers. */
export const showEntry = route({
  method: 'GET',
  path: '/api/catalog/entries/:id',
  summary: { zh: '目录项', en: 'An item of the register' },
  allow: 'public',
  params: EntryParams,
  reply: EntrySchema,
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:entry' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-entry' } },
  },
  handler: ({ db, params, clock }) => readEntry(db, params.id, clock.now()),
});

const EXAMPLE = {
  title: { zh: '样例台账', en: 'Sample register' },
  summary: { zh: '样例系统中的台账', en: 'A register of a sample system' },
  class: '303999',
  system: '样例系统',
  providerCode: '',
  format: 'database',
  items: [{ name: '编号', type: 'string' }],
  level: 'L2',
  sharing: 'conditional',
  sharingCondition: '依法履职需要',
  sharingMethod: 'platform',
  opening: 'closed',
  openingCondition: '',
  updates: 'monthly',
  related: [],
} as const;

/** A data officer registers an item of a system that is not on this platform (编目). */
export const draftEntry = route({
  method: 'POST',
  path: '/api/catalog/entries',
  summary: { zh: '登记目录项', en: 'Register an item' },
  allow: 'catalog.register.keep',
  body: ContentSchema,
  reply: EntrySchema,
  status: 201,
  examples: { own: { as: 'data-officer', body: EXAMPLE } },
  handler: async ({ db, body, actor, clock }) => {
    await assertContent(db, body);
    const id = uuidv7();
    await db.run(sql`
      insert into catalog.entry (id, unit, proposal, proposed, proposed_by, proposed_name, made_at)
      values (${id}::uuid, ${actor.unit ?? ''}, 'new', ${json(body)}::text::jsonb, ${actor.account}, ${actor.name}, kernel.now())`);
    await entryStep(db, { id, step: 'drafted' });
    return readEntry(db, id, clock.now());
  },
});

/** Changes a draft, or begins a revision of what is published (修订): what is in force stays until the revision is reviewed. */
export const editEntry = route({
  method: 'PUT',
  path: '/api/catalog/entries/:id',
  summary: { zh: '修改目录项', en: 'Edit an item' },
  allow: 'catalog.register.keep',
  params: EntryParams,
  body: ContentSchema,
  reply: EntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:entry' }, body: EXAMPLE },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-entry' }, body: EXAMPLE },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const entry = await holdEntry(db, params.id, ownEntry(db));
    if (entry.submittedAt !== null || entry.state === 'withdrawn') throw EntryNotOpen.with();
    // The code holds the class: another class is another item.
    const inForce = entry.content;
    await assertContent(db, body);
    if (inForce && inForce.class !== body.class)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/class',
            rule: 'fixed',
            message: {
              zh: '代码含分类，已发布的目录项不能改分类',
              en: 'the code holds the class: it cannot be changed any more',
            },
          },
        ],
      });
    const kind = inForce ? 'revision' : 'new';
    await db.run(sql`
      update catalog.entry set proposal = ${kind}, proposed = ${json(body)}::text::jsonb, proposed_by = ${actor.account}, proposed_name = ${actor.name}, proposed_why = null
      where id = ${entry.id}::uuid`);
    await entryStep(db, { id: entry.id, step: kind === 'new' ? 'drafted' : 'revising' });
    return readEntry(db, entry.id, clock.now());
  },
});

/** Takes a draft or a revision back before anybody has reviewed it; a draft that was never published is not there any more to others. */
export const dropProposal = route({
  method: 'POST',
  path: '/api/catalog/entries/:id/drop',
  summary: { zh: '放弃修改', en: 'Drop a proposal' },
  allow: 'catalog.register.keep',
  params: EntryParams,
  body: Type.Object({}, { additionalProperties: false }),
  reply: EntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:entry-to-drop' }, body: {} },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-entry' }, body: {} },
  },
  handler: async ({ db, params, clock }) => {
    const entry = await holdEntry(db, params.id, ownEntry(db));
    if (entry.proposal === null || entry.submittedAt !== null || entry.state !== 'published') throw EntryNotOpen.with();
    await db.run(sql`
      update catalog.entry set proposal = null, proposed = null, proposed_by = null, proposed_name = null, proposed_why = null, returned_reason = null where id = ${entry.id}::uuid`);
    await entryStep(db, { id: entry.id, step: 'dropped' });
    return readEntry(db, entry.id, clock.now());
  },
});
