import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Logic } from '#platform/signal/rule/rule.ts';
import { putRule } from '#platform/signal/rule/rule-record.ts';

const actor = systemActor({ name: 'sample', unit: 'operations-centre' });
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

type Sample = {
  /** Hours before now, minutes until somebody acknowledged it, hours until it was closed; without the last it stands. */
  hours: number;
  seen: number;
  closed?: number;
  kind: string;
  level: number;
  unit: string;
  title: { zh: string; en: string };
  place: [number, number];
  value?: number;
};

/** Made up: what sensors and people of a district report in three weeks. */
const ALERTS: readonly Sample[] = [
  {
    hours: 0.4,
    seen: 3,
    kind: 'water-level',
    level: 4,
    unit: 'construction-transport',
    title: { zh: '打浦桥下立交水位 12 厘米', en: 'Dapuqiao underpass: water at 12 cm' },
    place: [121.4668, 31.2052],
    value: 12,
  },
  {
    hours: 3,
    seen: 6,
    kind: 'crowd',
    level: 3,
    unit: 'urban-management',
    title: { zh: '南京路步行街客流接近上限', en: 'Nanjing Road: crowd near its limit' },
    place: [121.4795, 31.2367],
  },
  {
    hours: 9,
    seen: 4,
    closed: 2,
    kind: 'power-cut',
    level: 3,
    unit: 'emergency',
    title: { zh: '豫园商城配电间失电', en: 'Yuyuan: a substation lost power' },
    place: [121.4921, 31.2272],
  },
  {
    hours: 27,
    seen: 2,
    closed: 1,
    kind: 'smoke',
    level: 2,
    unit: 'emergency',
    title: { zh: '老西门弄堂烟感报警', en: 'Laoximen: smoke detector in a lane' },
    place: [121.4836, 31.2204],
  },
  {
    hours: 50,
    seen: 11,
    closed: 5,
    kind: 'wind',
    level: 4,
    unit: 'urban-management',
    title: { zh: '外滩阵风 8 级，户外广告牌巡查', en: 'Bund: gusts of force 8, look at signboards' },
    place: [121.4903, 31.2388],
    value: 18.4,
  },
  {
    hours: 96,
    seen: 7,
    closed: 3,
    kind: 'water-level',
    level: 3,
    unit: 'construction-transport',
    title: { zh: '五里桥泵站前池水位偏高', en: 'Wuliqiao pumping station: forebay high' },
    place: [121.4742, 31.2008],
    value: 2.9,
  },
  {
    hours: 170,
    seen: 5,
    closed: 2,
    kind: 'gas',
    level: 2,
    unit: 'emergency',
    title: { zh: '小东门餐饮店燃气浓度报警', en: 'Xiaodongmen: gas alarm in a restaurant' },
    place: [121.5018, 31.2215],
  },
  {
    hours: 330,
    seen: 9,
    closed: 8,
    kind: 'outage',
    level: 4,
    unit: 'operations-centre',
    title: { zh: '半淞园路街道专线中断', en: 'Bansongyuan Road: a leased line was down' },
    place: [121.4899, 31.2079],
  },
];

const DAMPING = { times: 3, withinSeconds: 1_800, calmSeconds: 600 };
/** Rules as a district writes them (样例规则); no source of the sample sends readings for them. */
const RULES: readonly {
  id: string;
  title: { zh: string; en: string };
  kind: string;
  logic: Logic;
  severity: 'moderate' | 'severe';
  unit: string;
}[] = [
  {
    id: 'sample.underpass-water',
    title: { zh: '下立交积水', en: 'Water in an underpass' },
    kind: 'water-level',
    severity: 'severe',
    unit: 'construction-transport',
    logic: {
      condition: { kind: 'threshold', side: 'above', limit: 15, clearLimit: 8, holdSeconds: 120 },
      hits: 2,
      of: 3,
      clearAfter: 3,
      damping: DAMPING,
    },
  },
  {
    id: 'sample.crowd-growth',
    title: { zh: '步行街客流快速上升', en: 'A crowd grows quickly' },
    kind: 'crowd',
    severity: 'moderate',
    unit: 'urban-management',
    logic: {
      condition: { kind: 'rate', side: 'above', limit: 3_000, clearLimit: 1_000, overSeconds: 900 },
      hits: 1,
      of: 1,
      clearAfter: 2,
      damping: DAMPING,
    },
  },
  {
    id: 'sample.lift-faults',
    title: { zh: '同一电梯一天故障三次', en: 'A lift fails three times a day' },
    kind: 'lift',
    severity: 'moderate',
    unit: 'market-supervision',
    logic: {
      condition: { kind: 'count', limit: 3, clearLimit: 0, windowSeconds: 86_400 },
      hits: 1,
      of: 1,
      clearAfter: 1,
      damping: DAMPING,
    },
  },
];

/**
 * Alerts of the last weeks (样例预警), so that the wall shows what its figures are for. All of them were acknowledged, and nobody was told: nothing of them is an event.
 * Nothing is entered where an alert stands already.
 */
export async function loadAlerts(services: Services): Promise<void> {
  const now = services.clock.now();
  await services.database.tx({ module: 'signal', actor }, async (db) => {
    if (await db.first(sql`select from signal.alert limit 1`)) return;
    for (const rule of RULES)
      await putRule(db, { ...rule, decision: 'signal.alert-level', parent: null, enabled: true });
    for (const [n, { hours, seen, closed, title, place, ...sample }] of ALERTS.entries()) {
      const raised = new Date(now.getTime() - hours * HOUR_MS);
      const acknowledged = new Date(raised.getTime() + seen * MINUTE_MS);
      const ended = closed === undefined ? null : new Date(raised.getTime() + closed * HOUR_MS);
      const id = uuidv7();
      await db.run(sql`
        insert into signal.alert (id, number, kind, source, subject, title, level, value, unit, lon, lat, state, raised_at, last_at, acknowledged_at, acknowledged_by, acknowledged_name,
          closed_at, closed_by, closed_note, sample)
        values (${id}::uuid, ${`YJ${shanghaiDate(raised).replaceAll('-', '')}-样例${n + 1}`}, ${sample.kind}, 'sample-district', ${`sample-${n + 1}`}, ${JSON.stringify(title)}::text::jsonb,
          ${sample.level}::int, ${sample.value ?? null}::numeric, ${sample.unit}, ${place[0]}::float8, ${place[1]}::float8, ${ended ? 'closed' : 'acknowledged'}, ${raised}::timestamptz,
          ${raised}::timestamptz, ${acknowledged}::timestamptz, ${actor.account}, '样例', ${ended}::timestamptz, ${ended && actor.account}, ${ended && '已到场处置（样例）'}, true)`);
      const story = [
        ['raised', raised],
        ['acknowledged', acknowledged],
        ['closed', ended],
      ] as const;
      for (const [what, at] of story)
        if (at)
          await db.run(sql`
            insert into signal.alert_entry (id, alert, at, what, by_account, by_name)
            values (${uuidv7()}::uuid, ${id}::uuid, ${at}::timestamptz, ${what}, ${what === 'raised' ? null : actor.account}, ${what === 'raised' ? null : '样例'})`);
    }
  });
}
