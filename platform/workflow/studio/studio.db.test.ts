import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor, Post } from '#platform/kernel/actor.ts';
import { anonymous, systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { workflow } from '../app.ts';
import { findMisfits } from '../mining/misfits.ts';
import { startProcess } from '../process/start-process.ts';

const person = (account: string, post: Post, unit: string): Actor => ({
  kind: 'person',
  account,
  name: `样例${account}`,
  post,
  unit,
  area: '310101',
  reach: 'own',
  trace: account,
});
const people = {
  officer: person('officer', 'data-officer', 'civil-affairs'),
  colleague: person('colleague', 'data-officer', 'civil-affairs'),
  head: person('head', 'unit-head', 'civil-affairs'),
  police: person('police', 'data-officer', 'public-security'),
};
type Who = keyof typeof people;
const identity = app({
  id: 'test-identity',
  kind: 'capability',
  folder: 'platform/workflow/fixtures/identity',
  title: { zh: '样例身份', en: 'Sample identity' },
  provides: [
    authenticator.provide({
      authenticate: async ({ cookie, trace }) => {
        const found = people[/sid=(\w+)/.exec(cookie ?? '')?.[1] as Who];
        return found ? { ...found, trace } : anonymous(trace);
      },
    }),
  ],
});

let house: TestHouse;
let permit = '';
beforeAll(async () => {
  permit = await readFile(new URL('../../../districts/huangpu/processes/single-permit.bpmn', import.meta.url), 'utf8');
  house = await openHouse({ manifests: [identity, audit, access, rulebook, calendar, workflow], work: false });
}, 300_000);
afterAll(() => house?.close());

const ask = (who: Who, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
  call(house, { method, url: `/api/workflow${path}`, body, cookie: `sid=${who}` });
const shown = async (id: string) => (await ask('officer', 'GET', `/processes/${id}`)).json();
const save = async (who: Who, id: string, xml: string) =>
  ask(who, 'PUT', `/processes/${id}`, { xml, revision: (await shown(id)).revision });
const publish = async (who: Who, id: string) =>
  ask(who, 'POST', `/processes/${id}/publish`, { revision: (await shown(id)).revision });

describe('a draft', () => {
  it('is begun with a start, a step and an end, which already pass the check', async () => {
    const made = await ask('officer', 'POST', '/processes', { id: 'single-permit', name: '单部门行政许可' });
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({ revision: 1, version: null, changed: true, mayEdit: true, ownDraft: true });
    const checked = await ask('officer', 'POST', '/lint', { xml: made.json().xml });
    expect(checked.json()).toMatchObject({ executable: true, findings: [] });
    const again = await ask('officer', 'POST', '/processes', { id: 'single-permit', name: '又一个' });
    expect(again.json()).toMatchObject({ status: 409, code: 'PROCESS_EXISTS' });
  });

  it('refuses a file that cannot be read at its place, and stays as it was', async () => {
    const before = await shown('single-permit');
    const broken = before.xml.replace('</bpmn:userTask>', '</bpmn:task>');
    const refused = await save('officer', 'single-permit', broken);
    expect(refused.json()).toMatchObject({ status: 422, code: 'PROCESS_FILE_UNREADABLE', line: 5 });
    expect(await shown('single-permit')).toEqual(before);
  });

  it('is not overwritten by who began from an older one, and is nothing to another unit', async () => {
    const { xml, revision } = await shown('single-permit');
    expect((await save('colleague', 'single-permit', xml.replace('name="办理"', 'name="决定"'))).statusCode).toBe(200);
    const late = await ask('officer', 'PUT', '/processes/single-permit', {
      xml: xml.replace('name="办理"', 'name="审批"'),
      revision,
    });
    expect(late.json()).toMatchObject({ status: 409, code: 'PROCESS_DRAFT_MOVED' });
    expect((await save('police', 'single-permit', xml)).statusCode).toBe(404);
  });
});

describe('publishing', () => {
  it('refuses a dead end with the element named, in the reader’s language', async () => {
    const { xml } = await shown('single-permit');
    const dead = xml
      .replace(/<bpmn:sequenceFlow id="to_done".*?\/>/s, '')
      .replace('<bpmn:outgoing>to_done</bpmn:outgoing>', '')
      .replace('<bpmn:incoming>to_done</bpmn:incoming>', '')
      .replace(/<bpmndi:BPMNEdge id="to_done_edge".*?<\/bpmndi:BPMNEdge>/s, '');
    expect((await save('officer', 'single-permit', dead)).statusCode).toBe(200);
    const refused = await publish('head', 'single-permit');
    expect(refused.json()).toMatchObject({ status: 422, code: 'PROCESS_FAULTY' });
    expect(refused.json().findings).toMatchObject([
      { element: 'done', rule: 'unreachable', severity: 'error' },
      { element: 'decide', rule: 'no-implicit-end', message: { zh: expect.stringContaining('死路') } },
    ]);
  });

  it('takes another person than who drew it last', async () => {
    expect((await save('officer', 'single-permit', permit)).statusCode).toBe(200);
    expect((await publish('officer', 'single-permit')).json()).toMatchObject({ code: 'PROCESS_OWN_DRAFT' });
    const published = await publish('head', 'single-permit');
    expect(published.statusCode, published.body).toBe(200);
    expect(published.json()).toMatchObject({ version: 1, changed: false, name: '单部门行政许可' });
    expect((await publish('head', 'single-permit')).json()).toMatchObject({ code: 'PROCESS_UNCHANGED' });
  });

  it('names what the next version adds, removes and changes', async () => {
    const next = permit
      .replace('name="制证"', 'name="制作证照"')
      .replace('<bpmn:sequenceFlow id="decided_refused"', '<bpmn:sequenceFlow id="declined"')
      .replaceAll('decided_refused<', 'declined<')
      .replaceAll('"decided_refused"', '"declined"');
    expect((await save('officer', 'single-permit', next)).statusCode).toBe(200);
    const { differences } = (await ask('officer', 'GET', '/processes/single-permit/compare?from=1')).json();
    expect(differences).toMatchObject([
      { element: 'decided', change: 'changed', attributes: [{ attribute: 'default' }] },
      {
        element: 'certify',
        change: 'changed',
        attributes: [{ attribute: 'name', before: '制证', after: '制作证照' }],
      },
      { element: 'declined', change: 'added' },
      { element: 'decided_refused', change: 'removed' },
    ]);
    expect((await ask('officer', 'GET', '/processes/single-permit/versions/1')).json().xml).toBe(permit);
  });
});

/** Takes a step out of the log, as no role of the platform may. */
async function asOwner(statement: string): Promise<void> {
  if (house.admin) return house.admin(statement);
  const session = await house.engine.session();
  try {
    await session.script(`set session authorization postgres; ${statement}; set session authorization ${LOGIN_ROLE}`);
  } finally {
    session.release();
  }
}

describe('the log', () => {
  const LIMITS = { acceptDays: 5, examineDays: 20, warnDays: 15 };
  const tasksOf = async (who: Who) => (await ask(who, 'GET', '/tasks')).json().tasks as { id: string; name: string }[];
  const complete = async (who: Who, name: string, outcome: string) => {
    const task = await vi.waitFor(async () => {
      const found = (await tasksOf(who)).find((each) => each.name === name);
      if (!found) throw new Error(`${who} has no ${name}`);
      return found;
    });
    const done = await ask(who, 'POST', `/tasks/${task.id}/complete`, { outcome });
    expect(done.statusCode, done.body).toBe(200);
  };
  const begin = (key: string) =>
    house.services.database.tx({ module: 'workflow', actor: people.officer }, (db) =>
      startProcess(db, { services: house.services, process: 'single-permit', key, variables: LIMITS }),
    );

  it('of a case that went as drawn fits fully, and tells how long each step waited', async () => {
    await begin('P-1');
    await complete('officer', '受理', '受理');
    await complete('officer', '审查', '符合');
    await complete('head', '决定', '退回');
    await complete('officer', '审查', '符合');
    await complete('head', '决定', '准予');
    await complete('officer', '制证', '已制证');
    const log = await ask('officer', 'GET', '/processes/single-permit/log');
    expect(log.json()).toMatchObject({ version: 1, cases: 1, fitting: 1, fitness: 1 });
    expect(
      log
        .json()
        .steps.map(({ element }: { element: string }) => element)
        .sort(),
    ).toEqual(['accept', 'certify', 'decide', 'examine']);
    expect(await findMisfits(house.services)).toEqual([]);
  });

  it('of a case of which a step is missing makes it a misfit, for whoever supervises', async () => {
    const instance = await house.services.database.tx({ module: 'workflow', actor: people.officer }, async (db) => {
      const found = await db.one<{ instance: string }>(
        sql`select s.instance from workflow.step s join workflow.instance i on i.id = s.instance where i.status <> 'active' and s.node = 'examine' limit 1`,
      );
      return found.instance;
    });
    await asOwner(`delete from workflow.step where instance = '${instance}' and node = 'examine'`);
    const [misfit] = await findMisfits(house.services);
    expect(misfit).toMatchObject({ app: 'workflow', process: 'single-permit', instance });
    expect(misfit?.fitness).toBeLessThan(1);
  });

  it('leaves as XES and OCEL, with posts and without anybody’s name', async () => {
    const file = async (form: string) =>
      (await call(house, { url: `/export/processes/single-permit/log.${form}`, cookie: 'sid=officer' })).body;
    const [xes, ocel] = [await file('xes'), await file('ocel.json')];
    expect(xes).toContain('<string key="org:role" value="unit-head"/>');
    expect(xes).toContain('<string key="concept:name" value="受理"/>');
    expect(JSON.parse(ocel)).toMatchObject({ objectTypes: [{ name: 'case' }, { name: 'unit' }, { name: 'post' }] });
    for (const { account, name } of Object.values(people)) {
      expect(xes).not.toContain(name);
      expect(ocel).not.toContain(`"${account}"`);
    }
  });

  it('of a retired process takes no new case, while those under way are shown', async () => {
    await begin('P-2');
    expect((await shown('single-permit')).versions).toMatchObject([{ version: 1, running: 1 }]);
    const retired = await ask('officer', 'POST', '/processes/single-permit/retire');
    expect(retired.json()).toMatchObject({ retired: true });
    await expect(begin('P-3')).rejects.toMatchObject({ spec: { code: 'PROCESS_RETIRED' } });
    await complete('officer', '受理', '不予受理');
  });
});

describe('moving cases to another version', () => {
  const ID = 'moved-permit';
  const begin = (key: string) =>
    house.services.database.tx({ module: 'workflow', actor: people.officer }, (db) =>
      startProcess(db, { services: house.services, process: ID, key }),
    );
  const move = (who: Who, path: string, body: object = {}) => ask(who, 'POST', `/processes/${ID}/moves${path}`, body);
  /** The step of the head, drawn again under another id, for the officers of the unit, and with a warning. */
  const again = (xml: string) =>
    xml
      .replaceAll(/"decide"/g, '"settle"')
      .replaceAll(/"decide_shape"/g, '"settle_shape"')
      .replace('district:posts="unit-head"', 'district:posts="data-officer"');

  it('says which can be moved, what each step becomes, and what is lost', async () => {
    await ask('officer', 'POST', '/processes', { id: ID, name: '迁移样例' });
    await publish('head', ID);
    await begin('V-1');
    await begin('V-2');
    await begin('V-3');
    const { xml } = await shown(ID);
    expect((await save('officer', ID, again(xml))).statusCode).toBe(200);
    await publish('head', ID);
    const plan = await move('officer', '/plan', { from: 1, to: 2 });
    expect(plan.json()).toMatchObject({
      all: 3,
      map: { decide: 'settle' },
      places: [{ element: 'decide', name: '办理', instances: 3, target: 'settle' }],
      gone: [],
      instances: [
        { at: ['办理'], faults: [], lost: [{ element: 'decide', message: { zh: expect.stringContaining('岗位') } }] },
        {},
        {},
      ],
    });
    expect(plan.body).not.toContain('V-1');
    expect((await move('police', '/plan', { from: 1, to: 2 })).statusCode).toBe(404);
  });

  it('refuses where a token has no counterpart, and moves nothing by halves', async () => {
    const { xml } = await shown(ID);
    const other = xml
      .replaceAll(/<bpmn:userTask( id="settle"[^>]*?) district:posts="data-officer"/g, '<bpmn:manualTask$1')
      .replaceAll('</bpmn:userTask>', '</bpmn:manualTask>');
    expect((await save('officer', ID, other)).statusCode).toBe(200);
    await publish('head', ID);
    const { instances } = (await move('officer', '/plan', { from: 1, to: 3 })).json();
    expect(instances).toMatchObject([{ faults: [{ element: 'decide', name: '办理' }] }, {}, {}]);
    const refused = await move('officer', '', {
      from: 1,
      to: 3,
      map: {},
      instances: [instances[0].id],
      reason: '改为不办理',
    });
    expect(refused.json()).toMatchObject({
      status: 422,
      code: 'PROCESS_MOVE_FAULTY',
      refused: [{ instance: instances[0].id }],
    });
    expect((await ask('officer', 'GET', `/processes/${ID}/moves`)).json()).toEqual({ moves: [] });
  });

  it('is asked by one and done by another; what has ended meanwhile stays and is named', async () => {
    const { instances } = (await move('officer', '/plan', { from: 1, to: 2 })).json();
    const [first, second, third] = instances.map(({ id }: { id: string }) => id);
    const asked = await move('officer', '', {
      from: 1,
      to: 2,
      map: {},
      instances: [first, second],
      reason: '办理岗位调整',
    });
    expect(asked.statusCode, asked.body).toBe(201);
    const { id } = asked.json();
    expect((await move('officer', `/${id}/approve`)).json()).toMatchObject({ code: 'PROCESS_OWN_MOVE' });
    expect((await move('police', `/${id}/approve`)).statusCode).toBe(404);
    const { tasks } = (await ask('head', 'GET', '/tasks')).json();
    const due = tasks.find(({ instance }: { instance: string }) => instance === first);
    expect((await ask('head', 'POST', `/tasks/${due.id}/complete`, {})).statusCode).toBe(200);
    const done = await move('head', `/${id}/approve`);
    expect(done.json()).toMatchObject({ state: 'done', moved: 1, leftBehind: [{ instance: first }], own: false });
    expect((await move('head', `/${id}/approve`)).json()).toMatchObject({ code: 'PROCESS_MOVE_CLOSED' });
    const { moves } = (await ask('officer', 'GET', `/processes/${ID}/moves`)).json();
    expect(moves).toMatchObject([{ id, map: { decide: 'settle' }, decidedByName: people.head.name }]);
    const log = await house.services.database.tx({ module: 'workflow', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ instance: string; version: number; node: string }>(sql`
        select i.id as instance, i.version, t.node from workflow.instance i join workflow.task t on t.instance = i.id
          join workflow.step s on s.instance = i.id and s.lifecycle = 'move'
        where i.process = ${ID}`),
    );
    expect(log).toEqual([{ instance: second, version: 2, node: 'settle' }]);
    const back = await move('officer', '', { from: 1, to: 2, map: {}, instances: [third], reason: '一并调整' });
    expect((await move('officer', `/${back.json().id}/decline`)).json()).toMatchObject({ state: 'declined' });
  });
});

it('simulates a drawing, alike for the same seed', async () => {
  const settings = {
    seed: 7,
    runs: 40,
    perDay: 8,
    defaultMinutes: 30,
    durations: {},
    posts: { 'data-officer': 2, 'unit-head': 1 },
    outcomes: {},
    variables: { acceptDays: 5, examineDays: 20, warnDays: 15 },
  };
  const play = async () =>
    (await ask('officer', 'POST', '/simulate', { xml: permit, process: 'single-permit', settings })).json();
  const result = await play();
  expect(result).toMatchObject({ runs: 40, finished: 40, posts: [{ post: 'data-officer', people: 2 }, { people: 1 }] });
  expect(await play()).toEqual(result);
});
