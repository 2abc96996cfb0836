import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { composeCaseCode } from '#platform/kernel/codes/case-code.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { handOverClock } from '#apps/government/service-hall/hand-over-clock.ts';
import { composePaperCode } from '#apps/government/service-hall/paper-code.ts';
import { district, readStreets } from './district.ts';
import { FAMILIES, type SampleCentre, sampleCentres, sampleVisits } from './generate/service-centres.ts';

const actor = { ...systemActor({ name: 'sample' }), name: '样例中心' };
/** Days of visits that are made up: the last half year. */
const DAYS = 190;
/** Exams of the clerks of the demo accounts: each can do some things and not others. */
const SKILLS: Readonly<Record<string, { street: string; families: string[] }>> = {
  'clerk.ruijin': { street: '310101023', families: ['civil', 'insurance', 'residence', 'health'] },
  'clerk.bund': { street: '310101013', families: ['civil', 'insurance', 'housing'] },
  'clerk.huaihai': { street: '310101022', families: ['civil', 'residence', 'education'] },
};

/** Takes over the centres of the sample district with their windows, exams and visits. Repeatable. */
export async function loadCentres(
  services: Services,
  options: { centres?: readonly SampleCentre[]; visits?: boolean } = {},
): Promise<void> {
  if (!services.registry.modules.some(({ id }) => id === 'service-hall')) return;
  const centres = options.centres ?? sampleCentres(readStreets());
  const items = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    db.rows<SampleItem>(
      sql`select code, unit, title, any_centre as "anyCentre" from service.item where state = 'published' order by code`,
    ),
  );
  await services.database.tx({ module: 'service-hall', actor }, async (db) => {
    if (await db.first(sql`select from service_hall.centre limit 1`)) return;
    await storeCentres(db, centres);
    await storeRules(db, items);
    if (options.visits === false) return;
    const now = services.clock.now();
    await storeVisits(db, centres, shanghaiDate(now));
    await openAllDay(db, now);
    await fillHalls(db, centres, now);
    await storeLinks(db, now);
    await storePapers(db, now);
    await storeIntakes(db, items, now);
  });
}

async function storeCentres(db: Db, centres: readonly SampleCentre[]): Promise<void> {
  await db.run(sql`
    insert into service_hall.family (code, title, letter, units)
    select r.code, r.title, r.letter, r.units from jsonb_to_recordset(${json(FAMILIES)}::text::jsonb) as r(code text, title jsonb, letter text, units text[])`);
  await db.run(sql`
    insert into service_hall.centre (code, kind, title, units, area, address, phone, lon, lat, hours, sample)
    select r.code, r.kind, r.title, r.units, r.area, r.address, r.phone, r.lon, r.lat, r.hours, true
    from jsonb_to_recordset(${json(centres)}::text::jsonb) as r(code text, kind text, title jsonb, units text[], area text, address jsonb, phone text, lon float8, lat float8, hours jsonb)`);
  // Two thirds of the windows are staffed by invented clerks; the first two wait for those who try the house.
  const windows = centres.flatMap(({ code, windows: own }) =>
    own.map(({ no, families }) => ({ centre: code, no, families, clerk: no > 2 && no % 3 !== 0 })),
  );
  await db.run(sql`
    insert into service_hall.service_window (centre, no, families, clerk, clerk_name, seated_at)
    select r.centre, r.no, r.families, case when r.clerk then 'sample.' || r.centre || '.' || r.no end, case when r.clerk then '样例窗口' || r.no end,
      case when r.clerk then kernel.now() end
    from jsonb_to_recordset(${json(windows)}::text::jsonb) as r(centre text, no int, families text[], clerk boolean)`);
  await db.run(sql`
    insert into service_hall.clerk_skill (account, family, centre, passed_on, entered_by)
    select clerk, unnest(families), centre, '2026-01-15', 'system:sample' from service_hall.service_window where clerk is not null`);
  const exams = Object.entries(SKILLS).flatMap(([account, { street, families }]) =>
    families.map((family) => ({ account, family, centre: `affairs-centre-${street}` })),
  );
  await db.run(sql`
    insert into service_hall.clerk_skill (account, family, centre, passed_on, entered_by)
    select r.account, r.family, r.centre, '2026-01-15', 'system:sample' from jsonb_to_recordset(${json(exams)}::text::jsonb) as r(account text, family text, centre text)`);
}

