import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { evaluation } from '../app.ts';
import { other, permit } from '../fixtures/permit/app.ts';
import { judgeRuns } from '../judge/judge-runs.ts';
import { type Beside, runPatterns, scanPatterns } from './run-patterns.ts';

const UNIT = 'street-310101023';
let house: TestHouse;
let auditor = '';
beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, permit, other, { ...evaluation, timers: [] }],
    work: false,
  });
}, 300_000);
afterAll(() => house?.close());
beforeEach(async () => {
  await moveClock(house, (at('2026-11-26T10:00').getTime() - Date.now()) / 1_000);
  auditor = await signIn(house, 'auditor.li');
});

const at = (text: string) => new Date(`${text}+08:00`);
const person = (account: string, unit = UNIT): Actor => ({
  ...systemActor({ name: 'test' }),
  kind: 'person',
  account,
  name: account,
  unit,
  post: 'street-clerk',
});
const tx = <T>(module: string, work: (db: Db) => Promise<T>, actor = systemActor({ name: 'test' })) =>
  house.services.database.tx({ module, actor }, work);

type Passage = {
  caseNo: string;
  step?: string;
  item?: string;
  by?: string;
  from: Date;
  to?: Date;
  stop?: [Date, Date];
  more?: Record<string, string>;
};
let made = 0;
const plus = (moment: Date, hours: number) => new Date(moment.getTime() + hours * 3_600_000);
/** What an app tells of passages, each by its own person. Returns the key of each. */
async function tell(passages: readonly Passage[]): Promise<string[]> {
  const keys: string[] = [];
  for (const {
    caseNo,
    step = 'decide',
    item = 'shop-sign',
    by = 'clerk.ruijin',
    from,
    to,
    stop,
    more = {},
  } of passages) {
    const token = `t${(made += 1)}`;
    keys.push(`${caseNo} ${token}`);
    const data = {
      caseNo,
      itemCode: item,
      step,
      unit: UNIT,
      instance: caseNo,
      token,
      due: plus(from, 24 * 60).toISOString(),
    };
    await tx(
      'permit',
      async (db) => {
        const say = (phase: string, moment: Date) =>
          db.emit({
            type: `gov.step.${phase}`,
            subject: caseNo,
            data: { ...data, ...more, post: 'street-clerk', at: moment.toISOString() },
          });
        await say('started', from);
        if (stop) {
          await say('stopped', stop[0]);
          await say('resumed', stop[1]);
        }
        if (to) await say('done', to);
      },
      person(by),
    );
  }
  return keys;
}
async function settle(): Promise<void> {
  do await dispatchEvents(house.services, 500);
  while (await eventsWait(house.services));
  while ((await judgeRuns(house.services)) > 0);
}
const NOTHING: Beside = { shared: new Set(['population.resident.name']), misfits: [], reads: [] };
const look = (beside: Partial<Beside> = {}) =>
  scanPatterns((work) => tx('evaluation', work), { ...NOTHING, ...beside });
const standing = async (rule: string) =>
  (
    await tx('evaluation', (db) =>
      db.rows<{ run: string }>(
        sql`select run from evaluation.signal where rule = ${`evaluation.${rule}`} and state = 'standing' order by run`,
      ),
    )
  ).map(({ run }) => run);
const turn = async (rule: string, on: boolean) => {
  const reply = await call(house, {
    method: 'PUT',
    url: `/api/evaluation/rules/evaluation.${rule}/switch`,
    body: { on, reason: '核对准确率' },
    cookie: auditor,
  });
  expect(reply.statusCode, reply.body).toBe(200);
};

