import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { endClock, startClock, stopClock } from '#platform/calendar/clock.ts';
import { refreshClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { evaluation } from './app.ts';
import { other, permit, permitClock } from './fixtures/permit/app.ts';
import { judgeRuns, judgeSome, LEVEL_RULE } from './judge/judge-runs.ts';
import { keepBlind } from './log/blind.ts';
import { computeScores, scoreQuarter } from './score/compute-scores.ts';
import { quarterOf } from './score/score-rules.ts';
import type { SignalView } from './signal-view.ts';

const UNIT = 'street-310101023';
const WHO = {
  clerk: 'clerk.ruijin',
  head: 'head.ruijin',
  foreign: 'head.bund',
  auditor: 'auditor.li',
  duty: 'duty.ops',
} as const;
type Who = keyof typeof WHO;
let house: TestHouse;
const actors = {} as Record<Who, Actor>;

beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, permit, other, { ...evaluation, timers: [] }],
    work: false,
  });
  for (const [who, account] of Object.entries(WHO) as [Who, string][]) {
    const cookie = await signIn(house, account);
    const actor = await house.services.registry
      .provided(authenticator)[0]
      ?.value.authenticate({ cookie, trace: 'test', services: house.services });
    if (!actor) throw new Error(account);
    actors[who] = actor;
  }
}, 300_000);
afterAll(() => house?.close());

const system = systemActor({ name: 'test' });
const tx = <T>(module: string, work: (db: Db) => Promise<T>, actor: Actor = system) =>
  house.services.database.tx({ module, actor }, work);
const at = (text: string) => new Date(`${text}+08:00`);
let today = '';
const setNow = (moment: string) => {
  today = moment;
  return moveClock(house, (at(moment).getTime() - Date.now()) / 1000);
};
/** Sessions end while these tests move through weeks: whoever calls has signed in at that moment. */
const cookies = new Map<string, string>();
async function cookieOf(who: Who): Promise<string> {
  const cookie = cookies.get(`${who} ${today}`) ?? (await signIn(house, WHO[who]));
  cookies.set(`${who} ${today}`, cookie);
  return cookie;
}
async function settle(): Promise<void> {
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
  while ((await judgeRuns(house.services)) > 0);
}
const get = async (who: Who, path: string) =>
  call(house, { url: `/api/evaluation/${path}`, cookie: await cookieOf(who) });
const post = async (who: Who, path: string, body: unknown) =>
  call(house, { method: 'POST', url: `/api/evaluation/${path}`, body, cookie: await cookieOf(who) });

let made = 0;
type Step = { phase: string; more?: Record<string, string>; module?: 'permit' | 'other'; actor?: Actor };
const say = (subject: string, { phase, more = {}, module = 'permit', actor = actors.clerk }: Step) =>
  tx(
    module,
    (db) =>
      db.emit({
        type: `gov.step.${phase}`,
        subject,
        data: { caseNo: subject, itemCode: 'shop-sign', step: 'decide', unit: UNIT, post: 'street-clerk', ...more },
      }),
    actor,
  );
/** A case whose step has begun, with a clock of the calendar or with an end of its own. */
async function begin(more: Record<string, string> = {}): Promise<{ caseNo: string; clock: string }> {
  const caseNo = `C-${(made += 1)}`;
  const clock = await tx(
    'permit',
    (db) => startClock(db, { kind: permitClock, subject: caseNo, event: 'accepted' }),
    actors.clerk,
  );
  await say(caseNo, { phase: 'started', more: { clock: clock.id, ...more } });
  return { caseNo, clock: clock.id };
}
const signalsOf = (caseNo: string) =>
  tx('evaluation', (db) =>
    db.rows<{
      id: string;
      level: string;
      state: string;
      why: string | null;
      from: Date;
      told: Date;
      provisional: boolean;
    }>(sql`
      select id, level, state, withdrawn_why as why, holds_from as "from", told_at as told, provisional from evaluation.signal where case_no = ${caseNo} order by holds_from, told_at`),
  );
const standing = async (caseNo: string) =>
  (await signalsOf(caseNo)).filter(({ state }) => state === 'standing').map(({ level }) => level);
