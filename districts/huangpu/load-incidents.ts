import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openAreaLocator, type Whereabouts } from '#platform/geo/area-locator.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import type { DemoSubjects } from '#platform/identity/demo-accounts.ts';
import { type Brought, carryOut } from '#platform/case/act.ts';
import { holdCase } from '#platform/case/case-row.ts';
import { packagedClasses } from '#platform/case/classes.ts';
import { fileReport, type Reported, type Report } from '#platform/case/file-report.ts';
import { holdReport } from '#platform/case/hold-report.ts';
import type { Act, Role } from '#platform/case/lifecycle.ts';
import { keepOutside } from '#platform/case/outside-reports.ts';
import { district } from './district.ts';
import { createRandom } from './generate/random.ts';

const ACCOUNT = 'system:sample';
const COUNT = 56;
const MINUTE_MS = 60_000;

/** How far a sample case has come. */
export const INCIDENT_ENDS = [
  'reported',
  'accepted',
  'facts',
  'established',
  'dispatched',
  'ruling',
  'handling',
  'asked',
  'suspended',
  'handled',
  'verified',
  'closed',
  'complained',
  'evaluated',
] as const;
export type IncidentEnd = (typeof INCIDENT_ENDS)[number];

type Pace = { act: Act; role: Role; by?: string; brought?: Brought; minutes: number };
const TEXTS: Record<string, readonly string[]> = {
  P0101: ['路口井盖缺失，行人容易踩空', '人行道井盖破损，车辆经过有响声', '弄堂口窨井盖松动'],
  P0102: ['路灯连续几晚不亮', '弄堂里两盏路灯不亮'],
  P0201: ['路面有坑，骑车容易摔倒', '人行道砖松动，下雨溅水'],
  P0301: ['废物箱破损，垃圾外溢'],
  P0401: ['花坛围栏损坏', '行道树支架倒了'],
  E0101: ['垃圾堆在人行道上，没有人清理', '建筑垃圾堆在弄堂口'],
  E0201: ['楼道和电线杆上贴满小广告'],
  E0301: ['工地夜里施工，噪声很大'],
  E0401: ['大风刮倒树枝，挡住半条路'],
  E0501: ['摊贩占道，行人只能走车道', '水果摊占了盲道'],
};
const CLASSES = Object.keys(TEXTS);

const walk = (unit: string, end: IncidentEnd, secure: boolean): Pace[] => {
  const ask = {
    kind: 'suspend' as const,
    by: 'system:sample-unit',
    name: '样例经办',
    reason: '等待权属单位配合',
    document: '样例〔2026〕1号',
    until: '2099-12-31',
    stop: 'third-party',
  };
  const all: (Pace & { at: IncidentEnd })[] = [
    { at: 'accepted', act: { act: 'accept' }, role: 'operator', minutes: 6 },
    { at: 'established', act: { act: 'establish' }, role: 'operator', minutes: 12 },
    {
      at: 'dispatched',
      act: { act: 'dispatch', unit, secure },
      role: 'dispatcher',
      minutes: 10,
      brought: { data: { unit } },
    },
    { at: 'handling', act: { act: 'take' }, role: 'unit', by: 'system:sample-unit', minutes: 20 },
    {
      at: 'handled',
      act: { act: 'feedback' },
      role: 'unit',
      by: 'system:sample-unit',
      minutes: 60,
      brought: { text: '已到现场处置完毕' },
    },
    {
      at: 'verified',
      act: { act: 'verify' },
      role: 'supervisor',
      by: 'system:sample-supervisor',
      minutes: 40,
      brought: { text: '现场核查，问题已消除' },
    },
    { at: 'closed', act: { act: 'close' }, role: 'centre', by: 'system:sample-centre', minutes: 30 },
  ];
  const upTo = (last: IncidentEnd): Pace[] => all.slice(0, all.findIndex(({ at }) => at === last) + 1);
  switch (end) {
    case 'reported':
      return [];
    case 'facts':
      return [
        ...upTo('accepted'),
        {
          act: { act: 'ask-facts' },
          role: 'operator',
          minutes: 5,
          brought: { text: '请补充具体位置，最好附一张照片' },
        },
      ];
    case 'ruling':
      return [
        ...upTo('established'),
        { act: { act: 'refer' }, role: 'dispatcher', minutes: 5, brought: { text: '权责清单没有对应的单位' } },
      ];
    case 'asked':
    case 'suspended':
      return [
        ...upTo('handling'),
        {
          act: { act: 'ask-suspend', most: 2 },
          role: 'unit',
          by: 'system:sample-unit',
          minutes: 10,
          brought: { asked: ask, text: ask.reason },
        },
        ...(end === 'suspended'
          ? [{ act: { act: 'allow' }, role: 'leader', by: 'system:sample-leader', minutes: 0 } as Pace]
          : []),
      ];
    case 'complained':
      return [...upTo('closed'), { act: { act: 'complain' }, role: 'reporter', minutes: 15 }];
    case 'evaluated':
      return [...upTo('closed'), { act: { act: 'evaluate' }, role: 'reporter', minutes: 15 }];
    default:
      return upTo(end);
  }
};

