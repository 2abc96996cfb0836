import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { identity } from '#platform/identity/app.ts';
import { endAssignments } from '#platform/identity/organisation/end-work.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { workflow } from './app.ts';
import { readDefinition } from './bpmn/read-definition.ts';
import { EMPTY, type Event, type State, type Values } from './engine/state.ts';
import { drawing, end, flow, start, user } from './fixtures/drawing.ts';
import { filing, outside, strangers } from './fixtures/filing/app.ts';
import { cancelProcess } from './process/cancel-process.ts';
import { correlateMessage } from './process/correlate-message.ts';
import { moveInstance } from './process/move-instance.ts';
import { startProcess } from './process/start-process.ts';
import { advance } from './engine/advance.ts';
import { readGraph } from './store/records.ts';
import { storeDefinition } from './store/store-definition.ts';
import { completeTask } from './task/complete-task.ts';
import { fireTimers } from './work/fire-timers.ts';
import { releaseLeft } from './work/release-left.ts';

/** A street of the sample district: its clerk and its head; the clerk of another street. */
const UNIT = 'street-310101023';
const WHO = { clerk: 'clerk.ruijin', head: 'head.ruijin', other: 'clerk.bund', operator: 'admin.system' } as const;
type Who = keyof typeof WHO;
let house: TestHouse;
const cookies = {} as Record<Who, string>;

beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, { ...workflow, timers: [] }, filing, strangers],
  });
  for (const [who, account] of Object.entries(WHO)) cookies[who as Who] = await signIn(house, account);
}, 300_000);
afterAll(() => house?.close());
beforeEach(() => moveClock(house, 0));

const system = systemActor({ name: 'test' });
const tx = <T>(work: (db: Db) => Promise<T>, module = 'filing', actor: Actor = system) =>
  house.services.database.tx({ module, actor }, work);
let made = 0;

async function publish(inner: string, options: Parameters<typeof drawing>[1] & { id?: string } = {}): Promise<string> {
  const id = options.id ?? `p${(made += 1)}`;
  const xml = drawing(inner, options).replace('process id="p"', `process id="${id}"`);
  const graph = await readDefinition(xml);
  await tx((db) => storeDefinition(db, { xml, graph }));
  return id;
}

async function begin(process: string, options: { variables?: Values; key?: string; message?: string } = {}) {
  const key = options.key ?? `case-${(made += 1)}`;
  const { instance } = await tx((db) =>
    startProcess(db, { services: house.services, process, unit: UNIT, ...options, key }),
  );
  return { instance, key };
}

const permit = async () => {
  const xml = readFileSync(join(import.meta.dirname, 'fixtures/permit.bpmn'), 'utf8');
  await tx(async (db) => storeDefinition(db, { xml, graph: await readDefinition(xml) }));
  return 'permit';
};

type Shown = { id: string; key: string; node: string; held: string; state: string; opinion: boolean };
async function inbox(who: Who): Promise<Shown[]> {
  const all: Shown[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const url: string = `/api/workflow/tasks${after ? `?after=${after}` : ''}`;
    const { tasks, next } = (await call(house, { url, cookie: cookies[who] })).json() as {
      tasks: Shown[];
      next: string | null;
    };
    all.push(...tasks);
    after = next;
  }
  return all;
}
const taskOf = async (who: Who, key: string): Promise<Shown> => {
  const found = (await inbox(who)).find((task) => task.key === key);
  if (!found) throw new Error(`${who} has no task about ${key}`);
  return found;
};
const act = (who: Who, task: string, verb: string, body: object = {}) =>
  call(house, { method: 'POST', url: `/api/workflow/tasks/${task}/${verb}`, body, cookie: cookies[who] });
const stateOf = (instance: string) =>
  tx((db) =>
    db.one<{ state: State; status: string; definition: string; version: number; revision: number }>(
      sql`select state, status, definition, version, revision from workflow.instance where id = ${instance}::uuid`,
    ),
  );
const nodesOf = async (instance: string): Promise<string[]> =>
  Object.values((await stateOf(instance)).state.tokens).map(({ node }) => node);
const eventsOf = (key: string) =>
  tx(
    (db) =>
      db.rows<{ type: string; step: string }>(
        sql`select type, data->>'step' as step from kernel.event where subject = ${key} and type like 'gov.step.%' order by seq`,
      ),
    'kernel',
  );