const eventOf = async (caseNo: string, phase: string): Promise<string> =>
  (
    await tx('kernel', (db) =>
      db.one<{ id: string }>(
        sql`select id from kernel.event where subject = ${caseNo} and type = ${`gov.step.${phase}`} order by seq desc limit 1`,
      ),
    )
  ).id;
const runOf = (caseNo: string) =>
  tx('evaluation', (db) =>
    db.one<{ state: string; level: string; dueAt: Date | null; nextAt: Date | null; handler: string | null }>(
      sql`select state, level, due_at as "dueAt", next_at as "nextAt", handler from evaluation.run where case_no = ${caseNo}`,
    ),
  );

/** A new version of the rule: as before until a day, and from then on a rule that knows no yellow. */
const withoutYellowFrom = (day: string) =>
  tx('rulebook', async (db) => {
    const last = sql`from rulebook.entry e where e.id = ${LEVEL_RULE} order by e.version desc, e.valid_from desc limit 1`;
    const { value } = await db.one<{ value: { dmn: string } }>(sql`select e.value ${last}`);
    const dmn = value.dmn.replaceAll('"yellow"</text></outputEntry>', '"notice"</text></outputEntry>');
    const { version } = await db.one<{ version: number }>(sql`select e.version + 1 as version ${last}`);
    for (const change of [
      { version, valid_to: day },
      { version, valid_from: day, value: { ...value, dmn, tests: [] }, digest: 'without-yellow' },
    ])
      await db.run(sql`
        insert into rulebook.entry select (jsonb_populate_record(e, ${JSON.stringify(change)}::text::jsonb)).* from rulebook.entry e
        where e.id = ${LEVEL_RULE} and e.version = ${version - 1}::int`);
  });

beforeEach(() => setNow('2026-11-26T10:00:00'));

describe('a case that stands still', () => {
  it('is noticed at four fifths, yellow within a minute of its end, red when far over, and told to handler and head', async () => {
    const { caseNo } = await begin();
    await settle();
    expect(await runOf(caseNo)).toMatchObject({ state: 'running', level: 'none', nextAt: at('2026-12-09T00:00:00') });
    await setNow('2026-12-09T00:00:20');
    await settle();
    expect(await standing(caseNo)).toEqual(['notice']);
    await setNow('2026-12-11T00:00:30');
    await settle();
    const yellow = (await signalsOf(caseNo)).find(({ level }) => level === 'yellow');
    expect(yellow?.from).toEqual(at('2026-12-11T00:00:00'));
    expect((yellow?.told.getTime() ?? 0) - (yellow?.from.getTime() ?? 0)).toBeLessThanOrEqual(60_000);
    await setNow('2026-12-16T09:00:00');
    await settle();
    expect(await standing(caseNo)).toEqual(['notice', 'yellow', 'red']);
    const told = await tx('kernel', (db) =>
      db.rows<{ data: Record<string, string> }>(
        sql`select data from kernel.event where type = 'evaluation.signal.raised' and data->>'caseNo' = ${caseNo} order by seq`,
      ),
    );
    expect(told.map(({ data }) => [data.level, data.handler, data.unit])).toEqual(
      ['notice', 'yellow', 'red'].map((level) => [level, WHO.clerk, UNIT]),
    );
  });

  it('raises nothing while its clock is stopped, and by the later end once it goes on', async () => {
    const { caseNo, clock } = await begin();
    await setNow('2026-11-30T10:00:00');
    const stop = { reason: 'inspection', document: '检验通知 1 号', expectedEnd: '2026-12-20' };
    await tx('permit', (db) => stopClock(db, { kind: permitClock, clock, ...stop }), actors.clerk);
    await settle();
    await setNow('2026-12-18T10:00:00');
    await settle();
    expect(await standing(caseNo)).toEqual([]);
    expect(await runOf(caseNo)).toMatchObject({ nextAt: null });
  });

  it('is done in time: no signal, then or later', async () => {
    const { caseNo, clock } = await begin();
    await setNow('2026-11-30T10:00:00');
    await tx('permit', (db) => endClock(db, { kind: permitClock, clock }), actors.clerk);
    await say(caseNo, { phase: 'done', more: { clock } });
    await settle();
    await setNow('2026-12-30T10:00:00');
    await settle();
    expect(await signalsOf(caseNo)).toEqual([]);
    expect(await runOf(caseNo)).toMatchObject({ state: 'done', level: 'none', nextAt: null });
  });

  it('is red at once for a second time over in the same step, and yellow again once the first one falls', async () => {
    const caseNo = `C-${(made += 1)}`;
    const pass = async (token: string, from: string, due: string, done: string) => {
      const more = { instance: caseNo, token };
      await say(caseNo, {
        phase: 'started',
        more: { ...more, at: at(from).toISOString(), due: at(due).toISOString() },
      });
      await say(caseNo, { phase: 'done', more: { ...more, at: at(done).toISOString() } });
    };
    await pass('t1', '2026-10-12T09:00', '2026-11-02T00:00', '2026-11-02T20:00');
    const first = await eventOf(caseNo, 'done');
    await pass('t2', '2026-11-03T09:00', '2026-11-24T00:00', '2026-11-24T20:00');
    await settle();
    expect((await standing(caseNo)).filter((level) => level === 'yellow' || level === 'red')).toEqual([
      'yellow',
      'red',
    ]);
    const to = at('2026-10-13T09:00').toISOString();
    await tx('permit', (db) =>
      db.emit({ type: 'gov.step.corrected', subject: caseNo, data: { event: first, at: to } }),
    );
    await settle();
    expect((await standing(caseNo)).filter((level) => level === 'yellow' || level === 'red')).toEqual(['yellow']);
  });

  it('reaches into a year that is not announced: its signals are provisional and count for no score', async () => {
    await setNow('2027-12-20T10:00:00');
    const { caseNo } = await begin();
    await setNow('2028-02-01T10:00:00');
    await settle();
    const signals = await signalsOf(caseNo);
    expect(signals.length).toBeGreaterThan(0);
    expect(signals.every(({ provisional }) => provisional)).toBe(true);
    await refreshClocks(house.services);
  });
});

