import { Type } from 'typebox';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { anonymous, type Actor, type Post } from '#platform/kernel/actor.ts';
import { app, type AppManifest, route } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { itemOf, resource } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Who may call the probe; a request names one by `cookie: sid=clerk`. */
export const people: Record<string, Actor> = {
  clerk: person('clerk', 'street-clerk'),
  worker: person('worker', 'committee-worker'),
  citizen: person('citizen', 'citizen'),
};

function person(account: string, post: Post): Actor {
  return { kind: 'person', account, name: account, post, unit: 'probe-unit', area: '', reach: 'own', trace: account };
}

const probeIdentity = app({
  id: 'probe-identity',
  kind: 'capability',
  folder: 'tests/kernel/probe/identity',
  title: { zh: '测试身份', en: 'Test identity' },
  provides: [
    authenticator.provide({
      authenticate: async ({ cookie, trace }) => {
        const known = people[/sid=(\w+)/.exec(cookie ?? '')?.[1] ?? ''];
        return known ? { ...known, trace } : anonymous(trace);
      },
    }),
  ],
});

const notes = resource({
  id: 'probe.note',
  version: 1,
  title: { zh: '便条', en: 'Notes' },
  summary: { zh: '测试用', en: 'For tests' },
  owner: 'probe-unit',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '无', en: 'none' },
  table: 'probe.note',
  key: 'id',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2', subject: 'person' },
    body: { schema: Type.String(), title: { zh: '内容', en: 'Text' }, level: 'L3' },
  },
});

const addNote = route({
  method: 'POST',
  path: '/api/probe/notes',
  summary: { zh: '写便条', en: 'Write a note' },
  allow: 'probe.write',
  body: Type.Object(
    { body: Type.String({ minLength: 2, maxLength: 40 }), fail: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String(), secret: Type.String() }),
  examples: { own: { as: 'street-clerk', body: { body: 'note' } } },
  handler: async ({ db, body }) => {
    const id = uuidv7();
    await db.run(sql`insert into probe.note (id, body) values (${id}::uuid, ${body.body})`);
    await db.emit({ type: 'probe.note.added', subject: id });
    if (body.fail) throw new Error('planned failure');
    return { id, secret: `personal-${body.body}` };
  },
});

const readNotes = route({
  method: 'GET',
  path: '/api/probe/notes',
  summary: { zh: '读便条', en: 'Read notes' },
  allow: 'probe.read',
  query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 50, default: 10 }) }),
  reply: Type.Object({ notes: Type.Array(itemOf(notes, ['id', 'body'])) }),
  examples: { own: { as: 'street-clerk', purpose: 'community-care' } },
  handler: async ({ db, query }) => ({
    notes: await db.rows<{ id: string; body: string }>(
      sql`select id, body from probe.note order by id limit ${query.limit}::int`,
    ),
  }),
});

const ping = route({
  method: 'GET',
  path: '/api/probe/ping',
  summary: { zh: '应答', en: 'Answer' },
  allow: 'public',
  reply: Type.Object({ now: Type.String() }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => db.one<{ now: string }>(sql`select kernel.now()::text as now`),
});

/** What the probe's jobs did, in this process; a test sets `attempt` to make them fail. */
export const jobLog: { runs: string[]; fail: (attempt: number) => boolean } = { runs: [], fail: () => false };

/** The smallest module that has something of everything the kernel offers. */
export const probe = app({
  id: 'probe',
  kind: 'app',
  folder: 'tests/kernel/probe',
  title: { zh: '测试模块', en: 'Probe' },
  resources: [notes],
  actions: {
    'probe.write': { title: { zh: '写', en: 'Write' }, posts: ['street-clerk', 'committee-worker'] },
    'probe.read': { title: { zh: '读', en: 'Read' }, posts: ['street-clerk'] },
  },
  routes: [addNote, readNotes, ping],
  jobs: [
    {
      name: 'count',
      attempts: 3,
      run: async ({ payload, attempt }) => {
        jobLog.runs.push(`${payload.note}#${attempt}`);
        if (jobLog.fail(attempt)) throw new Error('planned failure');
      },
      failed: async ({ payload, db }) => {
        await db.run(sql`insert into probe.effect (event, subject) values ('given up', ${payload.note ?? ''})`);
      },
    },
  ],
  consumers: [
    {
      // Stands before the other: what it cannot take must not keep anything from those behind it.
      name: 'fragile',
      type: 'probe.note.added',
      handle: async ({ event }) => {
        if (event.data.poison) throw new Error('planned failure');
      },
    },
    {
      name: 'effects',
      type: 'probe.note.added',
      handle: async ({ event, db }) => {
        await db.run(sql`insert into probe.effect (event, subject) values (${event.type}, ${event.subject})`);
      },
    },
  ],
});

export const probeManifests: readonly AppManifest[] = [probeIdentity, access, audit, probe];
