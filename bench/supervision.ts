/**
 * `supervision`: planted breaches that the rules find (recall), findings that are planted (precision), by kind and in all, and how long the log
 * takes to be judged anew (replay), twice, with the same result. The generator keeps its key apart; the wanted values are GX2's: recall 0.95,
 * precision 0.90, a million events in ten minutes. First in memory (folding, judging, rules), then with rows in PostgreSQL: the log is written, and
 * judged and looked at twice by the module's own rounds, the second time in the reverse order of arrival. Reference: sorting the same events by case
 * and time, which no judge can do without. Usage: supervision [cases] [breaches]; 230000 cases are a million events.
 */
import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';
import { packageCalendar } from '#platform/calendar/work-calendar.ts';
import { sampleJudge } from '#apps/foundation/evaluation/fixtures/levels.ts';
import { foldRun, inOrder, type Run } from '#apps/foundation/evaluation/judge/fold-run.ts';
import { judgeRun } from '#apps/foundation/evaluation/judge/judge-run.ts';
import { limitOfEvents } from '#apps/foundation/evaluation/judge/limits.ts';
import { rankOf } from '#apps/foundation/evaluation/judge/reached.ts';
import { readStep, type StepEvent } from '#apps/foundation/evaluation/log/read-step.ts';
import type { Passage, Settings } from '#apps/foundation/evaluation/rule/pattern.ts';
import { groupBy } from '#apps/foundation/evaluation/rule/pattern.ts';
import { PATTERNS } from '#apps/foundation/evaluation/rule/patterns.ts';
import { type Breach, generateSupervision, type ToldEvent } from '#districts/huangpu/generate/supervision.ts';
import { report } from './lib/figure.ts';
import { openRows } from './lib/supervision-rows.ts';

const [cases = 60_000, breaches = 500] = process.argv.slice(2).map(Number);
const MILLION = 1_000_000;
const WANTED = { recall: 0.95, precision: 0.9, seconds: 600 };
/** The values of the module's rulebook. */
const SETTINGS: Settings = {
  corrections: 1,
  burstSeconds: 10,
  burstLength: 4,
  peers: 20,
  quantile: 0.95,
  outlier: 3.5,
  falseAlarms: 0.05,
  readDays: 3,
  chiSquare: 15,
  receives: new Set(['accept']),
  decides: new Set(['decide']),
  shared: new Set(['population.resident.name']),
  misfits: [],
  reads: [],
};
/** Which rule is to find which breach. */
const TIME = 'time';
const FINDS: Record<Breach, string> = {
  'over-time': TIME,
  'far-over-time': TIME,
  'second-time-over': TIME,
  'extra-fee': TIME,
  'refusal-without-reason': TIME,
  'decided-before-received': 'evaluation.decided-before-received',
  'long-stop': 'evaluation.stopped-too-long',
  'repeated-corrections': 'evaluation.repeated-corrections',
  'asked-for-shared-data': 'evaluation.shared-material',
  burst: 'evaluation.burst-approvals',
  'same-hands': 'evaluation.same-hands',
  discretion: 'evaluation.discretion-outlier',
};

const calendar = packageCalendar();
const judge = sampleJudge();
const sample = generateSupervision({ seed: 310101, cases, breaches, from: new Date('2026-01-05T01:00:00Z') });
const logged = sample.events.map(logOf);

const sorting = performance.now();
inOrder(logged);
const sorted = (performance.now() - sorting) / 1_000;
const first = replay(logged);
const second = replay([...logged].reverse());
if (first.digest !== second.digest) throw new Error('two replays gave two results');

const planted = new Set(sample.key.map(({ breach, caseNo }) => `${FINDS[breach]} ${caseNo}`));
for (const [breach, all] of groupBy(sample.key, (one) => one.breach)) {
  const seen = all.filter(({ caseNo }) => first.found.has(`${FINDS[breach as Breach]} ${caseNo}`)).length;
  console.log(`${breach.padEnd(26)} ${seen} of ${all.length}`);
}
for (const rule of new Set(Object.values(FINDS))) {
  const all = [...first.found].filter((finding) => finding.startsWith(`${rule} `));
  const wrong = all.filter((finding) => !planted.has(finding)).length;
  console.log(`${rule.padEnd(40)} ${all.length} found, ${wrong} not planted`);
}
const quality = (found: ReadonlySet<string>) => {
  const hits = [...found].filter((finding) => planted.has(finding)).length;
  return { recall: hits / planted.size, precision: found.size === 0 ? 0 : hits / found.size };
};
console.log(`in memory: ${logged.length} events in ${first.seconds.toFixed(1)} s; same result from the reverse order`);
for (const [name, value] of Object.entries(quality(first.found))) console.log(`in memory: ${name} ${value.toFixed(4)}`);

