import { port, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { carryOut } from './case-act.ts';
import { answersContext } from './case-applicant.ts';
import type { KeptAnswers } from './case-answers.ts';
import { verifyClock } from './case-clocks.ts';
import type { SubRow } from './case-row.ts';
import type { Hand } from './case-state.ts';

/** What a decision of the rulebook says of the answers, and whether a named person has verified it. */
export type MachineAnswer = { grant: boolean; verified: boolean; rule: string; version: number };

/** Asks a decision of the rulebook (DMN): filled by whoever executes decisions. Undefined where it knows none of that name. */
export type MachineDecision = {
  decide(options: {
    db: Db;
    services: Services;
    decision: string;
    on: Date;
    input: Record<string, unknown>;
  }): Promise<MachineAnswer | undefined>;
};
export const machineDecision = port<MachineDecision>('service.machine-decision');

/**
 * What is granted without anybody's look (秒批, 告知承诺): on a signed commitment, or where law leaves no discretion and a verified
 * decision says yes. No machine says no: everything else stays with the handler.
 */
export async function grantByMachine(options: {
  db: Db;
  services: Services;
  rows: SubRow[];
  now: Date;
  hand: Hand;
}): Promise<SubRow[]> {
  const after: SubRow[] = [];
  for (const row of options.rows) {
    if (row.state !== 'accepted') after.push(row);
    else if (row.committed) after.push(await grantOnCommitment({ ...options, row }));
    else after.push((await grantByDecision({ ...options, row })) ?? row);
  }
  return after;
}

/** Granted at once; whether it holds is looked at within the time of the rulebook (事后核查). */
async function grantOnCommitment(options: { db: Db; row: SubRow; now: Date; hand: Hand }): Promise<SubRow> {
  const { db, row, now, hand } = options;
  const granted = await carryOut({ db, row, act: { act: 'commit-grant' }, hand, now });
  const clock = await startClock(db, { kind: verifyClock, subject: row.id, event: 'granted', at: now });
  await db.run(sql`update service.sub_case set verify_clock = ${clock.id}::uuid where id = ${row.id}::uuid`);
  return { ...granted, verifyClock: clock.id };
}

async function grantByDecision(options: {
  db: Db;
  services: Services;
  row: SubRow;
  now: Date;
  hand: Hand;
}): Promise<SubRow | undefined> {
  const { db, services, row, now, hand } = options;
  const { decision, discretion } = row.terms;
  if (decision === undefined || discretion) return undefined;
  const kept = JSON.parse(services.keyring.open(row.answers, answersContext(row.id))) as KeptAnswers;
  const input = Object.fromEntries(Object.entries(kept).map(([element, { value }]) => [element, value]));
  for (const { value } of services.registry.provided(machineDecision)) {
    const said = await value.decide({ db, services, decision, on: now, input });
    if (!said?.grant || !said.verified) continue;
    return carryOut({
      db,
      row,
      act: { act: 'auto-grant', discretion, verified: said.verified },
      hand,
      now,
      brought: { data: { rule: said.rule, version: said.version } },
    });
  }
  return undefined;
}
