import { beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { STREET, CITIZEN, CLERK, DUTY, HEAD, GREEN, openNoticeHouse } from './fixtures/notice-house.ts';

const { within, get, post, act, report, toUnit, words } = openNoticeHouse();

describe('a unit that was abolished', () => {
  beforeAll(async () => {
    await within('identity', async (db) => {
      await db.run(sql`
        insert into identity.unit (code, kind, parent, name, name_en, position, valid_from, valid_to)
        values ('old-greening', 'department', 'government', '区园林局', 'Old Parks Office', 901, '2010-01-01', '2019-01-01')`);
      await db.run(sql`
        insert into identity.unit_successor (unit, successor, at, by_order) values ('old-greening', 'greening', '2019-01-01', gen_random_uuid())`);
    });
  });
  const gone = {
    code: 'INCIDENT_UNIT_GONE',
    successors: ['greening'],
    fields: [{ pointer: '/unit', rule: 'abolished', message: expect.stringContaining('绿化') }],
  };

  it('gets no case and no line of the table: 422 names the successor', async () => {
    const made = await report(CITIZEN);
    await act(CLERK, made.no, 'accept');
    await act(CLERK, made.no, 'establish');
    const sent = await post(CLERK, `cases/${made.no}/dispatch`, { unit: 'old-greening' });
    expect([sent.statusCode, sent.json()]).toEqual([422, expect.objectContaining(gone)]);
    const line = await post(DUTY, 'responsibility', {
      class: 'E0102',
      place: STREET,
      unit: 'old-greening',
      reason: '历史分工',
    });
    expect([line.statusCode, line.json()]).toEqual([422, expect.objectContaining(gone)]);
    const none = await post(CLERK, `cases/${made.no}/dispatch`, { unit: 'no-such-unit' });
    expect([none.statusCode, none.json().fields[0].rule]).toEqual([400, 'unit']);
  });

  it('leaves orphans: its open cases and lines are shown with the successor, and go there by a person', async () => {
    const made = await toUnit('greening');
    const stands = await post(DUTY, `cases/${made.no}/reassign`, { unit: 'urban-management' });
    expect(stands.json()).toMatchObject({ status: 409, code: 'INCIDENT_UNIT_STANDS' });
    // Today its unit is abolished, with a line that names it and one that was proposed before.
    const [held, proposed] = [uuidv7(), uuidv7()];
    await within('incident', async (db) => {
      await db.run(sql`update incident.case_file set unit = 'old-greening' where no = ${made.no}`);
      for (const [id, state, code] of [
        [held, 'approved', 'E0101'],
        [proposed, 'proposed', 'E0103'],
      ] as const)
        await db.run(sql`
          insert into incident.responsibility (id, class, place, unit, state, valid_from, reason, proposed_by, proposed_name, proposed_at)
          values (${id}::uuid, ${code}, ${STREET}, 'old-greening', ${state}, case when ${state} = 'approved' then '2015-01-01'::date end, '历史分工', 'x', '样例', kernel.now())`);
    });
    const orphans = (await get(DUTY, 'incident/orphans')).json();
    expect(orphans.units).toEqual([
      {
        unit: 'old-greening',
        name: { zh: '区园林局', en: 'Old Parks Office' },
        successors: [expect.objectContaining({ code: 'greening' })],
        cases: [expect.objectContaining({ no: made.no, state: 'dispatched' })],
        lines: [expect.objectContaining({ id: held, asked: false })],
      },
    ]);
    const late = await post(HEAD, `responsibility/${proposed}/decide`, { approve: true });
    expect([late.statusCode, late.json().successors]).toEqual([422, ['greening']]);
    const shown = (await get(DUTY, `incident/cases/${made.no}`)).json();
    expect(shown).toMatchObject({
      orphan: { successors: [{ code: 'greening' }] },
      responsible: { unit: 'greening', before: 'old-greening' },
      acts: expect.arrayContaining(['reassign']),
    });
    await act(DUTY, made.no, 'reassign', { unit: 'greening' });
    const after = (await get(DUTY, `incident/cases/${made.no}`)).json();
    expect(after).toMatchObject({ state: 'dispatched', unit: 'greening', orphan: null });
    // The time that was promised runs on.
    expect(after.clock.dueAt).toBe(shown.clock.dueAt);
    expect(after.acts).not.toContain('reassign');
    expect((await words(GREEN, made.no)).at(-1)).toContain('改派');
    expect((await words(CITIZEN, made.no)).at(-1)).toContain('改派');
    const asked = await post(DUTY, 'responsibility', {
      class: 'E0101',
      place: STREET,
      unit: 'greening',
      reason: '园林局已撤销',
    });
    expect(asked.statusCode).toBe(201);
    expect((await get(DUTY, 'incident/orphans')).json().units).toMatchObject([{ lines: [{ asked: true }], cases: [] }]);
  });
});