type SampleItem = { code: string; unit: string; title: Text; anyCentre: boolean };

const FOR_BUSINESS = new Set(
  FAMILIES.filter(({ code }) => code === 'business' || code === 'construction').flatMap(({ units }) => units),
);

/** Items that are accepted at every centre; of the others, those of businesses by the place of business, the rest by residence. */
export function principleOf({
  unit,
  anyCentre,
}: Pick<SampleItem, 'unit' | 'anyCentre'>): 'anywhere' | 'business' | 'residence' {
  if (anyCentre) return 'anywhere';
  return FOR_BUSINESS.has(unit) ? 'business' : 'residence';
}

async function storeRules(db: Db, items: readonly SampleItem[]): Promise<void> {
  const rules = items.map((item) => ({ unit: item.unit, item: item.code, principle: principleOf(item) }));
  await db.run(sql`
    insert into service_hall.routing_rule (unit, item, principle, entered_at, entered_by)
    select r.unit, r.item, r.principle, kernel.now(), 'system:sample' from jsonb_to_recordset(${json(rules)}::text::jsonb) as r(unit text, item text, principle text)`);
}

async function storeVisits(db: Db, centres: readonly SampleCentre[], today: string): Promise<void> {
  const { calendar } = await readCalendar(db);
  const isWorked = (day: string) => calendar.day(day).working;
  const rows = sampleVisits({ seed: district.seed, centres, from: addDays(today, -DAYS), days: DAYS, isWorked });
  await db.run(sql`
    insert into service_hall.visit_count (centre, day, half, people)
    select r.centre, r.day, r.half, r.people from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(centre text, day date, half int, people int)`);
}

/** On the day of loading the halls are open from midnight to midnight, so that there is something to see whenever somebody tries the house. */
async function openAllDay(db: Db, now: Date): Promise<void> {
  await db.run(sql`
    insert into service_hall.special_day (centre, day, open_from, open_to, why, entered_at, entered_by)
    select code, ${shanghaiDate(now)}::date, '00:00', '24:00', '样例：装载当天全天开放', ${now}::timestamptz, 'system:sample' from service_hall.centre`);
}

/** Who is served at the staffed windows, and who waits: busier in some halls than in others. */
async function fillHalls(db: Db, centres: readonly SampleCentre[], now: Date): Promise<void> {
  const rows = centres.flatMap(({ code, windows }, at) => {
    const served = windows
      .filter(({ no }) => no > 2 && no % 3 !== 0)
      .map(({ no, families }) => ({
        centre: code,
        family: families[no % families.length],
        window: no,
        ago: 18 + (no % 7),
      }));
    const all = [...new Set(windows.flatMap(({ families }) => families))];
    const many = windows.length > 9 ? 34 : 4 + ((at * 7) % 19);
    const waiting = Array.from({ length: many }, (_, i) => ({
      centre: code,
      family: all[(i * 5 + at) % all.length],
      window: null,
      ago: 1 + (((many - i) * 3) % 27),
    }));
    return [...served, ...waiting].map((row, i) => ({ ...row, priority: i % 9 === 4 }));
  });
  const day = shanghaiDate(now);
  await db.run(sql`
    insert into service_hall.ticket (id, centre, day, number, kind, family, priority, since, taken_at, state, at_window, called_at, calls, served_at)
    select gen_random_uuid(), r.centre, ${day}::date,
      f.letter || lpad(kernel.next_number('service-hall-ticket', r.centre || ':' || ${day} || ':' || f.letter)::text, 3, '0'), 'walk-in', r.family, r.priority,
      ${now}::timestamptz - r.ago * interval '1 minute', ${now}::timestamptz - r.ago * interval '1 minute', case when r.window is null then 'waiting' else 'serving' end, r.window,
      case when r.window is not null then ${now}::timestamptz - (r.ago / 3) * interval '1 minute' end, case when r.window is null then 0 else 1 end,
      case when r.window is not null then ${now}::timestamptz - (r.ago / 3) * interval '1 minute' end
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(centre text, family text, "window" int, ago int, priority boolean) join service_hall.family f on f.code = r.family`);
}