describe('a case goes from desk to desk', () => {
  it('is in the inbox of the post as soon as the step before is committed, and done there', async () => {
    const { instance, key } = await begin(await permit(), { variables: { amount: 20_000 } });
    const first = await taskOf('clerk', key);
    expect(first).toMatchObject({ node: 'accept', held: 'free', state: 'open' });
    expect((await inbox('head')).some((task) => task.key === key)).toBe(false);
    expect((await act('clerk', first.id, 'complete', { outcome: 'nonsense' })).json()).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    expect((await act('clerk', first.id, 'complete', { outcome: 'accept' })).statusCode).toBe(200);
    expect((await inbox('clerk')).some((task) => task.key === key)).toBe(false);
    const second = await taskOf('head', key);
    expect(second.node).toBe('approve');
    expect((await act('head', second.id, 'complete', { outcome: 'approve' })).statusCode).toBe(200);
    expect(await stateOf(instance)).toMatchObject({
      status: 'completed',
      state: { variables: { decision: 'approve' } },
    });
    expect(await eventsOf(key)).toEqual([
      { type: 'gov.step.started', step: 'accept' },
      { type: 'gov.step.done', step: 'accept' },
      { type: 'gov.step.due', step: 'approve' },
      { type: 'gov.step.started', step: 'approve' },
      { type: 'gov.step.done', step: 'approve' },
    ]);
    const shown = (await call(house, { url: `/api/workflow/instances/${instance}`, cookie: cookies.clerk })).json();
    expect(shown).toMatchObject({ status: 'completed', current: [], key });
  });

  it('is not there for another street, nor for other modules', async () => {
    const { instance, key } = await begin(await permit(), { variables: { amount: 1 } });
    const { id } = await taskOf('clerk', key);
    expect((await call(house, { url: `/api/workflow/tasks/${id}`, cookie: cookies.other })).statusCode).toBe(404);
    expect((await act('other', id, 'complete', { outcome: 'accept' })).statusCode).toBe(404);
    expect((await call(house, { url: `/api/workflow/instances/${instance}`, cookie: cookies.other })).statusCode).toBe(
      404,
    );
    await expect(
      tx((db) => cancelProcess(db, { services: house.services, instance }), 'strangers'),
    ).rejects.toMatchObject({ spec: { code: 'NOT_FOUND' } });
  });

  it('two completions of one task: the second is told that it is gone', async () => {
    const { key } = await begin(await permit(), { variables: { amount: 1 } });
    const { id } = await taskOf('clerk', key);
    const both = await Promise.all([1, 2].map(() => act('clerk', id, 'complete', { outcome: 'accept' })));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(both.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({ code: 'TASK_GONE' });
  });

  it('two who do different tasks of one instance at once are both done', async () => {
    const process = await publish(
      `${start()}<parallelGateway id="f"/><parallelGateway id="j"/>${user('a')}${user('b')}${end()}${flow('start f a j end')}${flow('f b j')}`,
    );
    const { instance, key } = await begin(process);
    const mine = (await inbox('clerk')).filter((task) => task.key === key);
    const done = await Promise.all(mine.map(({ id }) => act('clerk', id, 'complete')));
    expect(done.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await stateOf(instance)).status).toBe('completed');
  });

  it('moves with the business row: what is rolled back has not happened', async () => {
    const process = await permit();
    const key = 'rolled-back';
    await expect(
      tx(async (db) => {
        await db.run(sql`insert into filing.filing (id) values (${key})`);
        await startProcess(db, { services: house.services, process, key, unit: UNIT });
        throw new Error('the business says no');
      }),
    ).rejects.toThrow('the business says no');
    expect((await inbox('clerk')).some((task) => task.key === key)).toBe(false);
  });

  it('a step for nobody is refused, not lost', async () => {
    const process = await permit();
    await expect(
      tx((db) => startProcess(db, { services: house.services, process, key: 'nobody', variables: { amount: 1 } })),
    ).rejects.toMatchObject({ spec: { code: 'PROCESS_STUCK' }, extra: { node: 'accept', rule: 'nobody' } });
  });

  it('the log alone gives the state again', async () => {
    const { instance, key } = await begin(await permit(), { variables: { amount: 20_000 } });
    await act('clerk', (await taskOf('clerk', key)).id, 'complete', { outcome: 'accept' });
    const { state, definition } = await stateOf(instance);
    const { graph, told } = await tx(async (db) => ({
      graph: await readGraph(db, definition),
      told: await db.rows<{ event: Event; at: Date }>(
        sql`select event, at from workflow.step where instance = ${instance}::uuid and event is not null order by seq`,
      ),
    }));
    const again = told.reduce(
      (before, { event, at }) => advance({ definition: graph, state: before, event, now: at }).state,
      EMPTY,
    );
    expect(again).toEqual(state);
  });
});

