import { hash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { signal } from './app.ts';
import { draftExample } from './cap/draft-warning.ts';
import type { CapMessage } from './cap/message.ts';
import { writeCap } from './cap/write-cap.ts';
import { tell } from './tell/tell.ts';
import { quietUntil } from './tell/quiet.ts';
import { unsubscribeToken } from './tell/unsubscribe-link.ts';

const DUTY = 'duty.ops';
const HEAD = 'head.cyberspace';
const CITIZEN = 'citizen.wei';
const mails: { to: string; raw: string }[] = [];
/** What the mail server does with the next mail. */
let refuse = 0;
let house: TestHouse;
let smtp: SMTPServer;
const file = join(tmpdir(), `messaging-${process.pid}.json`);

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      let raw = '';
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
      stream.on('end', () => {
        if (refuse > 0) {
          refuse -= 1;
          done(Object.assign(new Error('busy'), { responseCode: 451 }));
          return;
        }
        const [to] = session.envelope.rcptTo;
        mails.push({ to: to?.address ?? '', raw });
        done();
      });
    },
  });
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  const { port } = smtp.server.address() as AddressInfo;
  await writeFile(
    file,
    JSON.stringify({
      smtp: {
        host: '127.0.0.1',
        port,
        secure: false,
        plain: true,
        from: 'notice@district.example',
        networks: ['127.0.0.0/8'],
      },
    }),
  );
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, { ...signal, timers: [] }],
    env: { MESSAGING_FILE: file },
  });
}, 300_000);
afterAll(async () => {
  await house?.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});

const tx = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'signal', actor: systemActor({ name: 'test' }) }, work);
const cookies = new Map<string, string>();
async function cookieOf(account: string): Promise<string> {
  const cookie = cookies.get(account) ?? (await signIn(house, account));
  cookies.set(account, cookie);
  return cookie;
}
const get = async (account: string | undefined, path: string) =>
  call(house, { url: path, ...(account ? { cookie: await cookieOf(account) } : {}) });
const send = async (account: string, method: 'PUT' | 'POST', path: string, body?: unknown) =>
  call(house, { method, url: `/api/signal/${path}`, body, cookie: await cookieOf(account) });
const draft = (more: Record<string, unknown> = {}) => ({
  ...draftExample('2099-01-01T00:00:00+08:00'),
  status: 'Actual',
  ...more,
});
type View = { id: string; identifier: string; state: string; message: CapMessage; reachesCitizens: boolean };
const drafted = async (more: Record<string, unknown> = {}): Promise<View> =>
  (await send(DUTY, 'POST', 'warnings', draft(more))).json() as View;
const released = async (more: Record<string, unknown> = {}): Promise<View> =>
  (await send(HEAD, 'PUT', `warnings/${(await drafted(more)).id}/released`)).json() as View;
const shown = async (): Promise<string[]> =>
  ((await get(undefined, '/api/signal/public-warnings')).json() as { warnings: { identifier: string }[] }).warnings.map(
    ({ identifier }) => identifier,
  );
const receive = async (account: string, xml: string) =>
  call(house, {
    method: 'POST',
    url: '/api/signal/cap',
    body: Buffer.from(xml) as unknown as object,
    cookie: await cookieOf(account),
    headers: { 'content-type': 'application/xml' },
  });