/** Vertical systems (垂直系统) of their kinds, with the plan of those that are typed over; entries of the last months. */
const LINKS: readonly [
  code: string,
  zh: string,
  en: string,
  unit: string,
  mode: 'api' | 'exchange' | 'assisted',
  cases: number,
  plan?: string,
  until?: string,
][] = [
  ['sample-civil-relief', '民政社会救助系统', 'Social relief', 'civil-affairs', 'api', 160],
  ['sample-insurance', '社会保险业务系统', 'Social insurance', 'social-insurance', 'api', 210],
  ['sample-medical', '医疗保障经办系统', 'Medical insurance', 'medical-security', 'exchange', 120],
  ['sample-employment', '就业创业系统', 'Employment', 'human-resources', 'exchange', 70],
  ['sample-housing-register', '不动产登记系统', 'Property register', 'property-registration', 'api', 60],
  ['sample-market', '市场主体登记系统', 'Market register', 'market-supervision', 'api', 140],
  [
    'sample-residence',
    '居住证管理系统',
    'Residence permits',
    'public-security',
    'assisted',
    95,
    '市级接口联调后停止转录，改为接口直接写入',
    '2027-06-30',
  ],
  [
    'sample-veterans',
    '退役军人优抚系统',
    'Veterans',
    'veterans',
    'assisted',
    18,
    '纳入市级数据交换平台，按日交换',
    '2027-12-31',
  ],
  [
    'sample-disabled',
    '残疾人证管理系统',
    'Disability certificates',
    'disabled-federation',
    'assisted',
    26,
    '与市残联共用表单，停止窗口重复录入',
    '2026-09-30',
  ],
  ['sample-birth', '生育登记系统', 'Birth register', 'health', 'exchange', 44],
];

async function storeLinks(db: Db, now: Date): Promise<void> {
  const links = LINKS.map(([code, zh, en, unit, mode, cases, plan = null, until = null]) => ({
    code,
    title: { zh, en },
    unit,
    mode,
    cases,
    plan,
    until,
  }));
  await db.run(sql`
    insert into service_hall.system_link (code, title, unit, mode, plan, plan_until, entered_at, entered_by)
    select r.code, r.title, r.unit, r.mode, r.plan, r.until, ${now}::timestamptz - interval '200 days', 'system:sample'
    from jsonb_to_recordset(${json(links)}::text::jsonb) as r(code text, title jsonb, unit text, mode text, plan text, until date)`);
  await db.run(sql`
    insert into service_hall.link_entry (id, link, case_code, no, mode, unit, digests, entered_at, entered_by, reconciled_at)
    select gen_random_uuid(), r.code, 'sample-' || r.code || '-' || n, 1, r.mode, r.unit, case when r.mode = 'assisted' then '{}'::jsonb end,
      ${now}::timestamptz - (n % 170) * interval '1 day', 'system:sample', case when r.mode = 'assisted' and n % 8 > 0 then ${now}::timestamptz end
    from jsonb_to_recordset(${json(links)}::text::jsonb) as r(code text, unit text, mode text, cases int), generate_series(1, r.cases) n`);
}

const [RUIJIN, BUND, HUAIHAI] = ['310101023', '310101013', '310101022'] as const;
/** Papers of the street of the demo clerk: some held, one lost, some on their way to it and from it. */
const PAPERS: readonly [what: string, holder: string, to?: string, lost?: boolean][] = [
  ['租赁合同原件', `street-${RUIJIN}`],
  ['户口簿复印件（2 页）', `street-${RUIJIN}`],
  ['低保申请书', `street-${RUIJIN}`],
  ['残疾评定表', `street-${RUIJIN}`, 'disabled-federation'],
  ['居住证明原件', `street-${RUIJIN}`, undefined, true],
  ['营业场所证明', `street-${BUND}`, `street-${RUIJIN}`],
  ['结婚证复印件', `street-${HUAIHAI}`, `street-${RUIJIN}`],
];

