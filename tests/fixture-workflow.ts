import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { readDefinition } from '#platform/workflow/bpmn/read-definition.ts';
import { drawing, end, flow, start, user } from '#platform/workflow/fixtures/drawing.ts';
import { startProcess } from '#platform/workflow/process/start-process.ts';
import { storeDefinition } from '#platform/workflow/store/store-definition.ts';
import { completeTask } from '#platform/workflow/task/complete-task.ts';

/** The street of the first street clerk and unit head, and another. */
const OWN = 'street-310101023';
const FOREIGN = 'street-310101013';
const CLERK = 'clerk.ruijin';

/** Tasks and instances that the examples of routes name: of the first street, and of another. */
export async function fixtureWorkflow(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const actor = systemActor({ name: 'fixture' });
  return services.database.tx({ module: 'workflow', actor }, async (db) => {
    const xml = drawing(
      start() +
        user('accept', 'district:outcomes="accept"') +
        '<userTask id="approve" name="审批" district:posts="unit-head"/>' +
        end() +
        flow('start accept approve end'),
    ).replace('process id="p"', 'process id="fixture"');
    await storeDefinition(db, { xml, graph: await readDefinition(xml) });
    const begin = async (unit: string): Promise<{ instance: string; task: string }> => {
      const { instance } = await startProcess(db, { services, process: 'fixture', key: uuidv7(), unit });
      return { instance, task: await openTask(db, instance) };
    };
    /** Accepted by the first clerk: the head's turn. */
    const accepted = async (unit: string) => {
      const { instance, task } = await begin(unit);
      await completeTask({ ...db, actor: { ...actor, account: CLERK } }, { services, task, outcome: 'accept' });
      return { instance, done: task, task: await openTask(db, instance) };
    };
    const [own, foreign] = [await begin(OWN), await begin(FOREIGN)];
    const incident = uuidv7();
    await db.run(sql`
      insert into workflow.incident (id, app, instance, token, node, kind, error)
      values (${incident}::uuid, 'workflow', ${own.instance}::uuid, 'w1', 'accept', 'timer', '样例异常')`);
    return {
      task: own.task,
      instance: own.instance,
      'foreign-task': foreign.task,
      'foreign-head-task': (await accepted(FOREIGN)).task,
      'foreign-instance': foreign.instance,
      'task-to-complete': (await begin(OWN)).task,
      'task-to-delegate': (await begin(OWN)).task,
      'task-to-return': (await accepted(OWN)).task,
      'task-to-recall': (await accepted(OWN)).done,
      'task-unit': OWN,
      incident,
    };
  });
}

async function openTask(db: Db, instance: string): Promise<string> {
  const { id } = await db.one<{ id: string }>(
    sql`select id from workflow.task where instance = ${instance}::uuid and state = 'open'`,
  );
  return id;
}
