import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { keepProcess } from '#platform/workflow/studio/keep-process.ts';
import { district } from './district.ts';

/** Unit that answers for the processes of the sample: one whose officer and head have demo accounts, so that two can publish. */
const UNIT = 'civil-affairs';

/** The processes of the sample (`processes/*.bpmn`), drawn and published. Repeatable. */
export async function loadProcesses(services: Services): Promise<void> {
  const folder = join(district.paths.root, 'processes');
  const actor = { ...systemActor({ name: 'sample' }), name: '样例流程' };
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bpmn')).sort();
  for (const name of files) {
    const xml = await readFile(join(folder, name), 'utf8');
    await services.database.tx({ module: 'workflow', actor }, (db) => keepProcess(db, { xml, unit: UNIT }));
  }
}
