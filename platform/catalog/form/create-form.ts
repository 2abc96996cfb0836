import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { TextSchema } from '../item-detail.ts';
import { FormExists } from './form-errors.ts';
import { FormSchema, readForm } from './form-record.ts';

/** Begins a form of the own unit, without fields. */
export const createForm = route({
  method: 'POST',
  path: '/api/catalog/forms',
  summary: { zh: '新建一张业务表单', en: 'Begin a form' },
  allow: 'catalog.form.design',
  body: Type.Object(
    {
      id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
      app: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
      title: TextSchema,
    },
    { additionalProperties: false },
  ),
  reply: FormSchema,
  status: 201,
  errors: [FormExists],
  examples: {
    own: {
      as: 'data-officer',
      body: { id: 'winter-visits', app: 'community', title: { zh: '冬季走访登记表', en: 'Winter visits' } },
    },
  },
  handler: async ({ db, services, actor, body: { id, app, title } }) => {
    const made = await db.run(sql`
      insert into catalog.form (id, app, unit, title) values (${id}, ${app}, ${actor.unit ?? ''}, ${json(title)}::text::jsonb) on conflict (id) do nothing`);
    if (made === 0) throw FormExists.with();
    return readForm({ db, services, id });
  },
});
