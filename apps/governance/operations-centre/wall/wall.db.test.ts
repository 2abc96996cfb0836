import { get as httpGet, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident } from '#platform/case/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { MOST_REPLAY } from '#platform/kernel/event-stream.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { signal } from '#platform/signal/app.ts';
import { operationsCentre } from '../app.ts';
import { joinRooms } from '#platform/kernel/rooms.ts';
import { wall } from './room.ts';
import { watchSources } from './watch-sources.ts';

const UNIT = 'street-310101023';
let house: TestHouse;
let port = 0;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  const { id, kind, folder, title } = operationsCentre;
  // The actions of orders and incidents are those of their rooms.
  const { actions } = operationsCentre;
  const ops = app({ id, kind, folder, title, ...joinRooms([wall]), actions });
  house = await openHouse({
    manifests: [
      identity,
      rulebook,
      calendar,
      access,
      audit,
      search,
      catalog,
      document,
      exchange,
      geo,
      incident,
      { ...signal, timers: [] },
      ops,
    ],
    work: false,
  });
  for (const account of ['duty.ops', 'head.ruijin', 'head.bund', 'leader.chen', 'citizen.wei'])
    cookies[account] = await signIn(house, account);
  await house.server.fastify.listen({ port: 0, host: '127.0.0.1' });
  port = (house.server.fastify.server.address() as AddressInfo).port;
}, 300_000);
const open: Line[] = [];
afterEach(() => {
  for (const line of open.splice(0)) line.cut();
});
afterAll(() => house?.close());

const inside = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'signal', actor: systemActor({ name: 'test' }) }, work);
const raised = (db: Db, alert: string) => db.emit({ type: 'signal.alert.raised', subject: alert });

async function alert(unit = UNIT, level = 3): Promise<string> {
  const { id } = await inside((db) =>
    db.one<{ id: string }>(sql`
      insert into signal.alert (id, number, kind, source, subject, title, level, unit, state, raised_at, last_at, lon, lat)
      select i, i::text, 'water', 'test', 'test', '{"zh":"积水","en":"Water"}', ${level}::int, ${unit}, 'open', kernel.now(), kernel.now(), 121.47, 31.21 from kernel.uuidv7() i
      returning id`),
  );
  return id;
}

type Event = { id: string; name: string; subject?: string; row?: { level: number } };
type Line = { status: number; events: Event[]; cut(): void };

async function follow(account: string, options: { last?: string; query?: string } = {}): Promise<Line> {
  const headers = { cookie: cookies[account], ...(options.last && { 'last-event-id': options.last }) };
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port, path: `/live/events${options.query ?? ''}`, headers, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
  const line: Line = { status: reply.statusCode ?? 0, events: [], cut: () => reply.destroy() };
  let rest = '';
  reply.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? '';
      if (field('event')) line.events.push({ id: field('id'), name: field('event'), ...JSON.parse(field('data')) });
    }
  });
  reply.on('error', () => undefined);
  open.push(line);
  if (line.status === 200) await vi.waitFor(() => expect(line.events.length).toBeGreaterThan(0));
  return line;
}
const told = (line: Line) => line.events.filter(({ name }) => name === 'event').map(({ subject }) => subject);
const heard = (line: Line, count: number) =>
  vi.waitFor(() => expect(told(line)).toHaveLength(count), { timeout: 10_000 });