describe('acts of persons', () => {
  const sign = (body: string, flows: string) => publish(start() + body + end() + flow(flows));
  const head = 'district:posts="unit-head"';

  it('claim, hand over, ask for an opinion', async () => {
    const { instance, key } = await begin(await sign(user('a'), 'start a end'));
    const { id } = await taskOf('clerk', key);
    expect((await act('clerk', id, 'claim')).json()).toMatchObject({ held: 'mine' });
    expect(
      (await act('clerk', id, 'countersign', { unit: UNIT, post: 'unit-head', note: '请提意见' })).statusCode,
    ).toBe(201);
    expect((await act('clerk', id, 'complete')).json()).toMatchObject({ code: 'OPINIONS_OPEN' });
    const opinion = await taskOf('head', key);
    expect(opinion.opinion).toBe(true);
    expect((await act('head', opinion.id, 'complete', { outcome: 'agree', note: '同意' })).statusCode).toBe(200);
    const shown = (await call(house, { url: `/api/workflow/tasks/${id}`, cookie: cookies.clerk })).json();
    expect(shown.opinions).toEqual([expect.objectContaining({ outcome: 'agree', note: '同意' })]);
    expect((await act('clerk', id, 'delegate', { unit: 'nowhere', post: 'unit-head' })).statusCode).toBe(400);
    // Nobody would find it at a unit that was abolished: the field names who does its work now.
    await tx(async (db) => {
      await db.run(sql`
        insert into identity.unit (code, kind, parent, name, name_en, position, valid_from, valid_to)
        values ('old-parks', 'department', 'government', '区园林局', 'Old Parks Office', 902, '2010-01-01', '2019-01-01')`);
      await db.run(sql`
        insert into identity.unit_successor (unit, successor, at, by_order) values ('old-parks', 'greening', '2019-01-01', gen_random_uuid())`);
    }, 'identity');
    for (const name of ['delegate', 'countersign'])
      expect((await act('clerk', id, name, { unit: 'old-parks', post: 'unit-head' })).json()).toMatchObject({
        status: 400,
        successors: ['greening'],
        fields: [{ pointer: '/unit', rule: 'abolished', message: expect.stringContaining('绿化') }],
      });
    expect((await act('clerk', id, 'delegate', { unit: UNIT, post: 'unit-head' })).statusCode).toBe(200);
    expect((await act('clerk', id, 'complete')).statusCode).toBe(404);
    expect((await act('head', id, 'complete')).statusCode).toBe(200);
    expect((await stateOf(instance)).status).toBe('completed');
  });

  it('return to an earlier step, and take back before the next has acted', async () => {
    const process = await publish(`${start()}${user('a')}<userTask id="b" ${head}/>${end()}${flow('start a b end')}`);
    const { instance, key } = await begin(process);
    const first = await taskOf('clerk', key);
    await act('clerk', first.id, 'complete');
    expect((await act('clerk', first.id, 'recall')).statusCode).toBe(200);
    expect(await nodesOf(instance)).toEqual(['a']);
    expect((await inbox('head')).some((task) => task.key === key)).toBe(false);
    const again = await taskOf('clerk', key);
    await act('clerk', again.id, 'complete');
    const second = await taskOf('head', key);
    await act('head', second.id, 'claim');
    expect((await act('clerk', again.id, 'recall')).json()).toMatchObject({ code: 'PROCESS_ACT_REFUSED' });
    expect((await act('head', second.id, 'return', { to: 'b', note: '不行' })).statusCode).toBe(409);
    expect((await act('head', second.id, 'return', { to: 'a', note: '材料不全' })).statusCode).toBe(200);
    expect(await nodesOf(instance)).toEqual(['a']);
    const log = await tx((db) =>
      db.rows<{ lifecycle: string }>(sql`
        select lifecycle from workflow.step where instance = ${instance}::uuid and lifecycle in ('recall', 'return', 'assign') order by seq`),
    );
    expect(log.map(({ lifecycle }) => lifecycle)).toEqual(['recall', 'assign', 'return']);
  });

  it('whoever did one step cannot do the one that is separated from it', async () => {
    const process = await publish(
      `${start()}${user('a')}<userTask id="b" district:posts="street-clerk" district:separateFrom="a"/>${end()}${flow('start a b end')}`,
    );
    const { key } = await begin(process);
    await act('clerk', (await taskOf('clerk', key)).id, 'complete');
    expect((await act('clerk', (await taskOf('clerk', key)).id, 'complete')).json()).toMatchObject({
      code: 'DUTIES_SEPARATED',
    });
  });

  it('urges once a working day', async () => {
    const { instance } = await begin(await sign(user('a'), 'start a end'));
    const urge = () =>
      call(house, { method: 'POST', url: `/api/workflow/instances/${instance}/urge`, body: {}, cookie: cookies.clerk });
    expect((await urge()).json()).toEqual({ urged: 1 });
    expect((await urge()).json()).toMatchObject({ code: 'URGED_ALREADY' });
  });

  it('a task follows the post when its holder has left', async () => {
    const { key } = await begin(await sign(user('a'), 'start a end'));
    const { id } = await taskOf('clerk', key);
    await tx((db) => completeTask(db, { services: house.services, task: id }), 'filing', {
      ...system,
      kind: 'person',
      account: 'clerk.successor',
      post: 'street-clerk',
      unit: UNIT,
    });
    expect((await act('clerk', id, 'complete')).json()).toMatchObject({ code: 'TASK_GONE' });
  });
});

