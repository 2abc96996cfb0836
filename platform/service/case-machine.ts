import { port, type Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { decide, type Decided } from '#platform/rulebook/decide.ts';
import { assertVerified, findRule } from '#platform/rulebook/rule-at.ts';
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
 * Asks the rulebook (K3): answers go in by data element, in words as a decision model names its inputs (`floor-area` → `floor area`), `on` is
 * the day. It grants where it says `true` or `{ grant: true }`; a rule that nobody has verified, or that the book does not hold, grants nothing.
 */
export const ruleDecision: MachineDecision = {
  decide: async ({ db, decision, on, input }) => {
    const known = await findRule(db, decision, { on });
    if (!known?.decision) return undefined;
    const words = Object.entries(input).map(([element, value]) => [element.replaceAll('-', ' '), value]);
    const decided = await decide(db, { decision, on, input: { ...Object.fromEntries(words), on: shanghaiDate(on) } });
    const { value, entry: rule, version } = decided;
    const grant =
      value === true || (typeof value === 'object' && value !== null && 'grant' in value && value.grant === true);
    return { grant, verified: isVerified(decided), rule, version };
  },
};

function isVerified(decided: Decided): boolean {
  try {
    assertVerified(decided);
    return true;
  } catch {
    return false;
  }
}

/**
 * What is granted without anybody's look (秒批, 告知承诺), at once where the form is complete (行政许可法 art. 34 II: 当场作出决定): on a signed
 * commitment, or where law leaves no discretion and a verified decision says yes. No machine says no: everything else stays with the handler.
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
    // Where an officer has found something, a person goes on.
    const fresh = row.state === 'submitted' && !row.waits && row.defects === null && row.corrections === 0;
    if (row.state !== 'accepted' && !fresh) after.push(row);
    else if (row.committed)
      after.push(await grantOnCommitment({ ...options, row: await acceptAtOnce({ ...options, row }) }));
    else after.push((await grantByDecision({ ...options, row })) ?? row);
  }
  return after;
}

/** Complete, and nothing is left to look at before the decision: accepted in the same moment (当场受理). */
async function acceptAtOnce(options: { db: Db; row: SubRow; now: Date; hand: Hand }): Promise<SubRow> {
  const { db, row, now, hand } = options;
  if (row.state !== 'submitted') return row;
  return carryOut({ db, row, act: { act: 'accept-at-once' }, hand, now, brought: { still: true } });
}

/** Granted at once; whether it holds is looked at within the time of the rulebook (事后核查). */
async function grantOnCommitment(options: { db: Db; row: SubRow; now: Date; hand: Hand }): Promise<SubRow> {
  const { db, row, now, hand } = options;
  const granted = await carryOut({ db, row, act: { act: 'commit-grant' }, hand, now });
  const clock = await startClock(db, {
    kind: verifyClock,
    subject: row.id,
    event: 'granted',
    at: now,
    of: { unit: row.unit, caseNo: row.code },
  });
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
      row: await acceptAtOnce(options),
      act: { act: 'auto-grant', discretion, verified: said.verified },
      hand,
      now,
      brought: { data: { rule: said.rule, version: said.version } },
    });
  }
  return undefined;
}