describe('the stream of events', () => {
  it('tells everybody the same in the same order, and who was cut misses nothing and hears nothing twice', async () => {
    const id = await alert();
    const others = [await alert(), await alert()];
    const [one, two] = [await follow('duty.ops'), await follow('leader.chen')];
    await inside((db) => raised(db, id));
    await heard(one, 1);
    await heard(two, 1);
    one.cut();
    for (const other of others) await inside((db) => raised(db, other));
    await heard(two, 3);
    const back = await follow('duty.ops', { last: one.events.at(-1)?.id });
    await heard(back, 2);
    await inside((db) => raised(db, id));
    await heard(back, 3);
    await heard(two, 4);
    expect([id, ...told(back)]).toEqual(told(two));
    const byQuery = await follow('duty.ops', { query: `?last=${two.events.at(-2)?.id}&kinds=alert` });
    await heard(byQuery, 1);
  });

  it('tells a unit what is its own, and who may follow nothing is refused', async () => {
    const [own, foreign] = [await alert(UNIT), await alert('street-310101013')];
    const [ruijin, bund] = [await follow('head.ruijin'), await follow('head.bund')];
    await inside(async (db) => {
      await raised(db, own);
      await raised(db, foreign);
      // Nobody has declared it: it reaches nobody.
      await db.emit({ type: 'signal.secret', subject: own });
    });
    await heard(ruijin, 1);
    await heard(bund, 1);
    expect([told(ruijin), told(bund)]).toEqual([[own], [foreign]]);
    expect(ruijin.events.at(-1)?.row).toMatchObject({ level: 3 });
    expect((await follow('citizen.wei')).status).toBe(403);
    expect((await call(house, { url: '/live/events' })).statusCode).toBe(401);
    expect((await follow('duty.ops', { query: '?kinds=none' })).status).toBe(403);
  });

  it('waits for who began earlier and commits later', async () => {
    if (house.kind !== 'postgres') return;
    const [early, late] = [await alert(), await alert()];
    const line = await follow('duty.ops');
    let commit: () => void = () => undefined;
    let began: () => void = () => undefined;
    const stands = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const written = new Promise<void>((resolve) => {
      began = resolve;
    });
    const first = inside(async (db) => {
      await raised(db, early);
      began();
      await stands;
    });
    await written;
    await inside((db) => raised(db, late));
    // Who comes while it stands hears neither yet.
    const joined = await follow('duty.ops');
    expect([...told(line), ...told(joined)]).toEqual([]);
    commit();
    await first;
    await heard(line, 2);
    await heard(joined, 2);
    expect([told(line), told(joined)]).toEqual([
      [early, late],
      [early, late],
    ]);
  });

  it('says that the state is to be read anew, where more was missed than it tells', async () => {
    const id = await alert();
    const line = await follow('duty.ops');
    const last = line.events.at(-1)?.id;
    line.cut();
    await inside((db) =>
      db.run(
        sql`select kernel.emit('signal.alert.raised', ${id}, '{}') from generate_series(1, ${MOST_REPLAY + 1}::int)`,
      ),
    );
    // Transactions of others on the same server hold back what counts as committed.
    const back = await vi.waitFor(
      async () => {
        const line = await follow('duty.ops', { last });
        if (line.events[0]?.name !== 'reset') line.cut();
        expect(line.events[0]?.name).toBe('reset');
        return line;
      },
      { timeout: 20_000, interval: 500 },
    );
    await inside((db) => raised(db, id));
    await heard(back, 1);
  });
});

describe('a line that somebody does not read', () => {
  it('is cut, holds nobody else, and a place that was never reached is told to read anew', async () => {
    const id = await alert();
    await inside((db) =>
      db.run(sql`
        update signal.alert set title = jsonb_build_object('zh', repeat('水', 700), 'en', repeat('w', 1000)) where id = ${id}::uuid`),
    );
    const far = await follow('duty.ops', { last: '999999999999-1' });
    expect(far.events[0]?.name, 'the place of another database').toBe('reset');
    expect((await follow('duty.ops', { last: far.events[0]?.id })).events[0]?.name).toBe('here');
    if (house.kind !== 'postgres') return;
    const line = await follow('leader.chen');
    const lazy = connect({ host: '127.0.0.1', port });
    lazy.on('error', () => undefined).pause();
    lazy.write(`GET /live/events HTTP/1.1\r\nhost: x\r\ncookie: ${cookies['duty.ops']}\r\n\r\n`);
    // More than what the lines between hold by themselves.
    const [rounds, each] = [2, 2_500];
    for (let n = 1; n <= rounds; n += 1) {
      await inside((db) =>
        db.run(sql`select kernel.emit('signal.alert.raised', ${id}, '{}') from generate_series(1, ${each}::int)`),
      );
      await vi.waitFor(() => expect(told(line).filter((subject) => subject === id)).toHaveLength(n * each), {
        timeout: 20_000,
      });
    }
    const ended = new Promise<void>((resolve) => lazy.once('close', () => resolve()));
    lazy.resume();
    await ended;
  });
});