describe('a public warning', () => {
  it('is drafted by one person and released by another; the drafter is refused, and so is a post that does not decide', async () => {
    const made = await drafted();
    expect(made).toMatchObject({ state: 'submitted', reachesCitizens: true });
    expect(await shown()).toEqual([]);
    expect((await send(DUTY, 'PUT', `warnings/${made.id}/released`)).json()).toMatchObject({
      status: 403,
      code: 'APPROVER_MUST_BE_ANOTHER',
    });
    expect((await send('head.bund', 'PUT', `warnings/${made.id}/released`)).json()).toMatchObject({
      status: 403,
      code: 'WARNING_NOT_FOR_THIS_POST',
    });
    expect((await send(CITIZEN, 'PUT', `warnings/${made.id}/released`)).statusCode).toBe(403);
    expect((await send(HEAD, 'POST', 'warnings', draft())).json()).toMatchObject({ code: 'WARNING_NOT_FOR_THIS_POST' });
    const out = (await send(HEAD, 'PUT', `warnings/${made.id}/released`)).json() as View;
    expect(out).toMatchObject({ state: 'released', identifier: expect.stringMatching(/^\d{14}_\d{14}_\d$/) });
    expect(await shown()).toEqual([out.identifier]);
    expect((await send(HEAD, 'PUT', `warnings/${made.id}/released`)).statusCode).toBe(409);
    const xml = await get(undefined, `/cap/${out.identifier}.xml`);
    expect(xml.headers['content-type']).toMatch('application/cap+xml');
    expect(xml.body).toBe(writeCap(out.message));
    await expect(
      tx((db) => db.run(sql`update signal.warning set approved_by = drafted_by where id = ${out.id}::uuid`)),
    ).rejects.toThrow(/check/i);
  });
  it('the file that is out is signed with the key of its unit, in the register of signatures', async () => {
    const out = await released();
    await house.runtime.worker.drain();
    const xml = (await get(undefined, `/cap/${out.identifier}.xml`)).body;
    const found = await house.services.database.tx({ module: 'document', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select title from document.signature where sm3 = ${hash('sm3', xml, 'hex')}`),
    );
    expect(found).toEqual([{ title: '公共预警' }]);
  });
  it('an update takes the place of what it is about, a cancel ends it, and an exercise changes nothing that is real', async () => {
    const first = await released();
    expect(
      (
        (
          await send(DUTY, 'POST', 'warnings', draft({ msgType: 'Cancel', status: 'Exercise', refersTo: first.id }))
        ).json() as { fields: unknown }
      ).fields,
    ).toMatchObject([{ pointer: '/status' }]);
    const second = await released({ msgType: 'Update', refersTo: first.id });
    expect(second.message.references).toEqual([
      { sender: first.message.sender, identifier: first.identifier, sent: first.message.sent },
    ]);
    expect(await shown()).toContain(second.identifier);
    expect(await shown()).not.toContain(first.identifier);
    await released({ msgType: 'Cancel', refersTo: second.id });
    expect(await shown()).not.toContain(second.identifier);
  });
  it('bad input is refused at its field', async () => {
    const fields = async (more: Record<string, unknown>) =>
      ((await send(DUTY, 'POST', 'warnings', draft(more))).json() as { fields: { pointer: string }[] }).fields.map(
        ({ pointer }) => pointer,
      );
    expect(await fields({ expires: '2020-01-01T00:00:00+08:00' })).toContain('/expires');
    expect(await fields({ msgType: 'Update' })).toEqual(['/refersTo']);
    expect(await fields({ scope: 'Restricted' })).toEqual(['/restriction']);
    expect(
      await fields({
        area: [
          {
            areaDesc: 'x',
            polygon: [
              [
                [31, 121],
                [31, 122],
                [32, 122],
                [32, 121],
              ],
            ],
          },
        ],
      }),
    ).toEqual(['/area/0/polygon/0']);
  });
  it('one of the city is relayed byte for byte, once, and only of a sender that is known', async () => {
    const city = writeCap({
      identifier: 'city-1',
      sender: 'warning@city.example',
      sent: '2026-11-26T20:30:00+08:00',
      status: 'Actual',
      msgType: 'Alert',
      scope: 'Public',
      info: [
        {
          language: 'zh-CN',
          category: ['Met'],
          event: '暴雨',
          urgency: 'Immediate',
          severity: 'Extreme',
          certainty: 'Likely',
          headline: '暴雨红色预警',
          expires: '2099-01-01T00:00:00+08:00',
        },
      ],
    });
    const odd = city.replace('<alert', '<!-- as it came -->\n<alert');
    expect((await receive(DUTY, odd)).statusCode).toBe(201);
    expect((await receive(DUTY, odd)).json()).toMatchObject({ identifier: 'city-1', level: 1 });
    expect((await get(undefined, '/cap/city-1.xml')).body).toBe(odd);
    expect(
      (await receive(DUTY, city.replace('warning@city', 'someone@else').replace('city-1', 'city-2'))).json(),
    ).toMatchObject({ code: 'CAP_SENDER_UNKNOWN' });
    expect((await receive(DUTY, '<!DOCTYPE a [<!ENTITY x "y">]><alert/>')).json()).toMatchObject({ status: 400 });
    expect((await receive(DUTY, `<a>${'x'.repeat(300_000)}</a>`)).statusCode).toBe(413);
  });
});

it('an exercise, a test, a draft or what is not public reaches no citizen, whichever way is tried', async () => {
  const cases = [
    ...(['Exercise', 'Test', 'System', 'Draft'] as const).map((status) => ({ status })),
    { status: 'Actual' as const, scope: 'Private' as const },
    { status: 'Actual' as const, scope: 'Restricted' as const, restriction: 'staff' },
  ];
  const before = await shown();
  for (const { status, ...more } of cases) {
    // Drafted, approved, and taken in from the city.
    const scope = 'scope' in more ? more.scope : 'Public';
    const own = scope === 'Private' ? undefined : await released({ status, ...more });
    const relayed = writeCap({
      identifier: `quiet-${status}-${scope}`,
      sender: 'warning@city.example',
      sent: '2026-11-26T20:30:00+08:00',
      status,
      msgType: 'Alert',
      scope,
      restriction: 'staff',
      addresses: ['a'],
      info: [{ category: ['Met'], event: 'x', urgency: 'Immediate', severity: 'Extreme', certainty: 'Likely' }],
    });
    expect((await receive(DUTY, relayed)).statusCode).toBe(201);
    const ids = await tx((db) =>
      db.rows<{ id: string; identifier: string }>(
        sql`select id, identifier from signal.warning where status = ${status} and scope = ${scope}`,
      ),
    );
    expect(ids.length).toBe(own ? 2 : 1);
    for (const { id, identifier } of ids) {
      // The public list, the file, the job that tells, a message by hand, and the table itself.
      expect((await get(undefined, `/cap/${identifier}.xml`)).statusCode).toBe(404);
      expect((await get(CITIZEN, `/api/signal/warnings/${id}`)).statusCode).toBe(403);
      await tx((db) => db.enqueue({ name: 'tell-citizens', payload: { warning: id } }));
      const message = {
        key: `forced ${id}`,
        about: 'warning' as const,
        subject: id,
        level: 1,
        title: { zh: '演练', en: 'Exercise' },
      };
      await expect(
        tx((db) => tell(db, { accounts: [CITIZEN], message: { ...message, publicWarning: id } })),
      ).rejects.toThrow(/foreign key/i);
      for (const [asStatus, asScope] of [
        [status, scope],
        ['Actual', 'Public'],
      ])
        await expect(
          tx((db) =>
            db.run(sql`
            insert into signal.public_warning (id, identifier, status, scope, message, xml, level, released_at, expires_at)
            values (${id}::uuid, ${identifier}, ${asStatus}, ${asScope}, '{}', 'x', 1, now(), now() + interval '1 day')`),
          ),
        ).rejects.toThrow(/violates (check|foreign key) constraint/);
    }
  }
  await house.runtime.worker.drain();
  expect(await shown()).toEqual(before);
  const told = await tx((db) =>
    db.rows(
      sql`select from signal.message m join signal.warning w on w.id = m.subject where m.citizen and (w.status <> 'Actual' or w.scope <> 'Public')`,
    ),
  );
  expect(told).toEqual([]);
  // What is in the table cannot be turned into an exercise either.
  await expect(
    tx((db) =>
      db.run(sql`update signal.warning set status = 'Test' where id in (select id from signal.public_warning)`),
    ),
  ).rejects.toThrow(/foreign key/i);
});

describe('messages', () => {
  const preference = (more: Record<string, unknown> = {}) => ({
    email: true,
    sms: false,
    wechat: false,
    contact: { email: 'duty@mail.example' },
    quietFrom: null,
    quietTo: null,
    ...more,
  });
  const message = (key: string, level = 2) => ({
    key,
    about: 'alert' as const,
    subject: uuidv7(),
    level,
    title: { zh: `预警 ${key}`, en: `Alert ${key}` },
  });
  const deliveries = (key: string) =>
    tx((db) =>
      db.rows<{ state: string; attempts: number; waits: boolean; error: string | null }>(sql`
      select d.state, d.attempts, d.not_before is not null as waits, d.error from signal.delivery d join signal.message m on m.id = d.message where m.key = ${key}`),
    );

  const unsubscribed = () =>
    tx((db) => db.rows(sql`select account, kind, channel, way from signal.unsubscribed order by account, kind`));

  it('a mail goes out by SMTP, once, however often the same is told', async () => {
    expect((await send(DUTY, 'PUT', 'preferences', preference())).statusCode).toBe(200);
    const about = message('mail-once');
    for (let n = 0; n < 3; n++) await tx((db) => tell(db, { accounts: [DUTY], message: about }));
    await house.runtime.worker.drain();
    await vi.waitFor(() => expect(mails.filter(({ raw }) => raw.includes('Alert mail-once'))).toHaveLength(1), {
      timeout: 5_000,
    });
    await vi.waitFor(
      async () => expect(await deliveries('mail-once')).toMatchObject([{ state: 'sent', attempts: 1 }]),
      { timeout: 5_000 },
    );
    const [mail] = mails.filter(({ raw }) => raw.includes('Alert mail-once'));
    expect(mail).toMatchObject({ to: 'duty@mail.example' });
    expect(mail?.raw).toMatch(/Auto-Submitted: auto-generated/i);
  });
  it('a server that is busy is asked again', async () => {
    refuse = 1;
    await tx((db) => tell(db, { accounts: [DUTY], message: message('mail-again') }));
    await vi.waitFor(
      async () => expect(await deliveries('mail-again')).toMatchObject([{ state: 'sent', attempts: 2 }]),
      { timeout: 12_000, interval: 100 },
    );
  });
  it('without an account of the channel, or an address, the ledger says so', async () => {
    await send(DUTY, 'PUT', 'preferences', preference({ email: false, sms: true, contact: { mobile: '13800000000' } }));
    await tx((db) => tell(db, { accounts: [DUTY], message: message('sms-none') }));
    await vi.waitFor(
      async () =>
        expect(await deliveries('sms-none')).toMatchObject([{ state: 'failed', error: 'no account for this channel' }]),
      { timeout: 5_000 },
    );
    const bad = await send(DUTY, 'PUT', 'preferences', preference({ contact: {} }));
    expect(bad.json()).toMatchObject({ fields: [{ pointer: '/contact/email' }] });
  });
  it('of a kind that somebody unsubscribed from do not come by that channel; the bell has them, and the grave ones come', async () => {
    const off = [{ kind: 'alert', channel: 'email' }];
    const put = await send(DUTY, 'PUT', 'preferences', preference({ off }));
    const kinds = (put.json() as { kinds: { kind: string; locked: object | null; off: string[] }[] }).kinds;
    expect(kinds.find(({ kind }) => kind === 'alert')).toMatchObject({ locked: null, off: ['email'] });
    // What cannot be unsubscribed from is shown with its reason, and refused at the field, in both languages.
    expect(kinds.find(({ kind }) => kind === 'alert-grave')).toMatchObject({
      locked: { zh: expect.stringContaining('不能退订'), en: expect.stringContaining('cannot be unsubscribed') },
    });
    for (const kind of ['alert-grave', 'order', 'case-binding']) {
      const bad = await send(DUTY, 'PUT', 'preferences', preference({ off: [...off, { kind, channel: 'email' }] }));
      expect(bad.json()).toMatchObject({ status: 400, fields: [{ pointer: '/off/1/kind', rule: 'locked' }] });
    }
    await tx((db) => tell(db, { accounts: [DUTY], message: message('off-three', 3) }));
    await tx((db) => tell(db, { accounts: [DUTY], message: message('off-two', 2) }));
    await vi.waitFor(async () => expect(await deliveries('off-two')).toMatchObject([{ state: 'sent' }]), {
      timeout: 5_000,
    });
    expect(await deliveries('off-three')).toEqual([]);
    const list = (await get(DUTY, '/api/signal/messages')).json() as { messages: { title: { en: string } }[] };
    expect(list.messages.map(({ title }) => title.en)).toContain('Alert off-three');
    // A body that does not speak of it leaves it; an empty list takes all of it back.
    await send(DUTY, 'PUT', 'preferences', preference());
    expect(await unsubscribed()).toEqual([{ account: DUTY, kind: 'alert', channel: 'email', way: 'page' }]);
    await send(DUTY, 'PUT', 'preferences', preference({ off: [] }));
    expect(await unsubscribed()).toEqual([]);
  });
  it('are unsubscribed from by the link of a mail, without signing in; opening it changes nothing, and it only narrows', async () => {
    await send(DUTY, 'PUT', 'preferences', preference());
    await tx((db) => tell(db, { accounts: [DUTY], message: message('link-three', 3) }));
    await tx((db) => tell(db, { accounts: [DUTY], message: message('link-two', 2) }));
    const mail = (title: string) =>
      mails.find(({ raw }) => raw.includes(title))?.raw.replaceAll(/\r\n[ \t]+/g, '') ?? '';
    await vi.waitFor(() => expect(mail('Alert link-three') && mail('Alert link-two')).not.toBe(''), { timeout: 5_000 });
    expect(mail('Alert link-three')).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/i);
    // What has to reach people carries no link.
    expect(mail('Alert link-two')).not.toMatch(/List-Unsubscribe/i);
    const link = new URL(/List-Unsubscribe: ?<([^>]+)>/i.exec(mail('Alert link-three'))?.[1] ?? '').pathname;
    const post = (url: string, body = 'List-Unsubscribe=One-Click', type = 'application/x-www-form-urlencoded') =>
      call(house, { method: 'POST', url, body: body as unknown as object, headers: { 'content-type': type } });
    const opened = await get(undefined, link);
    expect([opened.statusCode, opened.body.includes('三'), opened.body.includes(DUTY)]).toEqual([200, false, false]);
    expect(opened.body).toContain('Alerts of level III, IV');
    expect((await post(link, 'anything=else')).statusCode).toBe(400);
    const forged = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    const other = link.replace(/[0-9a-f-]{36}/, uuidv7());
    for (const bad of [forged, other, link.split('.')[0] ?? '', `${link}x`]) {
      expect((await get(undefined, bad)).statusCode).toBe(404);
      expect((await post(bad)).statusCode).toBe(404);
    }
    expect(await unsubscribed()).toEqual([]);
    expect((await post(link)).statusCode).toBe(200);
    const form = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    expect((await post(link, form, 'multipart/form-data; boundary=x')).statusCode).toBe(200);
    expect(await unsubscribed()).toEqual([{ account: DUTY, kind: 'alert', channel: 'email', way: 'mail' }]);
    // A token of what is locked would change nothing either.
    const { id } = await tx((db) => db.one<{ id: string }>(sql`select id from signal.message where key = 'link-two'`));
    const locked = await post(`/signal/unsubscribe/${unsubscribeToken(house.services, id)}`);
    expect([locked.statusCode, locked.body.includes('不能退订')]).toEqual([409, true]);
    expect(await unsubscribed()).toHaveLength(1);
    const audits = await house.services.database.tx(
      { module: 'audit', actor: systemActor({ name: 'test' }), readOnly: true },
      (db) =>
        db.one<{ n: number }>(
          sql`select count(*)::int as n from audit.access where route like 'POST /signal/unsubscribe%'`,
        ),
    );
    expect(audits.n).toBe(1);
    await send(DUTY, 'PUT', 'preferences', preference({ off: [] }));
  });
  it('that waited when their reader unsubscribed are dropped', async () => {
    const hour = (shift: number) =>
      new Date(house.services.clock.now().getTime() + (8 + shift) * 3_600_000).toISOString().slice(11, 16);
    await send(DUTY, 'PUT', 'preferences', preference({ quietFrom: hour(-1), quietTo: hour(1) }));
    await tx((db) => tell(db, { accounts: [DUTY], message: message('late', 3) }));
    await send(DUTY, 'PUT', 'preferences', preference({ off: [{ kind: 'alert', channel: 'email' }] }));
    const { id } = await tx((db) => db.one<{ id: string }>(sql`select id from signal.message where key = 'late'`));
    await tx((db) => db.enqueue({ name: 'deliver', payload: { message: id, channel: 'email' }, key: `now ${id}` }));
    await vi.waitFor(async () => expect(await deliveries('late')).toMatchObject([{ state: 'dropped' }]), {
      timeout: 5_000,
    });
    await send(DUTY, 'PUT', 'preferences', preference({ off: [] }));
  });
  it('quiet hours hold what is not level I', async () => {
    const now = house.services.clock.now();
    const hour = (shift: number) => new Date(now.getTime() + (8 + shift) * 3_600_000).toISOString().slice(11, 16);
    await send(DUTY, 'PUT', 'preferences', preference({ quietFrom: hour(-1), quietTo: hour(1) }));
    await tx((db) => tell(db, { accounts: [DUTY], message: message('quiet-two', 2) }));
    await tx((db) => tell(db, { accounts: [DUTY], message: message('quiet-one', 1) }));
    await vi.waitFor(
      async () => expect(await deliveries('quiet-one')).toMatchObject([{ state: 'sent', waits: false }]),
      { timeout: 5_000 },
    );
    expect(await deliveries('quiet-two')).toMatchObject([{ state: 'waiting', waits: true, attempts: 0 }]);
  });
  it('quiet hours over midnight end in the morning', () => {
    const at = (text: string) =>
      quietUntil({ from: '22:00', to: '07:00', now: new Date(`${text}+08:00`) })?.toISOString();
    expect(at('2026-11-26T23:00:00')).toBe('2026-11-26T23:00:00.000Z');
    expect(at('2026-11-27T06:59:00')).toBe('2026-11-26T23:00:00.000Z');
    expect(at('2026-11-27T07:00:00')).toBeUndefined();
    expect(at('2026-11-26T12:00:00')).toBeUndefined();
  });
  it('my messages are mine: counted, read, and kept from others', async () => {
    const key = message('mine');
    await tx((db) => tell(db, { accounts: [HEAD], message: key }));
    const list = async (who: string) =>
      (await get(who, '/api/signal/messages')).json() as {
        messages: { id: string; subject: string }[];
        unread: number;
      };
    const own = await list(HEAD);
    expect(own.messages.map(({ subject }) => subject)).toContain(key.subject);
    expect((await list('head.bund')).messages.map(({ subject }) => subject)).not.toContain(key.subject);
    expect((await send(HEAD, 'PUT', 'messages/read', {})).json()).toEqual({ unread: 0 });
  });
  it('come live; a line that was cut misses nothing, and is not told twice', async () => {
    const address = await house.server.fastify.listen({ port: 0, host: '127.0.0.1' });
    const open = async (last?: string) => {
      const cookie = await cookieOf(HEAD);
      const headers = { cookie, ...(last ? { 'last-event-id': last } : {}) };
      const reply = await new Promise<IncomingMessage>((resolve, reject) => {
        httpGet(`${address}/signal/messages`, { headers }, resolve).on('error', reject);
      });
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString('utf8'))).on('error', () => undefined);
      // What another transaction of the server still held back may come now: only what is told from here on is counted.
      const titles = () => [...text.matchAll(/"en":"Alert ((?:live|not)-[^"]+)"/g)].map(([, title]) => title);
      return { reply, titles, last: () => [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] };
    };
    const say = (key: string) => tx((db) => tell(db, { accounts: [HEAD], message: message(key) }));
    const first = await open();
    await say('live-1');
    await vi.waitFor(() => expect(first.titles()).toEqual(['live-1']), { timeout: 5_000 });
    first.reply.destroy();
    await say('live-2');
    await tx((db) => tell(db, { accounts: [DUTY], message: message('not-mine') }));
    const second = await open(first.last());
    await vi.waitFor(() => expect(second.titles()).toEqual(['live-2']), { timeout: 5_000 });
    await say('live-3');
    await vi.waitFor(() => expect(second.titles()).toEqual(['live-2', 'live-3']), { timeout: 5_000 });
    second.reply.destroy();
    expect((await fetch(`${address}/signal/messages`)).status).toBe(401);
  });
});
