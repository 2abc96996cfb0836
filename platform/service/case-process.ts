import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DutiesSeparated, OpinionsOpen, OutcomeUnknown, TaskGone, TaskHeld } from '#platform/workflow/errors.ts';
import type { ProcessHandler } from '#platform/workflow/handlers.ts';
import { cancelProcess } from '#platform/workflow/process/cancel-process.ts';
import { startProcess } from '#platform/workflow/process/start-process.ts';
import { completeTask } from '#platform/workflow/task/complete-task.ts';
import { carryOut } from './case-act.ts';
import { CaseInProcess } from './case-errors.ts';
import { tellCase } from './case-event.ts';
import { owes, type SubRow, subCases } from './case-row.ts';
import type { Act, ActName } from './case-state.ts';

/**
 * An item may be handled by a process of its own (`ItemTerms.process`). The life of the sub-case stays in `case-state.ts`; the process says which
 * act is due, and what else has to be done before. Its user tasks named like an act (`begin`, `draft`, `decide`) are done by that act, on the page
 * of the case; all others in the inbox. An act whose task is not open yet is refused.
 */
const STEPS: Partial<Record<ActName, { node: string; outcome?(act: Act): string }>> = {
  begin: { node: 'begin' },
  draft: { node: 'draft', outcome: (act) => (act.act === 'draft' ? act.outcome : 'granted') },
  decide: { node: 'decide', outcome: () => 'decide' },
  return: { node: 'decide', outcome: () => 'return' },
};
/** Outcomes in the words that a drawing may use for them: people read them in the inbox. */
const WORDS: Readonly<Record<string, string>> = { granted: '准予', refused: '不予', decide: '同意', return: '退回' };

/** What a task says where an act is not in time, or not this person's. */
export const STEP_ERRORS = [CaseInProcess, TaskHeld, TaskGone, DutiesSeparated, OpinionsOpen] as const;

/** The business number of a sub-case's process: what its tasks show, and by which the page of the case is opened. */
export const processKey = ({ code, no }: Pick<SubRow, 'code' | 'no'>): string => `${code}-${no}`;

/** What a case means for its processes (办理流程): one begins once the item is accepted, and ends with an item that is not handled any more. */
export async function followProcesses(options: {
  db: Db;
  services: Services;
  rows: readonly SubRow[];
  now: Date;
}): Promise<SubRow[]> {
  const { db, services, rows, now } = options;
  const after: SubRow[] = [];
  for (const row of rows) {
    if (row.instance !== null && row.state === 'withdrawn') await end(db, services, row.instance);
    after.push(await beginProcess({ db, services, row, now }));
  }
  return after;
}

/** Begins the process of an item that has just been accepted, where it has one that has not begun. */
export async function beginProcess(options: { db: Db; services: Services; row: SubRow; now: Date }): Promise<SubRow> {
  const { db, services, row, now } = options;
  const { process } = row.terms;
  if (process === undefined || row.instance !== null || row.state !== 'accepted') return row;
  if (!(await isPublished(db, process))) return row;
  const { instance } = await startProcess(db, { services, process, key: processKey(row), unit: row.unit });
  await db.run(sql`update service.sub_case set instance = ${instance}::uuid where id = ${row.id}::uuid`);
  tellCase(db, { caseId: row.caseId, sub: row, at: now, kind: 'process', shown: false, still: true });
  return { ...row, instance };
}

/** An installation that has not drawn the process handles the item by its acts alone. */
const isPublished = async (db: Db, process: string): Promise<boolean> =>
  (await db.first(sql`select from workflow.definition where app = ${db.module} and process = ${process} limit 1`)) !==
  undefined;

async function end(db: Db, services: Services, instance: string): Promise<void> {
  const running = await db.first(
    sql`select from workflow.instance where id = ${instance}::uuid and status = 'active' limit 1`,
  );
  if (running) await cancelProcess(db, { services, instance });
}

/**
 * Does the task that an act stands for, in the transaction of the act: refused where the process is not there yet, where the task is another's,
 * or where who acts did a step that must be somebody else's.
 */
export async function doStep(options: { db: Db; services: Services; row: SubRow; act: Act }): Promise<void> {
  const { db, services, row, act } = options;
  const step = STEPS[act.act];
  if (row.instance === null || !step) return;
  const task = await db.first<{ id: string }>(sql`
    select id from workflow.task where instance = ${row.instance}::uuid and node = ${step.node} and state = 'open' and asked_by is null order by created_at limit 1`);
  if (!task) throw CaseInProcess.with();
  const outcome = step.outcome?.(act);
  const complete = (word?: string) =>
    completeTask(db, { services, task: task.id, ...(word !== undefined && { outcome: word }) });
  if (outcome === undefined) return complete();
  // A drawing names its outcomes in words or by the act; it is asked before anything is written.
  await complete(WORDS[outcome] ?? outcome).catch((error: unknown) => {
    if (error instanceof ProblemError && error.spec.code === OutcomeUnknown.code) return complete(outcome);
    throw error;
  });
}

/** End of a process (流程办结): a decision without a certificate is made out at once. Certificates follow by themselves (`certificate-make.ts`). */
export const issueByProcess: ProcessHandler = {
  name: 'service.case.issue',
  title: { zh: '出具办理结果', en: 'Make out the decision' },
  run: async ({ db, work }) => {
    const [row] = await subCases(db, sql`s.instance = ${work.instance}::uuid for update of s`);
    if (row?.state !== 'decided' || row.terms.certificateType !== undefined || owes(row)) return;
    const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
    const hand = { roles: ['system' as const], account: 'system:service' };
    await carryOut({ db, row, act: { act: 'issue' }, hand, now });
  },
};
