import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Checklist, checklistFaults, ItemSchema, publishChecklist } from './checklist.ts';

const Code = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+$', maxLength: 80 });
const Words = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 100 }), en: Type.String({ minLength: 1, maxLength: 150 }) },
  { additionalProperties: false },
);

/** Publishes a checklist (发布检查表): a new version where something changed; tasks that exist keep theirs. */
export const putChecklist = route({
  method: 'PUT',
  path: '/api/inspection/checklists/:code',
  summary: { zh: '发布检查表', en: 'Publish a checklist' },
  allow: 'inspection.checklist.publish',
  params: Type.Object({ code: Code }),
  body: Type.Object(
    { title: Words, items: Type.Array(ItemSchema, { minItems: 1, maxItems: 300 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ code: Type.String(), version: Type.Integer() }),
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'unit-head',
      params: { code: 'sample.fire-exits' },
      body: {
        title: { zh: '消防通道检查', en: 'Fire exits' },
        items: [
          {
            id: 'exit',
            title: { zh: '疏散通道、安全出口畅通', en: 'Exits are free' },
            kind: 'check',
            basis: '《消防法》第二十八条',
            required: true,
            photo: 'failed',
            severity: 'major',
          },
        ],
      },
    },
  },
  handler: async ({ db, params, body }) => {
    const fields = checklistFaults(body.items);
    if (fields.length > 0) throw InvalidInput.with({ fields });
    return { code: params.code, version: await publishChecklist(db, { code: params.code, ...body }) };
  },
});

/** Checklists that are there (检查表), each in its newest version. */
export const listChecklists = route({
  method: 'GET',
  path: '/api/inspection/checklists',
  summary: { zh: '检查表', en: 'Checklists' },
  allow: 'inspection.task.read',
  reply: Type.Object({
    checklists: Type.Array(
      Type.Object({ code: Type.String(), version: Type.Integer(), title: Words, items: Type.Array(ItemSchema) }),
    ),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db }) => ({
    checklists: await db.rows<Checklist>(
      sql`select distinct on (code) code, version, title, items from inspection.checklist order by code, version desc`,
    ),
  }),
});