/** Each rule with what it must find, and its like that it must leave alone. `plant` gives the keys of what is to be found. */
const RULES: { rule: string; plant(): Promise<string[]>; beside?: (keys: readonly string[]) => Partial<Beside> }[] = [
  {
    rule: 'decided-before-received',
    plant: async () => {
      const begun = at('2026-11-10T09:00');
      const [wrong = ''] = await tell([
        { caseNo: 'B-1', from: plus(begun, -20), to: plus(begun, -2) },
        { caseNo: 'B-1', step: 'accept', from: begun, to: plus(begun, 1) },
        { caseNo: 'B-2', step: 'accept', from: begun, to: plus(begun, 1) },
        { caseNo: 'B-2', from: plus(begun, 2), to: plus(begun, 20) },
      ]);
      return [wrong];
    },
  },
  {
    rule: 'stopped-too-long',
    plant: async () => {
      const begun = at('2026-10-01T09:00');
      const stops = Array.from({ length: 24 }, (_, n) => (n === 0 ? 900 : 30 + n));
      const [long = ''] = await tell(
        stops.map((hours, n) => ({
          caseNo: `S-${n}`,
          item: 'stopped',
          from: begun,
          stop: [plus(begun, 1), plus(begun, 1 + hours)],
          to: plus(begun, 4 + hours),
        })),
      );
      return [long];
    },
  },
  {
    rule: 'repeated-corrections',
    plant: async () => {
      const begun = at('2026-11-02T09:00');
      const keys = await tell([
        ...[0, 30, 60].map((after) => ({
          caseNo: 'C-1',
          step: 'accept',
          from: plus(begun, after),
          to: plus(begun, after + 1),
        })),
        ...[0, 30].map((after) => ({
          caseNo: 'C-2',
          step: 'accept',
          from: plus(begun, after),
          to: plus(begun, after + 1),
        })),
      ]);
      return keys.slice(2, 3);
    },
  },
  {
    rule: 'shared-material',
    plant: async () => {
      const from = at('2026-11-02T09:00');
      const keys = await tell([
        { caseNo: 'M-1', step: 'accept', from, more: { asks: 'own.plan,population.resident.name' } },
        { caseNo: 'M-2', step: 'accept', from, more: { asks: 'own.plan' } },
      ]);
      return keys.slice(0, 1);
    },
  },
  {
    rule: 'burst-approvals',
    plant: async () => {
      const to = at('2026-11-12T15:00');
      const keys = await tell([
        ...[0, 4, 9, 16].map((seconds) => ({
          caseNo: `U-${seconds}`,
          by: 'quick',
          from: plus(to, -90),
          to: plus(to, seconds / 3_600),
        })),
        ...[0, 4, 9, 16].map((seconds) => ({
          caseNo: `V-${seconds}`,
          by: `calm-${seconds}`,
          from: plus(to, -90),
          to: plus(to, seconds / 3_600),
        })),
      ]);
      return keys.slice(0, 4);
    },
  },
  {
    rule: 'same-hands',
    plant: async () => {
      const from = at('2026-11-03T09:00');
      const cases = Array.from({ length: 40 }, (_, n) => ({ by: `hand-${n % 4}`, party: `p${n}`, n }));
      const own = Array.from({ length: 10 }, (_, n) => ({ by: 'hand-1', party: 'known', n: 40 + n }));
      const keys = await tell(
        [...own, ...cases].map(({ by, party, n }) => ({
          caseNo: `H-${n}`,
          item: 'hands',
          by,
          from,
          to: plus(from, 24 + n),
          more: { party },
        })),
      );
      return keys.slice(0, 10);
    },
  },
  {
    rule: 'discretion-outlier',
    plant: async () => {
      const from = at('2026-11-04T09:00');
      const keys = await tell(
        Array.from({ length: 26 }, (_, n) => ({
          caseNo: `D-${n}`,
          item: 'fines',
          by: `judge-${n}`,
          from,
          to: plus(from, 30 + n),
          more: { measure: String(n === 0 ? 900 : 100 + (n % 9)) },
        })),
      );
      return keys.slice(0, 1);
    },
  },
  {
    rule: 'off-the-drawing',
    plant: async () => {
      const from = at('2026-11-05T09:00');
      const keys = await tell([
        { caseNo: 'W-1', step: 'check', from, to: plus(from, 2) },
        { caseNo: 'W-1', step: 'sign', from: plus(from, 2), to: plus(from, 5) },
        { caseNo: 'W-2', step: 'sign', from: plus(from, 2), to: plus(from, 5) },
      ]);
      return keys.slice(1, 2);
    },
    beside: () => ({ misfits: [{ app: 'permit', instance: 'W-1', missing: 1, remaining: 1, fitness: 0.8 }] }),
  },
];

