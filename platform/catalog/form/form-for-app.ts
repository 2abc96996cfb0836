import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FIELD_TYPES } from './form-record.ts';

/** A field as the app shows it: asked for, or obtained through the app's need `take`. */
export type AppField = {
  name: string;
  title: Text;
  type: (typeof FIELD_TYPES)[number];
  choices: string[] | null;
  required: boolean;
  resource: string | null;
  field: string | null;
  owner: string | null;
  /** The app's need through which it is granted; null = nothing is granted now, ask. */
  take: string | null;
  live: boolean;
};

/** What a form of this app asks for at this moment. A grant that begins or ends changes it at once. */
export function formFor(db: Db, id: string): Promise<AppField[]> {
  return db.rows<AppField>(
    sql`select name, title, type, choices, required, resource, field, owner, take, live from catalog.form_fields(${id})`,
  );
}
