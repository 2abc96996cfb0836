import { Type, type Static } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { SourceNotShared } from './form-errors.ts';
import type { FormRow } from './form-record.ts';

/** A field of a catalogue item, as the source of a field of a form. */
export const SourceSchema = Type.Object(
  {
    resource: Type.String({ maxLength: 120 }),
    field: Type.String({ maxLength: 80 }),
  },
  { additionalProperties: false },
);

/** Refuses a source that is not shared, or that the app of the form has never declared as a need: no grant could ever open it. */
export async function assertSource({
  db,
  services,
  form,
  source,
}: {
  db: Db;
  services: Services;
  form: FormRow;
  source: Static<typeof SourceSchema>;
}): Promise<void> {
  const shared = await db.first(sql`
    select 1 from catalog.field f join catalog.resource r on r.id = f.resource
    where f.resource = ${source.resource} and f.name = ${source.field} and r.sharing <> 'none'`);
  const declared = services.registry.modules
    .find(({ id }) => id === form.app)
    ?.takes?.some((take) => take.resource === source.resource && take.fields.includes(source.field));
  if (shared && declared) return;
  throw SourceNotShared.with({
    fields: [{ pointer: '/source', rule: shared ? 'declared' : 'shared', message: SourceNotShared.title }],
  });
}
