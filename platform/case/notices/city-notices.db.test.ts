import { beforeEach, describe, expect, it } from 'vitest';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { tellNotice } from '#platform/signal/tell/tell-notices.ts';
import { PIXEL } from '../fixtures/case-house.ts';
import { STREET, CITIZEN, FOLLOWER, CLERK, DUTY, GREEN, WORDS, openNoticeHouse } from '../fixtures/notice-house.ts';
import { remindSilent } from '../silence.ts';

const { house, within, setNow, get, post, act, report, toUnit, told, words } = openNoticeHouse();

describe('notices about a case', () => {
  it('go to exactly who reported and who follows, step by step, with the way to their own report', async () => {
    const made = await report(CITIZEN);
    const followed = await post(FOLLOWER, `near/${made.no}/join`, { clientId: crypto.randomUUID() });
    expect(followed.statusCode, followed.body).toBe(201);
    await act(CLERK, made.no, 'accept');
    await act(CLERK, made.no, 'ask-facts', { text: '请补充是哪个路口' });
    await post(CITIZEN, `own-reports/${made.id}/answer-facts`, { text: '在雁荡路南昌路口' });
    await act(CLERK, made.no, 'establish');
    await act(CLERK, made.no, 'dispatch', { unit: 'greening' });
    await act(GREEN, made.no, 'take');
    await act(GREEN, made.no, 'feedback', WORDS);
    const photo = await storeFile({
      services: house().services,
      actor: {
        ...systemActor({ name: 'test' }),
        kind: 'person',
        account: 'supervisor.ruijin',
        unit: `street-${STREET}`,
      },
      kind: 'incident.photo',
      name: '现场.jpg',
      content: PIXEL,
    });
    await act('supervisor.ruijin', made.no, 'verify', { ...WORDS, files: [photo.id] });
    await act(DUTY, made.no, 'close');
    const mine = await told(CITIZEN, made.no);
    expect(mine.map(({ zh }) => zh)).toEqual([
      expect.stringContaining('已受理'),
      expect.stringContaining('需要您补充说明'),
      expect.stringContaining('已立案'),
      expect.stringMatching(/已派遣给.*绿化.*处置/),
      expect.stringContaining('已处置完成'),
      expect.stringContaining('请评价'),
    ]);
    for (const each of mine)
      expect(each).toMatchObject({ citizen: true, about: 'case', path: `/citizen/reports/${made.id}` });
    const theirs = await told(FOLLOWER, made.no);
    expect(theirs.map(({ zh }) => zh)).toEqual(mine.map(({ zh }) => zh));
    expect(theirs.every(({ path }) => path !== mine[0]?.path)).toBe(true);
    // The bell shows them, the page that they lead to is the reader's own, and nobody else was told.
    const bell = (await get(CITIZEN, 'signal/messages')).json<{ unread: number; messages: { path: string }[] }>();
    expect(bell.messages[0]?.path).toBe(`/citizen/reports/${made.id}`);
    expect((await get(CITIZEN, `incident/own-reports/${made.id}`)).statusCode).toBe(200);
    expect((await get(FOLLOWER, `incident/own-reports/${made.id}`)).statusCode).toBe(404);
    expect(await told('citizen.father', made.no)).toEqual([]);
    // Officials whom it concerned: the desk that had asked, the unit that got it.
    expect(await words(CLERK, made.no)).toEqual([expect.stringContaining('上报人已补充说明')]);
    expect(await told(GREEN, made.no)).toEqual([
      expect.objectContaining({
        zh: expect.stringContaining('新派遣案件'),
        path: `/gov/incidents/${made.no}`,
        citizen: false,
      }),
    ]);
  });

  it('officials learn of what comes back, what is asked of them and what is due soon', async () => {
    const made = await toUnit();
    await act(GREEN, made.no, 'return', { text: '不属于本单位职责范围' });
    expect(await words(CLERK, made.no)).toEqual([expect.stringContaining('请重新派遣')]);
    await act(CLERK, made.no, 'dispatch', { unit: 'greening' });
    await act(GREEN, made.no, 'take');
    await act(GREEN, made.no, 'ask-extend', { document: '黄绿〔2026〕9号', text: '需要调集机械设备' });
    expect(await words('head.greening', made.no)).toEqual([expect.stringContaining('延期申请待审批')]);
    await act('head.greening', made.no, 'deny', { text: '设备充足请按期完成' });
    const due = await within('incident', (db) =>
      db.one<{ amber: Date }>(
        sql`select k.amber_at as amber from incident.case_file c join calendar.clock k on k.id = c.clock where c.no = ${made.no}`,
      ),
    );
    await moveClock(house(), (due.amber.getTime() + 60_000 - Date.now()) / 1000);
    await fireClocks(house().services);
    expect(await words(GREEN, made.no)).toEqual([
      expect.stringContaining('新派遣案件'),
      expect.stringContaining('新派遣案件'),
      expect.stringContaining('申请未获同意'),
      expect.stringContaining('即将到期'),
    ]);
  });

  it('are told once, however often the event comes, and never to who stays anonymous or has left', async () => {
    const anonymous = await report(CITIZEN, { anonymous: true });
    const left = await report(CITIZEN);
    await post(FOLLOWER, `near/${left.no}/join`, { clientId: crypto.randomUUID() });
    await post(CITIZEN, `own-reports/${left.id}/withdraw`);
    await act(CLERK, anonymous.no, 'accept');
    await act(CLERK, left.no, 'accept');
    expect(await told(FOLLOWER, left.no)).toHaveLength(1);
    expect(await told(CITIZEN, left.no)).toEqual([]);
    const all = await within('signal', (db) =>
      db.rows<{ account: string }>(
        sql`select account from signal.message where title ->> 'zh' like ${`%${anonymous.no}%`}`,
      ),
    );
    expect(all).toEqual([]);
    const events = await within('kernel', (db) =>
      db.rows<{ id: string; data: Record<string, string> }>(
        sql`select id, data from kernel.event where type = 'incident.notice.made' order by txid desc, seq desc limit 1`,
      ),
    );
    // Ids, kinds and moments: nothing personal is in an event or in a job.
    expect(Object.keys(events[0]?.data ?? {}).sort()).toEqual(['at', 'case', 'kind']);
    await within('signal', (db) =>
      db.enqueue({ name: 'tell-notices', payload: { ...events[0]?.data, about: 'case' }, key: 'once more' }),
    );
    expect(await told(FOLLOWER, left.no)).toHaveLength(1);
  });

  it('of an exercise or a test reach no citizen, whichever way is tried', async () => {
    const holders = [{ person: 'x', account: CITIZEN, name: '', post: 'citizen', unit: null }];
    const before = await within('signal', (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from signal.message`),
    );
    const title = { zh: '演练', en: 'Exercise' };
    for (const status of ['Exercise', 'Test'] as const) {
      const subject = uuidv7();
      const notice = {
        key: subject,
        subject,
        path: `/citizen/reports/${subject}`,
        title,
        level: 4 as const,
        to: { party: CITIZEN, status },
      };
      const refused = within('signal', (db) => tellNotice(db, { about: 'case', notice, holders }));
      await expect(refused).rejects.toThrow(/citizen_by_right/);
      // By hand: the matter stands as an exercise, and the row of the message says otherwise, or says nothing.
      await within('signal', (db) =>
        db.run(
          sql`insert into signal.own_matter values (${subject}::uuid, ${CITIZEN}, 'case', ${status}, kernel.now())`,
        ),
      );
      for (const [said, account, why] of [
        ['Actual', CITIZEN, /message_own_matter/],
        [null, CITIZEN, /citizen_by_right/],
        ['Actual', FOLLOWER, /message_own_matter/],
      ] as const)
        await expect(
          within('signal', (db) =>
            db.run(sql`
              insert into signal.message (id, account, key, about, subject, level, title, created_at, citizen, path, matter_status)
              values (${uuidv7()}::uuid, ${account}, ${subject}, 'case', ${subject}::uuid, 4, '{}', kernel.now(), true, ${`/citizen/reports/${subject}`}, ${said}::text)`),
          ),
          `${status} ${String(said)} ${account}`,
        ).rejects.toThrow(why);
      // Nor can it be turned into something real, or hide among the messages of officials.
      await expect(
        within('signal', (db) =>
          db.run(sql`update signal.own_matter set status = 'Actual' where subject = ${subject}::uuid`),
        ),
      ).rejects.toThrow(/permission denied/);
      await expect(
        within('signal', (db) =>
          db.run(sql`
            insert into signal.message (id, account, key, about, subject, level, title, created_at, path)
            values (${uuidv7()}::uuid, ${CITIZEN}, ${subject}, 'case', ${subject}::uuid, 4, '{}', kernel.now(), '/citizen/reports/x')`),
        ),
      ).rejects.toThrow(/citizen_by_path/);
    }
    const after = await within('signal', (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from signal.message`),
    );
    expect(after).toEqual(before);
  });
});