describe('the wall', () => {
  const show = async (account: string) =>
    (await call(house, { url: '/api/ops/wall', cookie: cookies[account] })).json<{
      index: { value: number | null; fresh: number; missing: string[] };
      weights: { consistent: boolean; days: number; ratio: number };
      vitals: { id: string; value: number | null; act: boolean; weight: number }[];
      queue: { id: string; path: string }[];
      sources: { id: string; fresh: boolean; heard: string | null }[];
    }>();
  const value = (of: Awaited<ReturnType<typeof show>>, id: string) => of.vitals.find((vital) => vital.id === id)?.value;

  const weight = (of: Awaited<ReturnType<typeof show>>, id: string) =>
    of.vitals.find((vital) => vital.id === id)?.weight as number;

  it('shows each their own figures, and what is behind each tile', async () => {
    const id = await alert('street-310101022', 1);
    const [duty, bund] = [await show('duty.ops'), await show('head.bund')];
    expect(value(duty, 'alert.open')).toBeGreaterThan(value(bund, 'alert.open') as number);
    expect(duty.queue[0]).toMatchObject({ id, path: `/gov/alerts/${id}` });
    for (const vital of duty.vitals) {
      const reply = await call(house, { url: `/api/ops/vitals/${vital.id}`, cookie: cookies['duty.ops'] });
      expect(reply.statusCode, reply.body).toBe(200);
    }
    const foreign = await call(house, { url: '/api/ops/vitals/alert.open', cookie: cookies['head.bund'] });
    expect(foreign.body).not.toContain(id);
    expect((await call(house, { url: '/api/ops/wall', cookie: cookies['citizen.wei'] })).statusCode).toBe(403);
  });

  it('a source silent for more than twice its interval gives no figure, and its weight leaves the index', async () => {
    const before = await show('duty.ops');
    expect(before.sources).toMatchObject([
      { id: 'alert', fresh: true },
      { id: 'case', fresh: false, heard: null },
      { id: 'order', fresh: false, heard: null },
      { id: 'incident', fresh: false, heard: null },
      { id: 'cluster', fresh: false, heard: null },
    ]);
    // No case was ever heard of, and no order has been given here: more than half of the weight is missing.
    expect(before.index).toEqual({
      value: null,
      fresh: expect.closeTo(weight(before, 'alert.standing'), 9),
      missing: ['case.overdue', 'case.on-time', 'order.receipt'],
    });
    expect(before.weights).toMatchObject({ consistent: true, days: 0 });
    expect(value(before, 'case.open')).toBeNull();
    await moveClock(house, 25 * 3600);
    cookies['duty.ops'] = await signIn(house, 'duty.ops');
    const after = await show('duty.ops');
    expect(after.sources[0]).toMatchObject({ id: 'alert', fresh: false });
    expect(value(after, 'alert.open')).toBeNull();
    expect(after.index).toMatchObject({ value: null, fresh: 0 });
  });

  it('tells the duty officer once that a source is silent, and anew when it is silent again', async () => {
    const told = () =>
      inside((db) =>
        db.rows<{ subject: string }>(
          sql`select subject from signal.alert where kind = 'source-silent' order by raised_at`,
        ),
      );
    // Only what was heard before can fall silent: cases, orders and incidents never said anything here.
    expect(await watchSources(house.services)).toEqual(['alert']);
    expect(await watchSources(house.services)).toEqual([]);
    expect(await told()).toEqual([{ subject: 'alert' }]);
    await alert();
    expect(await watchSources(house.services)).toEqual([]);
    await moveClock(house, 51 * 3600);
    expect(await watchSources(house.services)).toEqual(['alert']);
    expect(await told()).toHaveLength(2);
  });

  it('shows the index with 15 % of the weight stale, and withholds it with 30 %', async () => {
    await alert();
    cookies['duty.ops'] = await signIn(house, 'duty.ops');
    const ops = <T>(work: (db: Db) => Promise<T>) =>
      house.services.database.tx({ module: 'ops', actor: systemActor({ name: 'test' }) }, work);
    await house.services.database.tx({ module: 'incident', actor: systemActor({ name: 'test' }) }, async (db) => {
      const { id } = await db.one<{ id: string }>(sql`
        insert into incident.case_file (id, no, source, class, description, lon, lat, street, committee, cell, state, units, reported_at, updated_at)
        select i, 'T1', 'grid', 'P0101', '样例', 121.47, 31.21, '310101023', '310101023001', '31010102300101', 'handling', '{}', kernel.now(), kernel.now() from kernel.uuidv7() i returning id`);
      await db.run(sql`
        insert into incident.event (case_id, at, kind, by_account, by_name, shown, data) values (${id}::uuid, kernel.now(), 'report', 'test', '样例', true, '{}')`);
      await db.run(sql`
        insert into calendar.clock (id, app, kind, subject, basis, basis_version, amount, unit, started_at, start_event, due_at, amber_at, provisional, edition, ended_at, state)
        select kernel.uuidv7(), 'incident', 'incident.handle', ${id}, 'x', 1, 1, 'hour', kernel.now(), 'x', kernel.now(), kernel.now(), false, gen_random_uuid(), kernel.now(), 'ended'`);
    });
    await ops(async (db) => {
      const { id } = await db.one<{ id: string }>(sql`
        insert into ops.command_order (id, no, title, demand, urgent, state, feedback_minutes, due_at, drafted_by, drafted_name, drafted_at, issued_by, issued_name, issued_at)
        select kernel.uuidv7(), 'T1', '样例', '样例要求', true, 'issued', 30, kernel.now(), 't', 't', kernel.now(), 't', 't', kernel.now() returning id`);
      await db.run(sql`
        insert into ops.order_line (id, ord, unit, state, sent_at, receive_due, received_at, received_by)
        values (kernel.uuidv7(), ${id}::uuid, 'emergency', 'received', kernel.now(), kernel.now() + interval '5 minutes', kernel.now(), 't')`);
      await db.run(sql`
        insert into ops.order_entry (id, ord, at, what, by_account, by_name) values (kernel.uuidv7(), ${id}::uuid, kernel.now(), 'received', 't', 't')`);
    });
    const all = await show('duty.ops');
    expect(all.index.missing).toEqual([]);
    expect(all.index.value).not.toBeNull();
    // Alerts alone fall silent, 15 % of the weight; then orders as well, 31 %, while cases are heard.
    const silence = (id: string) =>
      house.services.database.tx({ module: 'signal', actor: systemActor({ name: 'test' }) }, async (db) => {
        await db.run(
          sql`update signal.alert set last_at = kernel.now() - interval '25 hours' where kind <> 'source-silent' and ${id} = 'alert'`,
        );
        await db.run(sql`delete from signal.source_minute where ${id} = 'alert'`);
      });
    await silence('alert');
    const one = await show('duty.ops');
    expect(one.index.missing).toEqual(['alert.standing']);
    expect(one.index.fresh).toBeCloseTo(1 - weight(one, 'alert.standing'), 9);
    expect(one.index.value).not.toBeNull();
    await moveClock(house, (51 + 25) * 3600);
    cookies['duty.ops'] = await signIn(house, 'duty.ops');
    await house.services.database.tx({ module: 'incident', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(sql`
        insert into incident.event (case_id, at, kind, by_account, by_name, shown, data)
        select id, kernel.now(), 'take', 'test', '样例', true, '{}' from incident.case_file where no = 'T1'`),
    );
    const more = await show('duty.ops');
    expect(more.index).toMatchObject({ value: null, missing: ['alert.standing', 'order.receipt'] });
    expect(more.index.fresh).toBeLessThanOrEqual(0.7);
  });
});
