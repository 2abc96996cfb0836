/**
 * `process`: durable steps of a process (start, user task, gateway, user task, end): three transactions an instance, each committed
 * with its state, task, log and step events before the next begins, by clerks at work side by side. Reference is one bare commit for
 * each step (an insert of one row) on as many connections. Also the time from completing a step to the task being in the next
 * post's inbox, by HTTP. Usage: process [instances] [rounds]
 */
import pg from 'pg';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { workflow } from '#platform/workflow/app.ts';
import { readDefinition } from '#platform/workflow/bpmn/read-definition.ts';
import { drawing, end, flow, start, user } from '#platform/workflow/fixtures/drawing.ts';
import { startProcess } from '#platform/workflow/process/start-process.ts';
import { storeDefinition } from '#platform/workflow/store/store-definition.ts';
import { completeTask } from '#platform/workflow/task/complete-task.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { alternate, median, report } from './lib/figure.ts';

const [instances = 400, rounds = 3] = process.argv.slice(2).map(Number);
const CLERKS = 8;
const STEPS = 3;
const STEPS_A_SECOND = 500;
const UNIT = 'street-310101023';

const house = await openBenchHouse({
  name: 'process',
  manifests: [identity, access, audit, rulebook, calendar, workflow],
});
const pool = new pg.Pool({ connectionString: house.database.adminUrl, max: CLERKS });
try {
  const { services } = house;
  const actor = systemActor({ name: 'bench', unit: UNIT });
  const tx = <T>(work: Parameters<typeof services.database.tx<T>>[1]) =>
    services.database.tx({ module: 'workflow', actor }, work);
  const xml = drawing(
    start() +
      user('accept', 'district:result="outcome"') +
      '<exclusiveGateway id="x" default="f-x-end"/>' +
      '<userTask id="approve" district:posts="unit-head"/>' +
      end() +
      flow('start accept x') +
      flow('x approve', 'outcome = "accept"') +
      flow('x end') +
      flow('approve end'),
    { variables: { outcome: 'string' } },
  );
  const graph = await readDefinition(xml);
  await tx((db) => storeDefinition(db, { xml, graph }));
  await house.client.query('create table public.bare (id bigint generated always as identity primary key, step text)');
  let made = 0;
  const one = async (): Promise<void> => {
    const key = `case-${(made += 1)}`;
    const { instance } = await tx((db) => startProcess(db, { services, process: 'p', key, unit: UNIT }));
    for (let step = 0; step < STEPS - 1; step += 1) {
      await tx(async (db) => {
        const { id } = await db.one<{ id: string }>(
          sql`select id from workflow.task where instance = ${instance}::uuid and state = 'open'`,
        );
        await completeTask(db, { services, task: id, outcome: 'accept' });
      });
    }
  };
  const aSecond = (work: () => Promise<unknown>) => async (): Promise<number> => {
    let left = instances;
    const begun = performance.now();
    const clerk = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await work();
      }
    };
    await Promise.all(Array.from({ length: CLERKS }, clerk));
    return (instances * STEPS * 1000) / (performance.now() - begun);
  };
  const bare = async (): Promise<void> => {
    for (let step = 0; step < STEPS; step += 1) await pool.query("insert into public.bare (step) values ('step')");
  };
  const seen = await alternate({ rounds, works: { ours: aSecond(one), bare: aSecond(bare) } });
  const { rows } = await house.client.query(
    "select count(*)::int as done from workflow.instance where status = 'completed'",
  );
  if (rows[0].done !== instances * (rounds + 1)) throw new Error(`${rows[0].done} instances have ended`);

  const [clerk, head] = [await signIn(house, 'clerk.ruijin'), await signIn(house, 'head.ruijin')];
  const visible: number[] = [];
  for (let each = 0; each < 20; each += 1) {
    const key = `seen-${each}`;
    await tx((db) => startProcess(db, { services, process: 'p', key, unit: UNIT }));
    const tasks = async (cookie: string): Promise<{ id: string; key: string }[]> =>
      (await call(house, { url: '/api/workflow/tasks', cookie })).json().tasks;
    const mine = (await tasks(clerk)).find((task) => task.key === key);
    const begun = performance.now();
    await call(house, {
      method: 'POST',
      url: `/api/workflow/tasks/${mine?.id}/complete`,
      body: { outcome: 'accept' },
      cookie: clerk,
    });
    let theirs: { id: string } | undefined;
    while (!theirs) theirs = (await tasks(head)).find((task) => task.key === key);
    visible.push(performance.now() - begun);
    await call(house, { method: 'POST', url: `/api/workflow/tasks/${theirs.id}/complete`, body: {}, cookie: head });
  }
  const ours = median(seen.ours);
  report({
    name: 'process',
    ours,
    reference: median(seen.bare),
    ratio: ours / median(seen.bare),
    unit: 'steps/s',
    wanted: STEPS_A_SECOND / median(seen.bare),
    note: `PostgreSQL, ${instances} instances a round, ${CLERKS} at once, medians of ${rounds} alternate rounds; limit ${STEPS_A_SECOND} steps/s: ${ours >= STEPS_A_SECOND ? 'kept' : 'MISSED'}; from completing to the next inbox by HTTP ${median(visible).toFixed(0)} ms (worst of 20: ${Math.max(...visible).toFixed(0)} ms, limit 1000)`,
  });
} finally {
  await pool.end();
  await house.close();
}