describe('a unit that stays silent', () => {
  /** Goes to a moment and looks whom the clock has reminded. */
  const at = async (moment: string) => {
    await setNow(moment);
    return remindSilent(house().services);
  };
  const state = (no: string) =>
    within('incident', (db) =>
      db.one<{ state: string; step: number; at: Date | null }>(
        sql`select state, remind_step as step, remind_at as at from incident.case_file where no = ${no}`,
      ),
    );
  const reminders = async (account: string, no: string) =>
    (await words(account, no)).filter((each) => each.startsWith('催办'));
  const LAMP = { class: 'P0102' };
  const TREE = { class: 'P0106' };
  // Of cases of other tests nobody is reminded here.
  beforeEach(() => within('incident', (db) => db.run(sql`update incident.case_file set remind_at = null`)));

  it('is reminded over a make-up Saturday: liaison, leader, centre, one rung a working day, and the case stays open', async () => {
    // A Friday after National Day; the Saturday is worked.
    await setNow('2026-10-09T10:00:00');
    const made = await toUnit('greening', LAMP);
    expect(await at('2026-10-10T23:00:00')).toBe(0);
    expect(await at('2026-10-11T00:01:00')).toBe(1);
    expect(await reminders(GREEN, made.no)).toHaveLength(1);
    // Sunday is off: the next working day is Monday.
    expect(await at('2026-10-12T23:00:00')).toBe(0);
    expect(await at('2026-10-13T00:01:00')).toBe(1);
    expect(await at('2026-10-14T00:02:00')).toBe(1);
    expect(await at('2026-12-01T09:00:00')).toBe(0);
    expect(await reminders(GREEN, made.no)).toHaveLength(1);
    expect(await reminders('head.greening', made.no)).toHaveLength(1);
    expect(await reminders(DUTY, made.no)).toHaveLength(1);
    expect(await state(made.no)).toMatchObject({ state: 'dispatched', at: null });
    const shown = (await get(DUTY, `incident/cases/${made.no}`)).json<{
      timeline: { kind: string; byName: string; data: { step?: number } }[];
    }>();
    const entries = shown.timeline.filter(({ kind }) => kind === 'remind');
    expect(entries.map(({ data }) => data.step)).toEqual([1, 2, 3]);
    expect(entries.every(({ byName }) => byName === '')).toBe(true);
  });

  it('in an emergency is reminded by running hours, at night as well, until it acts', async () => {
    await setNow('2026-11-27T22:00:00');
    const made = await toUnit('greening', TREE);
    expect(await at('2026-11-27T22:59:00')).toBe(0);
    expect(await at('2026-11-27T23:01:00')).toBe(1);
    expect(await reminders(GREEN, made.no)).toHaveLength(1);
    expect(await at('2026-11-28T00:02:00')).toBe(1);
    expect(await reminders('head.greening', made.no)).toHaveLength(1);
    expect(await reminders(DUTY, made.no)).toEqual([]);
    // The unit acts: the ladder stands, and begins anew when its time is over.
    await act(GREEN, made.no, 'take');
    const { at: next, step } = await state(made.no);
    const { due } = await within('incident', (db) =>
      db.one<{ due: Date }>(sql`select due_at as due from incident.case_file where no = ${made.no}`),
    );
    expect([step, next]).toEqual([0, due]);
    expect(await at('2026-11-28T01:30:00')).toBe(0);
    await act(GREEN, made.no, 'feedback', WORDS);
    expect(await state(made.no)).toMatchObject({ state: 'handled', step: 0, at: null });
    expect(await at('2026-11-29T09:00:00')).toBe(0);
  });

  it('passes a rung that nobody holds, is told once by two clocks, and stands while the case is suspended', async () => {
    await setNow('2026-11-26T09:00:00');
    // This unit has no leader in the sample: the centre comes at once.
    const made = await toUnit('traffic-police', LAMP);
    await setNow('2026-11-28T09:00:00');
    const both = await Promise.all([remindSilent(house().services), remindSilent(house().services)]);
    expect(both[0] + both[1]).toBe(1);
    expect(await at('2026-12-01T09:00:00')).toBe(1);
    expect(await state(made.no)).toMatchObject({ step: 3, at: null });
    expect(await reminders(DUTY, made.no)).toHaveLength(1);
    expect(await reminders('liaison.traffic', made.no)).toHaveLength(1);
    await setNow('2026-11-26T11:00:00');
    const stopped = await toUnit('greening', LAMP);
    await act(GREEN, stopped.no, 'take');
    await act(GREEN, stopped.no, 'ask-suspend', {
      reason: 'weather',
      document: '黄绿〔2026〕8号',
      until: '2026-12-20',
      text: '大风天气不能登高作业',
    });
    await act('head.greening', stopped.no, 'allow');
    expect(await state(stopped.no)).toMatchObject({ state: 'suspended', at: null });
    await act(GREEN, stopped.no, 'resume');
    expect((await state(stopped.no)).at).not.toBeNull();
  });
});
