import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FIELD_TYPES } from './form-record.ts';

/** A form as it is in use when its unit joins the platform: what it asks for twice is shown, not refused. */
export type FormInUse = {
  id: string;
  app: string;
  unit: string;
  title: Text;
  fields: {
    name: string;
    title: Text;
    type: (typeof FIELD_TYPES)[number];
    choices?: string[];
    required: boolean;
    source?: { resource: string; field: string };
    exception?: { reason: string; by: string; owner: string };
  }[];
};

/** Takes over forms that are in use; one that is known already stays as it is. */
export async function registerForms(db: Db, forms: readonly FormInUse[]): Promise<void> {
  for (const { id, app, unit, title, fields } of forms) {
    const made = await db.run(sql`
      insert into catalog.form (id, app, unit, title) values (${id}, ${app}, ${unit}, ${json(title)}::text::jsonb) on conflict (id) do nothing`);
    if (made === 0) continue;
    for (const [ord, field] of fields.entries()) {
      const { source, exception, choices } = field;
      await db.run(sql`
        insert into catalog.form_field (form, name, ord, title, type, choices, required, resource, field, ask_meanwhile, exception_reason, exception_by, exception_owner, exception_state)
        values (${id}, ${field.name}, ${ord + 1}, ${json(field.title)}::text::jsonb, ${field.type}, ${choices ? json(choices) : null}::text::jsonb, ${field.required},
          ${source?.resource ?? null}::text, ${source?.field ?? null}::text, ${source !== undefined},
          ${exception?.reason ?? null}::text, ${exception?.by ?? null}::text, ${exception?.owner ?? null}::text, ${exception ? 'asked' : null}::text)`);
    }
  }
}