/** Tells the story of one case: reported at a moment and brought as far as its end, in the same ways as people do it. */
export async function tellIncident(options: {
  services: Services;
  at: Date;
  where: Whereabouts;
  report: Omit<Report, 'clientId' | 'reporter'>;
  person?: string;
  unit: string;
  end: IncidentEnd;
}): Promise<Reported> {
  const { services, at, where, report, unit, end } = options;
  const actor = { ...systemActor({ name: 'sample' }), name: '样例经办' };
  return services.database.tx({ module: 'incident', actor }, async (db: Db) => {
    const reporter = { account: ACCOUNT, person: options.person ?? null, entity: null, contact: null };
    const made = await fileReport({
      db,
      services,
      now: at,
      where,
      report: { ...report, clientId: uuidv7(), reporter },
    });
    await bringCase(db, { services, no: made.no, unit, end, at, secure: report.class === 'P0101' });
    return made;
  });
}

/** Brings a case as far as its end, from a moment on, never beyond now. The transaction is one of cases. */
export async function bringCase(
  db: Db,
  of: { services: Services; no: string; unit: string; end: IncidentEnd; at: Date; secure?: boolean },
): Promise<void> {
  const { services, no, unit, end, at, secure = false } = of;
  let now = at;
  for (const { act, role, by, brought, minutes } of walk(unit, end, secure)) {
    now = new Date(Math.min(now.getTime() + minutes * MINUTE_MS, services.clock.now().getTime()));
    const row = await holdCase(db, no);
    if (!row) throw new Error(`no case ${no}`);
    await carryOut({ db, row, act, hand: { roles: [role], account: by ?? ACCOUNT }, now, brought });
  }
}

/** The sample's cases: some of each state over the district, and one of each kind that waits for the demo citizen. Repeatable. */
export async function loadIncidents(services: Services, subjects?: DemoSubjects): Promise<void> {
  const inIncident = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: 'incident', actor: systemActor({ name: 'sample' }) }, work);
  if (await inIncident((db) => db.first(sql`select 1 as there from incident.case_file limit 1`))) return;
  const locator = await openAreaLocator(services);
  const random = createRandom(district.seed);
  const between = (from: number, to: number) => from + random.next() * (to - from);
  const now = services.clock.now().getTime();
  const hash = subjects && services.keyring.lookup(ID_NUMBER_LOOKUP, subjects.citizen.idNumber);
  const person = hash && (await services.registry.provided(personResolver)[0]?.value.personOf({ hash, services }));
  const own: IncidentEnd[] = person ? ['facts', 'handling', 'closed'] : [];
  for (let n = 0; n < COUNT; ) {
    const [lon, lat] = [between(121.455, 121.51), between(31.19, 31.245)];
    const where = locator.whereabouts(lon, lat);
    if (!where) continue;
    const code = random.pick(CLASSES);
    const texts = TEXTS[code] ?? [];
    const end = own[n] ?? INCIDENT_ENDS[n % INCIDENT_ENDS.length] ?? 'reported';
    const fresh = end === 'reported' || end === 'accepted' || end === 'established';
    const ago = fresh ? between(1, 30) : between(200, 4_000);
    await tellIncident({
      services,
      at: new Date(now - Math.round(ago) * MINUTE_MS),
      where,
      person: n < own.length ? person : undefined,
      unit: code.startsWith('P04')
        ? 'greening'
        : code.startsWith('P02')
          ? 'construction-transport'
          : `street-${where.street.code}`,
      end,
      report: {
        source: n < own.length ? 'citizen' : ((['citizen', 'grid', 'hotline', 'patrol'] as const)[n % 4] ?? 'grid'),
        class: code,
        text: texts[n % Math.max(1, texts.length)] ?? '样例问题',
        lon: Number(lon.toFixed(6)),
        lat: Number(lat.toFixed(6)),
        address: `${where.street.name}${where.committee.name}附近`,
      },
    });
    n += 1;
  }
  await inIncident((db) => declareTable(db));
  await inIncident((db) => oddReports({ db, services, now: new Date(now), whereabouts: locator.whereabouts }));
}

