import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { halfStart, halvesOf, hoursOn } from './centre-hours.ts';
import { readCentre, readCentres, readWindows } from './centre-record.ts';
import { assertMine } from './own-centres.ts';
import { type Arrivals, expectArrivals } from './queue/expect-arrivals.ts';
import { estimateWait } from './queue/estimate-wait.ts';
import { offerShift } from './queue/load-shift.ts';
import { planStaffing } from './queue/staffing-plan.ts';

const RULES = {
  within: { id: 'service-hall.staffing.within', unit: 'minute' },
  share: { id: 'service-hall.staffing.share', unit: 'share' },
  serviceMinutes: { id: 'service-hall.queue.service-time', unit: 'minute' },
} as const;
/** Days that are looked back at: long enough for eight of each weekday and the last long rests. */
const LOOK_BACK = 400;
/** The plan of a day is the same each time that it is asked for. */
const SEED = 20_180_401;
/** Minutes that stand for "nobody can say": no window is open here that serves it. */
const FAR = 24 * 60;
const MaybeCode = Type.Optional(Type.String({ maxLength: 61 }));

/** The staffing plan of a day (排班建议): people expected and windows needed by half hour, and how the day would go. */
export const planDay = route({
  method: 'GET',
  path: '/api/service-hall/staffing',
  summary: { zh: '排班建议', en: 'Staffing plan' },
  allow: 'service-hall.centre.run',
  query: Type.Object(
    {
      centre: MaybeCode,
      day: Type.Optional(Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    centre: Type.String(),
    day: Type.String(),
    /** off, make-up, before-rest, after-rest, ordinary; null = nothing known yet. */
    kind: Type.Union([Type.String(), Type.Null()]),
    effect: Type.Number({ description: 'people of such a day as a share of its weekday' }),
    basedOn: Type.Integer({ description: 'days that were looked back at' }),
    windows: Type.Integer(),
    target: Type.Object({ share: Type.Number(), minutes: Type.Number() }),
    short: Type.Integer(),
    halves: Type.Array(
      Type.Object({
        from: Type.String(),
        arrivals: Type.Number({ description: 'an hour' }),
        needed: Type.Integer(),
        open: Type.Integer(),
        level: Type.Number(),
      }),
    ),
    played: Type.Object({ within: Type.Number(), meanWait: Type.Number(), p90Wait: Type.Number() }),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', query: { centre: 'fixture:centre' } },
    foreign: { as: 'unit-head', query: { centre: 'fixture:foreign-centre' } },
  },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const { codes } = await db.one<{ codes: string[] }>(sql`select service_hall.my_centres() as codes`);
    const code = query.centre ?? codes[0];
    if (code === undefined) throw NotFound.with();
    await assertMine(db, code);
    const [centre, windows, rules, { calendar }] = await Promise.all([
      readCentre(db, code),
      readWindows(db, code),
      amountsAt(db, RULES, now),
      readCalendar(db),
    ]);
    if (!centre) throw NotFound.with();
    const isWorked = (each: string) => calendar.day(each).working;
    const day = query.day ?? nextWorked(shanghaiDate(now), isWorked);
    const history = await db.rows<Arrivals>(sql`
      select day::text as day, half, people from service_hall.visits(${code}, ${addDays(day, -LOOK_BACK)}::date, ${addDays(day, -1)}::date)`);
    const expected = expectArrivals({ history, day, isWorked });
    const span = hoursOn({ hours: centre.hours, day, worked: isWorked(day) });
    const plan = planStaffing({
      perHour: expected?.perHour ?? [],
      hours: span && expected && expected.kind !== 'off' ? halvesOf(span) : { from: 0, to: 0 },
      service: 60 / rules.serviceMinutes,
      target: { share: rules.share, hours: rules.within / 60 },
      windows: windows.length,
      seed: SEED,
    });
    return {
      centre: code,
      day,
      kind: expected?.kind ?? null,
      effect: expected?.effect ?? 1,
      basedOn: expected?.days ?? 0,
      windows: windows.length,
      target: { share: rules.share, minutes: rules.within },
      short: plan.short,
      halves: plan.halves.map(({ half, ...rest }) => ({ from: halfStart(half), ...rest })),
      played: plan.played,
    };
  },
});

/** The day that is planned unless another one is asked for: the next that is worked. */
function nextWorked(today: string, isWorked: (day: string) => boolean): string {
  const ahead = Array.from({ length: 30 }, (_, i) => addDays(today, i + 1));
  return ahead.find(isWorked) ?? addDays(today, 1);
}

/** Centres nearby where somebody is served sooner, the way counted (就近分流): for residents before they set out, and for the hall. */
export const listShifts = route({
  method: 'GET',
  path: '/api/service-hall/centres/:centre/shifts',
  summary: { zh: '就近分流', en: 'Centres nearby where it is quicker' },
  allow: 'public',
  params: Type.Object({ centre: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) }),
  query: Type.Object({ family: Type.String({ pattern: '^[a-z][a-z-]{1,40}$' }) }, { additionalProperties: false }),
  reply: Type.Object({
    here: Type.Union([Type.Integer(), Type.Null()]),
    shifts: Type.Array(
      Type.Object({
        code: Type.String(),
        title: Type.Object({ zh: Type.String(), en: Type.String() }),
        travelMinutes: Type.Integer(),
        waitMinutes: Type.Integer(),
        savesMinutes: Type.Integer(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { centre: 'fixture:centre' }, query: { family: 'civil' } } },
  handler: async ({ db, clock, params, query: { family } }) => {
    const now = clock.now();
    const { serviceMinutes } = await amountsAt(db, { serviceMinutes: RULES.serviceMinutes }, now);
    const rows = await db.rows<{ code: string; people: number; open: number }>(sql`
      select c.code, (select count(*)::int from service_hall.waiting(c.code, ${shanghaiDate(now)}::date) w where w.family = ${family}) as people,
        (select count(*)::int from service_hall.service_window s where s.centre = c.code and s.clerk is not null and s.families @> array[${family}::text]) as open
      from service_hall.centre c`);
    const loads = (await readCentres(db)).map(({ code, lon, lat, title }) => {
      const row = rows.find((each) => each.code === code);
      const wait = estimateWait({ ahead: row?.people ?? 0, windows: row?.open ?? 0, serviceMinutes });
      const handles = (row?.open ?? 0) > 0;
      return { code, lon, lat, title, open: handles, handles, waitMinutes: wait ?? Number.POSITIVE_INFINITY };
    });
    const here = loads.find(({ code }) => code === params.centre);
    if (!here) throw NotFound.with();
    const shifts = offerShift({ here: { ...here, waitMinutes: Math.min(here.waitMinutes, FAR) }, others: loads });
    return {
      here: Number.isFinite(here.waitMinutes) ? here.waitMinutes : null,
      shifts: shifts.map((shift) => ({
        ...shift,
        title: loads.find(({ code }) => code === shift.code)?.title ?? { zh: shift.code, en: shift.code },
      })),
    };
  },
});