describe('what runs without a person', () => {
  it('handlers of the module and decisions in the same transaction; errors of the business are caught', async () => {
    const process = await publish(
      `${start()}<businessRuleTask id="r" district:decision="filing.size" district:result="size"/><serviceTask id="s" district:handler="filing.number" district:result="result"/>
       <boundaryEvent id="no" attachedToRef="s"><errorEventDefinition errorRef="err"/></boundaryEvent>${user('a')}${user('refused')}${flow('start r s a')}${flow('no refused')}`,
      {
        variables: { amount: 'number', size: 'string', result: 'string' },
        root: '<error id="err" errorCode="NO_NUMBER"/>',
      },
    );
    const good = await begin(process, { variables: { amount: 200 }, key: 'numbered-1' });
    expect(await nodesOf(good.instance)).toEqual(['a']);
    expect((await stateOf(good.instance)).state.variables).toEqual({ amount: 200, size: 'large', result: 'numbered' });
    const bad = await begin(process, { variables: { amount: 2 }, key: 'refused-1' });
    expect(await nodesOf(bad.instance)).toEqual(['refused']);
  });

  it('a handler that goes outside is tried again, then shown as an incident that a person retries', async () => {
    const process = await publish(
      `${start()}<serviceTask id="s" district:handler="filing.outside"/>${user('a')}${flow('start s a')}`,
    );
    outside.set('down-1', 'down');
    const { instance } = await begin(process, { key: 'down-1' });
    await tx(
      (db) => db.run(sql`update kernel.job set attempts = 4 where payload->>'instance' = ${instance}`),
      'kernel',
    );
    house.services.wake();
    const incident = await vi.waitFor(
      async () => {
        const { incidents } = (await call(house, { url: '/api/workflow/incidents', cookie: cookies.operator })).json();
        const found = incidents.find((each: { instance: string }) => each.instance === instance);
        expect(found).toBeDefined();
        return found as { id: string; error: string };
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(incident.error).toContain('does not answer');
    outside.set('down-1', 'yes');
    const retry = () =>
      call(house, {
        method: 'POST',
        url: `/api/workflow/incidents/${incident.id}/retry`,
        body: {},
        cookie: cookies.operator,
      });
    expect((await retry()).json()).toEqual({ retried: true });
    await vi.waitFor(async () => expect(await nodesOf(instance)).toEqual(['a']), { timeout: 60_000, interval: 200 });
    expect((await retry()).statusCode).toBe(404);
  });

  it('called processes, messages between instances, and cancelling all of it', async () => {
    const child = await publish(`${start()}${user('inner')}${end()}${flow('start inner end')}`);
    const process = await publish(
      `${start()}<callActivity id="call" calledElement="${child}"/>${user('a')}${flow('start call a')}`,
    );
    const { instance, key } = await begin(process);
    await act('clerk', (await taskOf('clerk', key)).id, 'complete');
    expect(await nodesOf(instance)).toEqual(['a']);
    const other = await begin(process);
    await tx((db) => cancelProcess(db, { services: house.services, instance: other.instance }));
    expect((await inbox('clerk')).some((task) => task.key === other.key)).toBe(false);

    const root = '<message id="m" name="filing.answer"/>';
    const waits = await publish(`${start()}<receiveTask id="w" messageRef="m"/>${user('a')}${flow('start w a')}`, {
      root,
    });
    const waiting = await begin(waits);
    const sends = await publish(`${start()}<sendTask id="s" messageRef="m"/>${end()}${flow('start s end')}`, { root });
    await begin(sends, { key: waiting.key });
    house.services.wake();
    await vi.waitFor(async () => expect(await nodesOf(waiting.instance)).toEqual(['a']), {
      timeout: 60_000,
      interval: 200,
    });
    expect(
      await tx((db) => correlateMessage(db, { services: house.services, message: 'filing.answer', key: waiting.key })),
    ).toBe(0);
  });

  it('a signal reaches every instance that waits for it', async () => {
    const root = '<signal id="s" name="filing.storm"/>';
    const waits = await publish(
      `${start()}<intermediateCatchEvent id="w"><signalEventDefinition signalRef="s"/></intermediateCatchEvent>${user('a')}${flow('start w a')}`,
      { root },
    );
    const waiting = [await begin(waits), await begin(waits)];
    const throws = await publish(
      `${start()}${end('out', '<signalEventDefinition signalRef="s"/>')}${flow('start out')}`,
      { root },
    );
    await begin(throws);
    house.services.wake();
    await vi.waitFor(
      async () => {
        for (const { instance } of waiting) expect(await nodesOf(instance)).toEqual(['a']);
      },
      { timeout: 60_000, interval: 200 },
    );
  });

  it('timers fire once they are due, in batches; one that finds no way on is an incident', async () => {
    const late = `<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>`;
    const process = await publish(
      `${start()}${user('a')}${late}${user('b')}${end()}${flow('start a end')}${flow('late b')}`,
    );
    const begun = [];
    for (let each = 0; each < 5; each += 1) begun.push(await begin(process));
    const nowhere = await publish(
      `${start()}${user('a')}${late}<exclusiveGateway id="x"/>${user('b')}${user('c')}${end()}${flow('start a end')}${flow('late x')}${flow('x b', 'n > 1')}${flow('x c', 'n > 2')}`,
      { variables: { n: 'number' } },
    );
    const lost = await begin(nowhere);
    expect(await fireTimers(house.services)).toBe(0);
    await moveClock(house, 7_200);
    await Promise.all([fireTimers(house.services), fireTimers(house.services)]);
    expect(await fireTimers(house.services)).toBe(0);
    for (const { instance } of begun) expect(await nodesOf(instance)).toEqual(['b']);
    expect(await nodesOf(lost.instance)).toEqual(['a']);
    await moveClock(house, 0);
    const { incidents } = (await call(house, { url: '/api/workflow/incidents', cookie: cookies.operator })).json();
    expect(incidents).toContainEqual(expect.objectContaining({ instance: lost.instance, kind: 'timer', node: 'late' }));
  });
});

describe('versions', () => {
  it('an instance stays on its version until it is moved, and is not moved where it has no place', async () => {
    const id = await publish(`${start()}${user('a')}${end()}${flow('start a end')}`, { id: 'versioned' });
    const { instance, key } = await begin(id);
    await publish(`${start()}${user('renamed')}${user('b')}${end()}${flow('start renamed b end')}`, {
      id: 'versioned',
    });
    expect(await stateOf(instance)).toMatchObject({ version: 1 });
    const move = (map?: Record<string, string>) =>
      tx((db) => moveInstance(db, { services: house.services, instance, version: 2, ...(map && { map }) }));
    await expect(move()).rejects.toMatchObject({
      spec: { code: 'PROCESS_ACT_REFUSED' },
      extra: { faults: [{ element: 'a' }] },
    });
    await move({ a: 'renamed' });
    expect(await stateOf(instance)).toMatchObject({ version: 2 });
    await act('clerk', (await taskOf('clerk', key)).id, 'complete');
    expect(await nodesOf(instance)).toEqual(['b']);
  });

  it('the same file again is the version that is there', async () => {
    await permit();
    const versions = await tx((db) =>
      db.one<{ count: number }>(sql`select count(*)::int as count from workflow.definition where process = 'permit'`),
    );
    expect(versions.count).toBe(1);
  });
});

describe('the inbox as it changes', () => {
  /** What a reader was told, from the moment at which the line stood; `last` is the state that it has from before. */
  const follow = async (who: Who | undefined, last?: string) => {
    if (!house.server.fastify.server.listening) await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
    const { port } = house.server.fastify.server.address() as AddressInfo;
    const told = { text: '', status: 0, cut: () => sent.destroy() };
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: '/workflow/inbox',
        headers: { ...(who && { cookie: cookies[who] }), ...(last !== undefined && { 'last-event-id': last }) },
      },
      (reply) => {
        told.status = reply.statusCode ?? 0;
        reply.setEncoding('utf8').on('data', (text: string) => {
          told.text += text;
        });
      },
    );
    sent.on('error', () => undefined).end();
    await vi.waitFor(() => expect(told.status).toBeGreaterThan(0), { timeout: 20_000 });
    return told;
  };
  const ids = (text: string): string[] => [...text.matchAll(/^id: (\w+)$/gm)].map(([, id]) => id ?? '');
  const events = (told: { text: string }, n: number) =>
    vi.waitFor(() => expect(ids(told.text)).toHaveLength(n), { timeout: 20_000 });

  it('tells the post whose list has changed, with nothing of what is on it', async () => {
    const process = await publish(start() + user('one') + end() + flow('start one') + flow('one end'));
    const [clerk, other] = [await follow('clerk'), await follow('other')];
    await Promise.all([events(clerk, 1), events(other, 1)]);
    const { key } = await begin(process);
    await events(clerk, 2);
    expect(
      clerk.text.replaceAll(/^(?:retry: 1000|event: inbox|: here|id: \w{32}|data: {"mark":"\w{32}"}|)$/gm, '').trim(),
    ).toBe('');
    const task = await taskOf('clerk', key);
    await act('clerk', task.id, 'claim');
    await events(clerk, 3);
    await act('clerk', task.id, 'complete');
    await events(clerk, 4);
    expect(ids(other.text)).toHaveLength(1);
    clerk.cut();
    other.cut();
  });

  it('a reader that was cut off is told at once what it has missed, and nothing where it has missed nothing', async () => {
    const process = await publish(start() + user('one') + end() + flow('start one') + flow('one end'));
    const first = await follow('clerk');
    await events(first, 1);
    first.cut();
    const [seen = ''] = ids(first.text);
    await begin(process);
    const back = await follow('clerk', seen);
    await events(back, 1);
    expect(ids(back.text)).not.toContain(seen);
    const [now = ''] = ids(back.text);
    const again = await follow('clerk', now);
    await begin(process);
    await Promise.all([events(back, 2), events(again, 1)]);
    expect(ids(again.text)).toEqual(ids(back.text).slice(1));
    back.cut();
    again.cut();
  });

  it('is for who has tasks', async () => {
    expect((await follow(undefined)).status).toBe(401);
    expect((await follow('operator')).status).toBe(403);
  });
});