describe('events', () => {
  it('are judged alike in any order and once when they come twice; a step without an end is listed, not ignored', async () => {
    const caseNo = `C-${(made += 1)}`;
    await say(caseNo, { phase: 'done', more: { at: at('2026-11-25T10:00').toISOString() } });
    await say(caseNo, {
      phase: 'due',
      more: { due: at('2026-11-24T00:00').toISOString(), at: at('2026-11-20T10:00').toISOString() },
    });
    await say(caseNo, { phase: 'started', more: { at: at('2026-11-20T10:00').toISOString() } });
    await settle();
    expect(await runOf(caseNo)).toMatchObject({ state: 'done', dueAt: at('2026-11-24T00:00') });
    const before = await standing(caseNo);
    expect(before).toContain('red');
    // The dispatcher delivers at least once: its place is set back, and all of it comes again.
    await tx('evaluation', (db) =>
      db.run(sql`update evaluation.run set dirty_since = kernel.now() where case_no = ${caseNo}`),
    );
    await settle();
    expect(await standing(caseNo)).toEqual(before);

    const free = `C-${(made += 1)}`;
    await say(free, { phase: 'started' });
    await settle();
    const { steps } = (await get('duty', 'wall?show=no-limit')).json<{ steps: { caseNo: string; dueAt: null }[] }>();
    expect(steps).toContainEqual(expect.objectContaining({ caseNo: free, dueAt: null }));
  });

  it('that are corrected or cancelled take their signals back by themselves, and the history stays', async () => {
    const { caseNo, clock } = await begin();
    await setNow('2026-12-16T09:00:00');
    await settle();
    expect(await standing(caseNo)).toEqual(['notice', 'yellow', 'red']);
    // It had been done long before; the clock's app says so now.
    await say(caseNo, { phase: 'done', more: { clock } });
    await settle();
    expect(await standing(caseNo)).toEqual(['notice', 'yellow', 'red']);
    const target = await eventOf(caseNo, 'done');
    const correct = (module: 'permit' | 'other') =>
      tx(module, (db) =>
        db.emit({
          type: 'gov.step.corrected',
          subject: caseNo,
          data: { event: target, at: at('2026-12-01T10:00').toISOString() },
        }),
      );
    await correct('other');
    await settle();
    expect(await standing(caseNo), 'another app may not').toEqual(['notice', 'yellow', 'red']);
    await correct('permit');
    await setNow('2026-12-16T09:00:40');
    await settle();
    expect(await signalsOf(caseNo)).toMatchObject(
      ['notice', 'yellow', 'red'].map((level) => ({ level, state: 'withdrawn', why: 'source' })),
    );
    const again = await begin();
    await setNow('2027-01-20T09:00:00');
    await settle();
    expect((await standing(again.caseNo)).length).toBeGreaterThan(0);
    const started = await eventOf(again.caseNo, 'started');
    await tx('permit', (db) =>
      db.emit({ type: 'gov.step.cancelled', subject: again.caseNo, data: { event: started } }),
    );
    await settle();
    expect(await standing(again.caseNo)).toEqual([]);
    expect(await runOf(again.caseNo)).toMatchObject({ state: 'void', level: 'none' });
  });

  it('are judged by a later rule only when somebody has seen the difference and says so', async () => {
    const { caseNo } = await begin();
    await setNow('2026-12-11T09:00:00');
    await settle();
    expect(await standing(caseNo)).toEqual(['notice', 'yellow']);
    await withoutYellowFrom('2026-12-11');
    await tx('evaluation', (db) =>
      db.run(sql`update evaluation.run set dirty_since = kernel.now() where case_no = ${caseNo}`),
    );
    await settle();
    expect(await standing(caseNo), 'what is under way keeps its rule').toEqual(['notice', 'yellow']);
    const seen = await post('auditor', 'replay', { from: '2026-11-26', apply: false });
    expect(seen.statusCode, seen.body).toBe(200);
    expect(seen.json<{ examples: object[] }>().examples).toContainEqual({
      caseNo,
      step: 'decide',
      before: 'yellow',
      after: 'notice',
    });
    await settle();
    expect(await standing(caseNo), 'seen is not done').toEqual(['notice', 'yellow']);
    await post('auditor', 'replay', { from: '2026-11-26', apply: true });
    await settle();
    expect(await standing(caseNo)).toEqual(['notice']);
  });

  it('of a flood wait their turn while those of other apps are judged at once', async () => {
    await settle();
    const due = { due: at('2026-11-25T00:00').toISOString(), at: at('2026-11-20T10:00').toISOString() };
    await tx('permit', (db) =>
      db.run(sql`
        select kernel.emit('gov.step.started', 'F-' || n, jsonb_build_object('caseNo', 'F-' || n, 'step', 'decide', 'unit', ${UNIT}::text, 'due', ${due.due}::text, 'at', ${due.at}::text))
        from generate_series(1, 400) n`),
    );
    const calm = `C-${(made += 1)}`;
    await say(calm, { phase: 'started', more: due, module: 'other' });
    do await dispatchEvents(house.services, 500);
    while (await eventsWait(house.services));
    await tx('evaluation', judgeSome);
    expect(await standing(calm)).toContain('yellow');
    const feeds = (await get('duty', 'wall')).json<{ feeds: { app: string; state: string }[] }>().feeds;
    expect(feeds).toContainEqual(expect.objectContaining({ app: 'permit', state: 'throttled' }));
    expect(feeds).toContainEqual(expect.objectContaining({ app: 'other', state: 'live' }));
    await settle();
    expect((await standing('F-400')).length).toBeGreaterThan(0);
    const after = (await get('duty', 'wall')).json<{ feeds: { app: string; state: string }[] }>().feeds;
    expect(after).toContainEqual(expect.objectContaining({ app: 'permit', state: 'live' }));
  });

  it('that no longer come from an app with open steps make it blind, not green, within sixty-one minutes', async () => {
    await begin();
    await settle();
    const stateOf = async () =>
      (await get('duty', 'wall'))
        .json<{ feeds: { app: string; state: string }[] }>()
        .feeds.find(({ app }) => app === 'permit')?.state;
    await setNow('2026-11-26T10:59:00');
    await tx('evaluation', keepBlind);
    expect(await stateOf()).toBe('live');
    await setNow('2026-11-26T11:01:00');
    await tx('evaluation', keepBlind);
    expect(await stateOf()).toBe('blind');
    const blind = () =>
      tx('evaluation', (db) =>
        db.rows<{ until: Date | null }>(
          sql`select until from evaluation.blind where app = 'permit' order by since desc`,
        ),
      );
    expect((await blind())[0]?.until).toBeNull();
    await begin();
    await settle();
    await tx('evaluation', keepBlind);
    expect(await stateOf()).toBe('live');
    expect((await blind())[0]?.until).not.toBeNull();
  });
});