describe('every rule beyond time', () => {
  it.each(RULES)(
    '$rule: finds what it is for and nothing beside it, and is silent once it is turned off',
    async (one) => {
      const keys = (await one.plant()).sort();
      const beside = one.beside?.(keys) ?? {};
      await settle();
      await look(beside);
      expect(await standing(one.rule)).toEqual(keys);
      await look(beside);
      expect(await standing(one.rule), 'looking twice changes nothing').toEqual(keys);
      await turn(one.rule, false);
      await look(beside);
      expect(await standing(one.rule)).toEqual([]);
      const rules = await call(house, { url: '/api/evaluation/rules', cookie: auditor });
      expect(rules.json<{ rules: object[] }>().rules).toContainEqual(
        expect.objectContaining({
          id: `evaluation.${one.rule}`,
          on: false,
          offWhy: { zh: '核对准确率', en: '核对准确率' },
        }),
      );
      await turn(one.rule, true);
      await look(beside);
      expect(await standing(one.rule)).toEqual(keys);
    },
  );

  it('read-without-case: is shipped off with the reason; on, it holds the audit log against cases and names nobody who was read', async () => {
    const { rules } = (await call(house, { url: '/api/evaluation/rules', cookie: auditor })).json<{
      rules: { id: string; on: boolean; offWhy: { zh: string } | null }[];
    }>();
    const shipped = rules.find(({ id }) => id === 'evaluation.read-without-case');
    expect(shipped).toMatchObject({ on: false, offWhy: { zh: expect.stringContaining('准确率') } });

    await tell([{ caseNo: 'R-1', by: 'reads.for.case', from: at('2026-11-24T09:00'), to: at('2026-11-26T09:00') }]);
    await settle();
    const subject = uuidv7();
    const reads = { busy: uuidv7(), idle: uuidv7() };
    const keep = (id: string, reader: Actor) =>
      tx(
        'audit',
        (db) =>
          db.run(sql`
            select audit.record(${id}::uuid, ${at('2026-11-25T10:00')}::timestamptz, 'GET /api/population/residents', array['population.resident'], array['name'], 'L3', 'read', null::text, null::text, 'digest',
              array['person'], array[${subject}])`),
        reader,
      );
    await keep(reads.busy, person('reads.for.case', 'street-310101013'));
    await keep(reads.idle, person('reads.for.none', 'street-310101013'));
    await runPatterns(house.services);
    expect(await standing('read-without-case')).toEqual([]);
    await turn('read-without-case', true);
    await runPatterns(house.services);
    expect(await standing('read-without-case')).toEqual([reads.idle]);
    const [signal] = await tx('evaluation', (db) =>
      db.rows<{ handler: string; facts: unknown; line: string }>(
        sql`select handler, facts, to_jsonb(s)::text as line from evaluation.signal s where run = ${reads.idle}`,
      ),
    );
    expect(signal).toMatchObject({ handler: 'reads.for.none', facts: { persons: 1 } });
    expect(signal?.line).not.toContain(subject);
    const counted = await tx('evaluation', (db) =>
      db.rows(sql`select 1 from evaluation.run where run = ${reads.idle} and state = 'void'`),
    );
    expect(counted, 'bears the signal and is no case').toHaveLength(1);
    // To any other module the log says nothing.
    expect(
      await tx('permit', (db) => db.rows(sql`select * from audit.person_reads('2026-01-01'::timestamptz, 10)`)),
    ).toEqual([]);
  });
});
