import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, type Post, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Values } from '#platform/workflow/engine/state.ts';
import { startProcess } from '#platform/workflow/process/start-process.ts';
import { keepProcess } from '#platform/workflow/studio/keep-process.ts';
import { completeTask } from '#platform/workflow/task/complete-task.ts';
import { district } from './district.ts';

/** Unit that answers for the processes of the sample: one whose officer and head have demo accounts, so that two can publish. */
const UNIT = 'civil-affairs';

/** Processes by which cases of an app are handled; the others run by themselves in the engine. */
const APPS: Readonly<Record<string, string>> = { 'inspected-case.bpmn': 'service' };

/** The processes of the sample (`processes/*.bpmn`), drawn and published, and some cases on the way. Repeatable. */
export async function loadProcesses(services: Services): Promise<void> {
  const folder = join(district.paths.root, 'processes');
  const actor = { ...systemActor({ name: 'sample' }), name: '样例流程' };
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bpmn')).sort();
  let fresh = false;
  for (const name of files) {
    const xml = await readFile(join(folder, name), 'utf8');
    const kept = await services.database.tx({ module: 'workflow', actor }, (db) =>
      keepProcess(db, { xml, unit: UNIT, ...(APPS[name] && { app: APPS[name] }) }),
    );
    fresh ||= kept.fresh;
  }
  if (fresh) await playCases(services);
}

/** Results of the steps of one case, in their order; after the last it rests. */
type Played = { process: string; days: number; results: readonly (readonly [Post, string])[] };

const CASES: readonly Played[] = [
  { process: 'single-permit', days: 1, results: [] },
  { process: 'single-permit', days: 5, results: [] },
  { process: 'single-permit', days: 5, results: [['data-officer', '受理']] },
  {
    process: 'single-permit',
    days: 5,
    results: [
      ['data-officer', '受理'],
      ['data-officer', '符合'],
    ],
  },
  {
    process: 'single-permit',
    days: 5,
    results: [
      ['data-officer', '受理'],
      ['data-officer', '符合'],
      ['unit-head', '退回'],
    ],
  },
  {
    process: 'single-permit',
    days: 5,
    results: [
      ['data-officer', '受理'],
      ['data-officer', '符合'],
      ['unit-head', '准予'],
      ['data-officer', '已制证'],
    ],
  },
  { process: 'single-permit', days: 5, results: [['data-officer', '不予受理']] },
  { process: 'notify-and-commit', days: 10, results: [['data-officer', '已告知']] },
  {
    process: 'notify-and-commit',
    days: 10,
    results: [
      ['data-officer', '已告知'],
      ['data-officer', '承诺'],
    ],
  },
  { process: 'joint-approval', days: 10, results: [['data-officer', '受理']] },
];

/** Values that a case of each process begins with; the days are made up for the sample. */
const VALUES: Readonly<Record<string, Values>> = {
  'single-permit': { examineDays: 15, warnDays: 12 },
  'notify-and-commit': { verifyDays: 20 },
  'joint-approval': { examineDays: 10, departments: ['civil-affairs', 'market-supervision', 'public-security'] },
};

/** Some invented cases of the engine's own, each as far as its results go: what inbox and log are seen with. */
async function playCases(services: Services): Promise<void> {
  for (const [at, { process, days, results }] of CASES.entries()) {
    const key = `样例-${String(at + 1).padStart(3, '0')}`;
    const first = official('data-officer');
    const limits: Values = process === 'single-permit' ? { acceptDays: days } : {};
    const { instance } = await services.database.tx({ module: 'workflow', actor: first }, (db) =>
      startProcess(db, {
        services,
        process,
        key,
        unit: UNIT,
        variables: { ...limits, ...VALUES[process] },
      }),
    );
    for (const [post, outcome] of results)
      await services.database.tx({ module: 'workflow', actor: official(post) }, async (db) => {
        const task = await db.one<{ id: string }>(sql`
          select t.id from workflow.task t join workflow.candidate c on c.task = t.id
          where t.instance = ${instance}::uuid and t.state = 'open' and c.post = ${post} and c.unit = ${UNIT} order by t.created_at limit 1`);
        await completeTask(db, { services, task: task.id, outcome });
      });
  }
}

/** An official of the unit, as the demo account of the post is one. */
const official = (post: Post): Actor => ({
  kind: 'person',
  account: post === 'unit-head' ? 'sample.head' : 'sample.officer',
  name: '样例经办人',
  post,
  unit: UNIT,
  area: '310101',
  reach: 'own',
  trace: 'sample',
});
