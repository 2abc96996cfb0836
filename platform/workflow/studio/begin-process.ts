import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AppId, appsOf, OWN_APP } from './apps.ts';
import { firstDrawing } from './first-drawing.ts';
import { ProcessId } from './draft-record.ts';
import { ProcessReply, showProcess } from './process-view.ts';
import { AppUnknown, ProcessExists } from './studio-errors.ts';

/** Begins a process of the own unit: a start, a step, an end, to be drawn on. */
export const beginProcess = route({
  method: 'POST',
  path: '/api/workflow/processes',
  summary: { zh: '新建流程', en: 'Begin a process' },
  allow: 'workflow.process.draft',
  body: Type.Object(
    {
      id: ProcessId,
      name: Type.String({ minLength: 1, maxLength: 80 }),
      /** Module whose cases it is for; absent: cases of the engine's own, with the standard page. */
      app: Type.Optional(AppId),
    },
    { additionalProperties: false },
  ),
  reply: ProcessReply,
  status: 201,
  errors: [ProcessExists, AppUnknown],
  examples: { own: { as: 'data-officer', body: { id: 'street-performance', name: '街头表演许可' } } },
  handler: async ({ db, actor, services, body: { id, name, app = OWN_APP } }) => {
    if (!appsOf(services).some((each) => each.id === app))
      throw AppUnknown.with({ fields: [{ pointer: '/app', rule: 'known', message: AppUnknown.title }] });
    const begun = await db.run(sql`
      insert into workflow.draft (process, app, name, unit, xml, changed_by, changed_by_name)
      values (${id}, ${app}, ${name}, ${actor.unit ?? ''}, ${firstDrawing({ id, name })}, ${actor.account}, ${actor.name})
      on conflict (process) do nothing`);
    if (begun === 0)
      throw ProcessExists.with({ fields: [{ pointer: '/id', rule: 'unique', message: ProcessExists.title }] });
    return showProcess(db, id);
  },
});