async function storePapers(db: Db, now: Date): Promise<void> {
  const day = shanghaiDate(now);
  for (const [at, [what, holder, to, lost]] of PAPERS.entries()) {
    const id = uuidv7();
    const since = new Date(now.getTime() - (at + 1) * 5 * 3_600_000);
    await db.run(sql`
      insert into service_hall.paper (id, barcode, what, state, units, registered_at, registered_by, lost_at, lost_note)
      values (${id}::uuid, ${composePaperCode({ day, number: 990_001 + at })}, ${what}, ${lost ? 'lost' : 'held'}, ${to === undefined ? [holder] : [holder, to]}::text[],
        ${since}::timestamptz, 'system:sample', ${lost ? now : null}::timestamptz, ${lost ? '移交时清点缺少一份' : null}::text)`);
    await db.run(sql`
      insert into service_hall.custody (paper, no, unit, account, name, from_at) values (${id}::uuid, 1, ${holder}, 'system:sample', '样例窗口', ${since}::timestamptz)`);
    if (to !== undefined)
      await db.run(sql`
        insert into service_hall.hand_over (id, paper, from_unit, to_unit, offered_at, offered_by)
        values (${uuidv7()}::uuid, ${id}::uuid, ${holder}, ${to}, ${now}::timestamptz, 'system:sample')`);
  }
}

/** Intakes of that street's centre in each state, with the two hours at different points, and a pair that may be one application. */
const INTAKES: readonly {
  at: string;
  state: 'accepted-here' | 'to-dispatch' | 'to-hand-over' | 'handed-over';
  target?: string;
  why?: string;
  ago: number;
}[] = [
  { at: BUND, state: 'to-hand-over', target: RUIJIN, ago: 95 },
  { at: HUAIHAI, state: 'to-hand-over', target: RUIJIN, ago: 40 },
  { at: BUND, state: 'to-hand-over', target: RUIJIN, ago: 12 },
  { at: RUIJIN, state: 'to-hand-over', target: HUAIHAI, ago: 70 },
  { at: RUIJIN, state: 'to-dispatch', why: 'several-places', ago: 30 },
  { at: RUIJIN, state: 'to-dispatch', why: 'unknown-address', ago: 8 },
  { at: RUIJIN, state: 'accepted-here', ago: 130 },
  { at: RUIJIN, state: 'accepted-here', ago: 55 },
  { at: BUND, state: 'accepted-here', ago: 200 },
  { at: RUIJIN, state: 'accepted-here', ago: 20 },
];

async function storeIntakes(db: Db, items: readonly SampleItem[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const centreOf = (street: string) => `affairs-centre-${street}`;
  const ids: string[] = [];
  for (const [i, { at, state, target, why, ago }] of INTAKES.entries()) {
    const id = uuidv7();
    ids.push(id);
    // The last two are the pair: one item, taken in twice.
    const item = items[(Math.min(i, INTAKES.length - 2) * 17) % items.length] as SampleItem;
    const received = new Date(now.getTime() - ago * 60_000);
    const clock =
      state === 'accepted-here'
        ? null
        : await startClock(db, { kind: handOverClock, subject: id, event: 'received', at: received });
    await db.run(sql`
      insert into service_hall.intake (id, case_code, no, item, title, unit, centre, card, state, target, why, received_at, received_by, hand_over_clock)
      values (${id}::uuid, ${composeCaseCode({ district: district.code, day: shanghaiDate(received), number: 990_001 + i })}, 1, ${item.code}, ${json(item.title)}::text::jsonb, ${item.unit},
        ${centreOf(at)}, 'read', ${state}, ${target === undefined ? null : centreOf(target)}::text, ${why ?? null}::text, ${received}::timestamptz, 'system:sample', ${clock?.id ?? null}::uuid)`);
  }
  const [kept, other] = ids.slice(-2);
  await db.run(sql`
    insert into service_hall.joining (id, kept, other, kept_centre, other_centre, state, proposed_at)
    values (${uuidv7()}::uuid, ${kept}::uuid, ${other}::uuid, ${centreOf(BUND)}, ${centreOf(RUIJIN)}, 'proposed', ${now}::timestamptz)`);
}
