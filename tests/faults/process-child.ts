import { systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import type { Database } from '#platform/kernel/db.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { identity } from '#platform/identity/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { workflow } from '#platform/workflow/app.ts';
import { readDefinition } from '#platform/workflow/bpmn/read-definition.ts';
import { advance } from '#platform/workflow/engine/advance.ts';
import { EMPTY } from '#platform/workflow/engine/state.ts';
import { drawing, end, flow, start, user } from '#platform/workflow/fixtures/drawing.ts';
import { storeDefinition } from '#platform/workflow/store/store-definition.ts';
import { fireTimers } from '#platform/workflow/work/fire-timers.ts';

/*
 * Fires timers of processes. `plant N M` first makes N instances whose timer is due, and kills itself in the M-th batch before it
 * commits. At the end the counts are said as JSON.
 */
const [act, amount = '0', dieAt = '0'] = process.argv.slice(2);
const runtime = await openRuntime({
  manifests: [identity, rulebook, calendar, access, audit, { ...workflow, timers: [] }],
  config: readConfig(),
  log: createLogger({ level: 'silent' }),
  work: false,
});
const { services } = runtime;
const tx = { module: 'workflow', actor: systemActor({ name: 'plant' }) };
if (act === 'plant') {
  const late = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>';
  const xml = drawing(
    `${start()}${user('a')}<boundaryEvent id="late" attachedToRef="a">${late}</boundaryEvent>${user('b')}${end()}${flow('start a end')}${flow('late b')}`,
  );
  const graph = await readDefinition(xml);
  const { state } = advance({ definition: graph, state: EMPTY, event: { type: 'start' }, now: new Date() });
  const wait = Object.keys(state.waits)[0] ?? '';
  await services.database.tx(tx, async (db) => {
    const { id } = await storeDefinition(db, { xml, graph });
    await db.run(sql`
      with made as (
        insert into workflow.instance (id, app, definition, process, version, key, unit, state, revision, status)
        select gen_random_uuid(), 'workflow', ${id}::uuid, 'p', 1, 'case-' || n, 'unit', ${json(state)}::text::jsonb, 1, 'active' from generate_series(1, ${Number(amount)}::int) n returning id)
      insert into workflow.timer (instance, wait, app, node, due_at) select id, ${wait}, 'workflow', 'late', now() - interval '1 minute' from made`);
  });
}
let batches = 0;
const mortal: Database = {
  ...services.database,
  tx: (context, work) =>
    services.database.tx(context, async (db) => {
      const result = await work(db);
      batches += 1;
      // Everything of this batch is written and nothing committed.
      if (batches === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
      return result;
    }),
};
// Two at once, as two processes would: neither may take what the other holds.
await Promise.all([fireTimers({ ...services, database: mortal }), fireTimers({ ...services, database: mortal })]);
const counts = await services.database.tx(tx, (db) =>
  db.one(sql`
    select (select count(*)::int from workflow.timer) as waiting, (select count(*)::int from workflow.task where node = 'b') as tasks,
      (select count(distinct instance)::int from workflow.task where node = 'b') as instances, (select count(*)::int from workflow.step where lifecycle = 'event.timer') as fired`),
);
console.log(JSON.stringify(counts));
await runtime.close();