const paper = async (who: Who): Promise<string> => {
  const reply = await call(house, {
    method: 'POST',
    url: `/api/document/files?${new URLSearchParams({ kind: 'evaluation.appeal-document', name: '停表文书.txt' })}`,
    body: '检验期间停表\n',
    cookie: await cookieOf(who),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string }>().id;
};

describe('an appeal', () => {
  it('with a document, decided by another person, takes the signal back for good, and the score follows', async () => {
    const { caseNo, clock } = await begin();
    await setNow('2026-12-11T09:00:00');
    await settle();
    const yellow = (await signalsOf(caseNo)).find(({ level }) => level === 'yellow');
    const body = { signal: yellow?.id, ground: '检验期间已依法停表，见文书。', document: await paper('clerk') };
    const filed = await post('clerk', 'appeals', body);
    expect(filed.statusCode, filed.body).toBe(201);
    expect(filed.json()).toMatchObject({ state: 'open', caseNo, clock: { amount: 5, unit: 'working-day' } });
    expect((await post('clerk', 'appeals', body)).json()).toMatchObject({ code: 'APPEAL_KNOWN' });
    expect((await post('head', 'appeals', body)).statusCode, 'not theirs').toBe(404);

    await setNow('2026-12-11T10:00:00');
    await tx('permit', (db) => endClock(db, { kind: permitClock, clock }), actors.clerk);
    await say(caseNo, { phase: 'done', more: { clock } });
    await settle();
    const partOf = async () => {
      await tx('evaluation', (db) => scoreQuarter(db, quarterOf('2026-12-11'), house.services.clock.now()));
      const { scores } = (await get('duty', 'scores')).json<{
        scores: { unit: string; parts: { part: string; own: number }[] }[];
      }>();
      return (
        scores.find(({ unit }) => unit === UNIT)?.parts.find(({ part }) => part === 'conformity')?.own ?? Number.NaN
      );
    };
    const before = await partOf();
    const { id } = filed.json<{ id: string }>();
    const decision = { decision: 'upheld', opinion: '停表文书真实有效，信号撤回。' };
    expect((await post('clerk', `appeals/${id}/decision`, decision)).statusCode).toBe(403);
    const decided = await post('auditor', `appeals/${id}/decision`, decision);
    expect(decided.statusCode, decided.body).toBe(200);
    await settle();
    expect(await signalsOf(caseNo)).toMatchObject([
      { level: 'notice', state: 'standing' },
      { level: 'yellow', state: 'withdrawn', why: 'appeal' },
    ]);
    expect(await partOf()).toBeGreaterThan(before);
    await setNow('2026-12-30T10:00:00');
    await settle();
    expect(await standing(caseNo)).toEqual(['notice']);
    expect((await post('auditor', `appeals/${id}/decision`, decision)).json()).toMatchObject({ code: 'APPEAL_CLOSED' });
    // Whoever decided has looked at the person, who reads that.
    const mine = (await get('clerk', `people/${WHO.clerk}`)).json<{ looks: { byName: string; what: string }[] }>();
    expect(mine.looks).toContainEqual(expect.objectContaining({ byName: '李静怡', what: 'appeal' }));
  });

  it('comes too late after five working days, and is decided by nobody about themselves, in the database too', async () => {
    const { caseNo } = await begin();
    await setNow('2026-12-11T00:00:30');
    await settle();
    const yellow = (await signalsOf(caseNo)).find(({ level }) => level === 'yellow');
    await setNow('2026-12-19T10:00:00');
    const late = { signal: yellow?.id, ground: '情况说明见文书。', document: await paper('clerk') };
    expect((await post('clerk', 'appeals', late)).json()).toMatchObject({ code: 'APPEAL_TOO_LATE' });
    await expect(
      tx('evaluation', (db) =>
        db.run(sql`
          insert into evaluation.appeal (id, signal, ground, document, filed_by, filed_name, filed_at, clock, state, opinion, decided_by, decided_name, decided_at)
          values (${uuidv7()}::uuid, ${yellow?.id ?? ''}::uuid, '自己决定', ${uuidv7()}::uuid, 'a', 'a', now(), ${uuidv7()}::uuid, 'upheld', '自己决定', 'a', 'a', now())`),
      ),
    ).rejects.toThrow();
  });
});

describe('whose it is', () => {
  it('is the own: another’s page is refused with 403, alike for nobody’s, and the try is shown to the person', async () => {
    const own = await get('clerk', `people/${WHO.clerk}`);
    expect(own.statusCode, own.body).toBe(200);
    const tried = await get('head', `people/${WHO.clerk}`);
    expect(tried.statusCode).toBe(403);
    const nobody = await get('head', 'people/nobody');
    expect({ ...nobody.json<object>(), trace: '', instance: '' }).toEqual({
      ...tried.json<object>(),
      trace: '',
      instance: '',
    });
    const { looks } = (await get('clerk', `people/${WHO.clerk}`)).json<{
      looks: { byName: string; refused: boolean }[];
    }>();
    expect(looks).toContainEqual(expect.objectContaining({ byName: '邵文远', refused: true }));
    const refused = await tx('audit', (db) =>
      db.rows(
        sql`select 1 from audit.access where outcome = 'refused' and route = 'GET /api/evaluation/people/:account'`,
      ),
    );
    expect(refused.length).toBeGreaterThan(0);
  });

  it('a unit sees its own cases and signals, never who handled them', async () => {
    const { caseNo } = await begin();
    await setNow('2026-12-16T09:00:00');
    await settle();
    const seen = async (who: Who) => (await get(who, 'signals')).json<{ signals: SignalView[] }>().signals;
    expect((await seen('head')).some((signal) => signal.caseNo === caseNo)).toBe(true);
    expect((await seen('foreign')).some((signal) => signal.caseNo === caseNo)).toBe(false);
    const counted = async (who: Who) =>
      (await get(who, 'wall')).json<{ counts: { running: number }; steps: object[] }>();
    expect((await counted('head')).counts.running).toBeGreaterThan(0);
    expect(await counted('foreign')).toMatchObject({ counts: { running: 0 }, steps: [] });
    for (const path of ['signals', 'wall', 'scores']) expect((await get('duty', path)).body).not.toContain(WHO.clerk);
    expect((await get('clerk', 'wall')).statusCode).toBe(403);
  });

  it('exports the log of a unit’s own steps for process mining, with unit and post and no person', async () => {
    const { caseNo } = await begin();
    await settle();
    const file = async (who: Who, form: string) =>
      call(house, { url: `/export/supervision/log.${form}`, cookie: await cookieOf(who) });
    const xes = await file('head', 'xes');
    expect(xes.statusCode).toBe(200);
    expect(xes.body).toContain(`<string key="concept:name" value="${caseNo}"/>`);
    expect(xes.body).toContain('lifecycle:transition" value="start"');
    const csv = await file('head', 'csv');
    expect(csv.body).toContain(`${caseNo},permit,shop-sign,decide`);
    for (const { body } of [xes, csv]) expect(body).not.toContain(WHO.clerk);
    expect((await file('foreign', 'csv')).body).not.toContain(caseNo);
    expect((await file('clerk', 'csv')).statusCode).toBe(403);
  });

  it('scores units, and a post only from five holders on: fewer and persons are refused by the table itself', async () => {
    await computeScores(house.services);
    const put = (subject: string, holders: number | null) =>
      tx('evaluation', (db) =>
        db.run(sql`
          insert into evaluation.score (quarter, subject, unit, post, holders, cases, value, grade, parts, computed_at)
          values ('2030-Q1', ${subject}, ${UNIT}, 'street-clerk', ${holders}::int, 1, 50, 'fail', '[]', now())`),
      );
    await expect(put('post', 4)).rejects.toThrow();
    await expect(put('post', null)).rejects.toThrow();
    await expect(put('person', 9)).rejects.toThrow();
    expect(await put('post', 5)).toBe(1);
    const posts = await tx('evaluation', (db) =>
      db.rows(sql`select 1 from evaluation.score where subject = 'post' and quarter <> '2030-Q1'`),
    );
    expect(posts, 'one clerk holds the post in the sample').toEqual([]);
  });
});