const rows = await openRows();
const loading = await rows.load(logged);
console.log(
  `with rows: ${logged.length} events written in ${loading.toFixed(1)} s; load of the machine ${loadavg()[0]?.toFixed(1)}`,
);
const { shared } = SETTINGS;
const once = await rows.replay({ now: sample.now, shared, backwards: false });
console.log(
  `with rows: judged in ${once.judging.toFixed(1)} s, rules in ${once.rules.toFixed(1)} s; load ${loadavg()[0]?.toFixed(1)}`,
);
const again = await rows.replay({ now: sample.now, shared, backwards: true });
console.log(
  `with rows, reversed: judged in ${again.judging.toFixed(1)} s, rules in ${again.rules.toFixed(1)} s; load ${loadavg()[0]?.toFixed(1)}`,
);
await rows.close();
if (once.digest !== again.digest) throw new Error('two replays with rows gave two results');
const { recall, precision } = quality(once.found);
const seconds = once.judging + once.rules;
const million = (seconds / logged.length) * MILLION;
console.log(
  `with rows: recall ${recall.toFixed(4)} (wanted ${WANTED.recall}), precision ${precision.toFixed(4)} (wanted ${WANTED.precision}), ${planted.size} planted, ${once.found.size} found; same result twice`,
);
console.log(
  `a million events ${logged.length >= MILLION ? 'measured' : 'extrapolated'}: ${million.toFixed(1)} s (wanted ${WANTED.seconds})`,
);
if (recall < WANTED.recall || precision < WANTED.precision || million > WANTED.seconds) process.exitCode = 1;
report({
  name: 'supervision',
  ours: logged.length / seconds,
  reference: logged.length / sorted,
  ratio: WANTED.seconds / million,
  unit: 'events/s',
  wanted: 1,
  note: `recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)} on ${planted.size} planted in ${cases} cases, with rows; ratio = time wanted for a million events / time that they take with rows; load ${loadavg()[0]?.toFixed(1)}`,
});

function logOf({ id, seq, phase, at, account, data }: ToldEvent): StepEvent {
  const step = readStep({
    id,
    seq: String(seq),
    type: `gov.step.${phase}`,
    subject: data.caseNo ?? '',
    time: at,
    source: 'sample',
    account,
    data,
  });
  if (!step) throw new Error(`event ${id} is no step event`);
  return step;
}

/** Judges a whole log from nothing. */
function replay(events: readonly StepEvent[]): { found: Set<string>; seconds: number; digest: string } {
  const start = performance.now();
  const runs = [...groupBy(events, ({ run }) => run)].map(([run, own]) => ({ run, of: foldRun(own) as Run }));
  const found = new Set<string>();
  const yellows = new Set<string>();
  const byBegin = runs.sort(
    (a, b) => (a.of.startedAt?.getTime() ?? 0) - (b.of.startedAt?.getTime() ?? 0) || (a.run < b.run ? -1 : 1),
  );
  const hash = createHash('sha256');
  for (const { run, of } of byBegin) {
    const step = `${of.caseNo} ${of.step}`;
    const judged = judgeRun({
      run: of,
      limit: limitOfEvents(of),
      now: sample.now,
      calendar,
      judge,
      yellowBefore: yellows.has(step),
      cap: null,
    });
    if (rankOf(judged.level) >= rankOf('yellow')) {
      yellows.add(step);
      found.add(`${TIME} ${of.caseNo}`);
    }
    for (const { level, from } of judged.reached) hash.update(`${run} ${level} ${from.toISOString()}\n`);
  }
  const passages = byBegin.map(
    ({ run, of }): Passage => ({
      ...of,
      app: 'sample',
      run,
      stops: of.pauses.length,
      stoppedMs: of.pauses.reduce((sum, { from, to }) => sum + ((to ?? sample.now).getTime() - from.getTime()), 0),
    }),
  );
  const caseOf = new Map(passages.map(({ run, caseNo }) => [run, caseNo]));
  for (const pattern of PATTERNS) {
    const findings = pattern.find(passages, SETTINGS).map(({ run, from }) => ({ run, from }));
    for (const { run, from } of findings.sort((a, b) => (a.run < b.run ? -1 : 1))) {
      found.add(`${pattern.id} ${caseOf.get(run)}`);
      hash.update(`${pattern.id} ${run} ${from.toISOString()}\n`);
    }
  }
  return { found, seconds: (performance.now() - start) / 1_000, digest: hash.digest('hex') };
}
