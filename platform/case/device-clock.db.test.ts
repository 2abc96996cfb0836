import { describe, expect, it } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { CITIZEN, DUTY, GREEN, WORDS, openNoticeHouse } from './fixtures/notice-house.ts';

const { house, within, cookieOf, get, act, report, toUnit, spot } = openNoticeHouse();

describe('the clock of a phone', () => {
  const said = (madeAt: string, sentAt: string) => ({
    'x-made-at': new Date(`${madeAt}+08:00`).toISOString(),
    'x-sent-at': new Date(`${sentAt}+08:00`).toISOString(),
  });
  const send = async (who: string, url: string, body: unknown, headers: Record<string, string>) =>
    call(house(), { method: 'POST', url: `/api/incident/${url}`, body, cookie: await cookieOf(who), headers });
  const device = async (no: string, kind: string) => {
    const { timeline, flags } = (await get(DUTY, `incident/cases/${no}`)).json<{
      flags: string[];
      timeline: {
        kind: string;
        at: string;
        data: { device?: { madeAt: string; skewSeconds: number; skewed: boolean } };
      }[];
    }>();
    const found = timeline.findLast((each) => each.kind === kind);
    return { flags, at: found?.at, ...found?.data.device };
  };
  const reported = async (headers: Record<string, string>) => {
    const body = {
      clientId: crypto.randomUUID(),
      class: 'E0101',
      text: '路口堆了很多垃圾',
      source: 'grid',
      lon: spot(),
      lat: 31.206,
    };
    const reply = await send('supervisor.ruijin', 'reports', body, headers);
    expect(reply.statusCode, reply.body).toBe(201);
    return reply.json<{ no: string; reportedAt: string }>();
  };

  it('does not count: the server times a report, sets right when it was made, and flags more than five minutes', async () => {
    // Sent now, 10:00; the phone says 10:42 and that it was made at 08:42 by its own clock: two hours ago.
    const fast = await reported(said('2026-11-26T08:42:00', '2026-11-26T10:42:00'));
    expect(fast.reportedAt.slice(0, 16)).toBe('2026-11-26T02:00');
    const found = await device(fast.no, 'report');
    expect(found).toMatchObject({ skewed: true, flags: ['clock-skew'] });
    expect(Math.abs((found.skewSeconds ?? 0) - 42 * 60)).toBeLessThan(30);
    expect(found.madeAt?.slice(0, 15)).toMatch(/2026-11-26T0(0:0|1:5)/);
    // Four minutes slow is no matter, but it was made without a network: that is said, and set right as well.
    const offline = await reported(said('2026-11-26T08:56:00', '2026-11-26T09:56:00'));
    expect(await device(offline.no, 'report')).toMatchObject({ skewed: false, flags: [] });
    // What is sent at once by a good clock, or says nothing, leaves no note.
    const now = await reported(said('2026-11-26T10:00:00', '2026-11-26T10:00:01'));
    expect((await device(now.no, 'report')).madeAt).toBeUndefined();
    expect((await device((await report(CITIZEN)).no, 'report')).madeAt).toBeUndefined();
    const row = await within('incident', (db) =>
      db.one<{ skew: number }>(sql`
        select r.skew_seconds as skew from incident.report r join incident.case_file c on c.id = r.case_id where c.no = ${fast.no}`),
    );
    expect(row.skew).toBe(found.skewSeconds);
  });

  it('of a verification is measured in the same way, and a second sending with another clock is the same act', async () => {
    const made = await toUnit();
    await act(GREEN, made.no, 'take');
    await act(GREEN, made.no, 'feedback', WORDS);
    const key = crypto.randomUUID();
    const again = async (sentAt: string) =>
      call(house(), {
        method: 'POST',
        url: `/api/incident/cases/${made.no}/rework`,
        body: { text: '垃圾仍未清理干净' },
        key,
        cookie: await cookieOf('supervisor.ruijin'),
        headers: said('2031-01-01T08:00:00', sentAt),
      });
    expect((await again('2031-01-01T09:00:00')).statusCode).toBe(200);
    const twice = await again('2031-01-01T09:20:00');
    expect([twice.statusCode, twice.headers['idempotent-replayed']]).toEqual([200, 'true']);
    const found = await device(made.no, 'rework');
    expect(found.skewed).toBe(true);
    expect(Math.abs(Date.parse(found.at ?? '') - 3_600_000 - Date.parse(found.madeAt ?? ''))).toBeLessThan(1000);
  });
});