describe('who is gone', () => {
  it('an approver who leaves office in mid-case leaves the task to whoever holds the post next', async () => {
    const process = await publish(`${start()}${user('one')}${user('two')}${end()}${flow('start one two end')}`);
    const unit = 'street-310101013';
    const key = `case-${(made += 1)}`;
    await tx((db) => startProcess(db, { services: house.services, process, key, unit }));
    const { id } = await taskOf('other', key);
    const post = { unit, post: 'street-clerk' as const };
    expect((await act('other', id, 'claim')).statusCode).toBe(200);
    const next: Actor = { ...system, kind: 'person', account: 'clerk.next', reach: 'own', ...post };
    const done = () => tx((db) => completeTask(db, { services: house.services, task: id }), 'workflow', next);
    expect(await releaseLeft(house.services)).toBe(0);
    await expect(done()).rejects.toMatchObject({ spec: { code: 'TASK_HELD' } });
    // A second one is handed to that person alone.
    const second = `case-${(made += 1)}`;
    await tx((db) => startProcess(db, { services: house.services, process, key: second, unit }));
    const alone = await taskOf('other', second);
    expect((await act('other', alone.id, 'delegate', { ...post, account: WHO.other })).statusCode).toBe(200);
    const now = house.services.clock.now();
    await tx((db) => endAssignments({ db, account: WHO.other, now }), 'identity');
    // One by one: whoever keeps a task does not hide those behind.
    expect(await releaseLeft(house.services, 1)).toBe(2);
    await done();
    await tx((db) => completeTask(db, { services: house.services, task: alone.id }), 'workflow', next);
    expect(await releaseLeft(house.services)).toBe(0);
  });
});
