/**
 * `storm`: so many alerts of one source in a minute (G3: 10,000): how many a second are judged, collapsed and told, with a few of level I among
 * them that must all pass. Reference: bare inserts of as many rows, one statement for each thousand. Usage: storm [alerts]
 */
import { loadavg } from 'node:os';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { climb } from '#platform/signal/alert/climb.ts';
import { type SubjectReading, takeReadings } from '#platform/signal/alert/take-readings.ts';
import { signal } from '#platform/signal/app.ts';
import type { Logic } from '#platform/signal/rule/rule.ts';
import { putRule, type Severity } from '#platform/signal/rule/rule-record.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const [alerts = 10_000] = process.argv.slice(2).map(Number);
const GRAVE = 20;
const CHUNK = 1_000;
/** G3: 10,000 alerts in a minute. */
const LEAST_PER_SECOND = 10_000 / 60;
const LOGIC: Logic = {
  condition: { kind: 'threshold', side: 'above', limit: 100, clearLimit: 90 },
  hits: 1,
  of: 1,
  clearAfter: 1,
  damping: { times: 20, withinSeconds: 60, calmSeconds: 1 },
};

const house = await openBenchHouse({
  name: 'storm',
  manifests: [identity, rulebook, calendar, access, audit, document, { ...signal, timers: [] }],
});
try {
  const actor = systemActor({ name: 'bench' });
  const rule = (id: string, severity: Severity) =>
    house.services.database.tx({ module: 'signal', actor }, (db) =>
      putRule(db, {
        id,
        title: { zh: '积水', en: 'Water' },
        kind: id.replace('.', '-'),
        logic: LOGIC,
        decision: 'signal.alert-level',
        severity,
        unit: 'operations-centre',
        parent: null,
        enabled: true,
      }),
    );
  await rule('bench.flood', 'moderate');
  await rule('bench.grave', 'extreme');
  const at = house.services.clock.now();
  const reading = (id: string, subject: string): SubjectReading => ({
    rule: id,
    subject,
    source: 'broken',
    at,
    value: 120,
  });
  const flood = Array.from({ length: alerts }, (_, n) => reading('bench.flood', `sensor-${n}`));
  for (let n = 0; n < GRAVE; n++) flood.splice((n * alerts) / GRAVE, 0, reading('bench.grave', `grave-${n}`));

  await house.client.query(
    'create table public.plain (id bigserial primary key, rule text, subject text, at timestamptz, value numeric)',
  );
  const plainFrom = performance.now();
  for (let from = 0; from < flood.length; from += CHUNK)
    await house.client.query(
      'insert into public.plain (rule, subject, at, value) select rule, subject, at, value from jsonb_to_recordset($1::jsonb) as w(rule text, subject text, at timestamptz, value numeric)',
      [JSON.stringify(flood.slice(from, from + CHUNK))],
    );
  const plain = flood.length / ((performance.now() - plainFrom) / 1000);

  const from = performance.now();
  await takeReadings({ services: house.services, readings: flood });
  await climb(house.services);
  const ours = flood.length / ((performance.now() - from) / 1000);

  const count = async (text: string): Promise<number> => Number((await house.client.query(text)).rows[0]?.n);
  const messages = await count('select count(*) as n from signal.message');
  // Several may be on duty: each alert of level I has to reach all of them, once.
  const people = await count('select count(distinct account) as n from signal.message');
  const told = await count('select count(*) as n from signal.message where level = 1');
  const grave = await count('select count(distinct subject) as n from signal.message where level = 1');
  const collapsed = await count('select count as n from signal.alert where storm');
  if (grave !== GRAVE || told !== GRAVE * people)
    throw new Error(`${grave} of ${GRAVE} alerts of level I were told, to ${told} of ${GRAVE * people}`);
  report({
    name: 'storm',
    ours: Math.round(ours),
    reference: Math.round(plain),
    ratio: ours / plain,
    unit: 'alerts/s',
    // 10,000 a minute are 167 a second; a tenth of bare inserts is far beyond.
    wanted: 0.1,
    note: `${flood.length} alerts of one source became ${messages} messages to ${people} on duty, all ${GRAVE} of level I among them; ${collapsed} collapsed into one; reference: bare inserts; load ${loadavg()[0]?.toFixed(1)}`,
  });
  if (ours < LEAST_PER_SECOND) process.exitCode = 1;
} finally {
  await house.close();
}