/** A heap of held reports of one sender (待核上报), and pins outside that are offered to neighbours (区外上报). */
async function oddReports(options: {
  db: Db;
  services: Services;
  now: Date;
  whereabouts: (lon: number, lat: number) => Whereabouts | null;
}): Promise<void> {
  const { db, services, now, whereabouts } = options;
  const reporter = { account: `${ACCOUNT}-flood`, person: null, entity: null, contact: null };
  const report = { source: 'citizen', class: 'E0201', reporter } as const;
  for (let n = 0; n < 6; n += 1) {
    const place = { lon: 121.4588 + n * 0.0002, lat: 31.2176 };
    const where = whereabouts(place.lon, place.lat);
    const text = n < 4 ? '电线杆上贴满小广告' : '楼道里贴满小广告';
    if (where)
      await holdReport({
        db,
        services,
        now,
        where,
        cause: 'rate',
        report: { ...report, ...place, clientId: uuidv7(), text },
      });
  }
  for (const [lon, lat] of [
    [121.4402, 31.2292],
    [121.5202, 31.2397],
    [120.6, 31.3],
  ] as const)
    await keepOutside({
      db,
      services,
      now,
      report: { ...report, class: 'P0102', lon, lat, clientId: uuidv7(), text: '路灯连续几晚不亮' },
    });
}

/** Classes of these majors that no line of the sample names for itself; a few are left open, so that the centre has something to rule. */
const packaged = (...majors: readonly string[]): string[] =>
  packagedClasses()
    .classes.map(({ code }) => code)
    .filter((code) => majors.includes(code.slice(0, 3)) && !NAMED.has(code) && !OPEN.has(code));
const NAMED = new Set(['P0401', 'P0301', 'P0201', 'P0202', 'P0101']);
const OPEN = new Set(['P0102', 'P9901', 'E0101', 'E0102', 'E0201', 'E0301', 'E0401', 'E0402', 'E0501', 'E9901']);

/** Who answers for what in the sample: streets for what stands in the street, departments for their own parts. */
async function declareTable(db: Db): Promise<void> {
  const of = (units: Record<string, readonly string[]>) =>
    Object.entries(units).flatMap(([unit, classes]) => classes.map((code) => [unit, code] as const));
  for (const [unit, code] of of({
    'construction-transport': ['P0201', 'P0202', 'P0101', ...packaged('P01', 'P02', 'P99', 'E03', 'E04')],
    greening: ['P0401', 'P0301', ...packaged('P03', 'P04')],
    'urban-management': packaged('E01', 'E02', 'E05'),
  }))
    await db.run(sql`
      insert into incident.responsibility (id, class, place, unit, state, valid_from, reason, proposed_by, proposed_name, proposed_at, decided_by, decided_name, decided_at)
      values (${uuidv7()}::uuid, ${code}, ${district.code}, ${unit}, 'approved', '2020-01-01', '样例权责清单', 'system:sample', '样例', kernel.now(), 'system:sample-centre', '样例', kernel.now())`);
}
