/**
 * `linkage`: invented claims about persons from six departments, linked from zero: standardise, learn the parameters, score,
 * cluster. Each size runs in a process of its own, so that its peak of memory is its own. Reference, on the same claims: the plain
 * matcher that a department would write (one identity number, or one name, birth and telephone or address). The truth is looked at
 * for the score only. The seed is drawn at run time and printed. Usage: linkage [claims …] [--seed N]
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { link } from '#platform/linkage/engine/link.ts';
import { readTable } from '#platform/linkage/engine/table.ts';
import { train } from '#platform/linkage/engine/train.ts';
import type { Stated } from '#platform/linkage/model/space.ts';
import { personSpace } from '#platform/linkage/spaces/person.ts';
import { report, watchMemory } from './lib/figure.ts';
import { type ClaimSet, personClaims, RATES, usableId } from './lib/person-claims.ts';
import { plainMatcher } from './lib/plain-matcher.ts';
import { type Quality, qualityOf } from './lib/pair-quality.ts';

const WANTED = { seconds: 60, most: 600, precision: 0.999, recall: 0.97, memoryMb: 8192 };

type Run = {
  claims: number;
  persons: number;
  withoutId: number;
  seconds: Record<'standardise' | 'train' | 'link' | 'all', number>;
  processorSeconds: number;
  peakMb: number;
  compared: number;
  questions: number;
  cut: number;
  quality: Quality;
  plain: Quality & { seconds: number };
};

function* stated({ claims }: ClaimSet): Generator<Stated> {
  for (const { idNumber, stated: values } of claims) yield { identifier: usableId(idNumber), ...values };
}

function runOne(count: number, seed: number): Run {
  const set = personClaims({ count, seed });
  const watch = watchMemory();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const table = readTable(personSpace, stated(set));
  const read = performance.now();
  const parameters = train(table);
  const trained = performance.now();
  const { clusters, questions, pairs } = link(table, parameters);
  const end = performance.now();
  const used = process.cpuUsage(cpu);
  // The watch is a timer and has not run meanwhile: the kernel's own high-water mark counts.
  watch.stop();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const plainStart = performance.now();
  const plain = plainMatcher(set.claims);
  const plainSeconds = (performance.now() - plainStart) / 1000;
  const seconds = (from: number, to: number): number => Number(((to - from) / 1000).toFixed(2));
  return {
    claims: table.size,
    persons: set.persons,
    withoutId: set.claims.filter(({ idNumber }) => usableId(idNumber) === undefined).length / table.size,
    seconds: {
      standardise: seconds(start, read),
      train: seconds(read, trained),
      link: seconds(trained, end),
      all: seconds(start, end),
    },
    processorSeconds: (used.user + used.system) / 1e6,
    peakMb: Math.round(peakMb),
    compared: pairs,
    questions: questions.length,
    cut: clusters.cut.length,
    quality: qualityOf({ clusters: clusters.of, set }),
    plain: { ...qualityOf({ clusters: plain, set }), seconds: plainSeconds },
  };
}

const given = process.argv.slice(2);
const at = given.indexOf('--seed');
const seed = at >= 0 ? Number(given[at + 1]) : randomInt(1, 2 ** 31);
const sizes = (at >= 0 ? given.slice(0, at) : given).map(Number).filter((n) => n > 0);

if (given.includes('--one')) {
  console.log(JSON.stringify(runOne(sizes[0] as number, seed)));
} else {
  console.log(`seed ${seed}; rates ${JSON.stringify(RATES)}`);
  const runs = (sizes.length > 0 ? sizes : [100_000, 300_000, 1_000_000]).map((size) => {
    const child = spawnSync(
      process.execPath,
      ['--max-old-space-size=7000', import.meta.filename, String(size), '--seed', String(seed), '--one'],
      { encoding: 'utf8', maxBuffer: 2 ** 24, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const line = child.stdout.trim().split('\n').at(-1) ?? '';
    if (child.status !== 0) throw new Error(`run of ${size} ended with ${child.status}`);
    console.log(line);
    return JSON.parse(line) as Run;
  });
  const last = runs.at(-1) as Run;
  const kept =
    last.quality.precision >= WANTED.precision &&
    last.quality.recall >= WANTED.recall &&
    runs.every((run) => run.quality.twinsMerged === 0) &&
    last.seconds.all <= WANTED.most &&
    last.peakMb <= WANTED.memoryMb;
  report({
    name: 'linkage',
    ours: last.quality.recall,
    reference: last.plain.recall,
    ratio: last.quality.recall / last.plain.recall,
    unit: 'share of true pairs found',
    wanted: 1,
    note: `seed ${seed}; ${runs.map((r) => `${r.claims} claims ${r.seconds.all} s by the clock and ${r.processorSeconds.toFixed(0)} s of processor (standardise ${r.seconds.standardise}, learn ${r.seconds.train}, link ${r.seconds.link}), peak ${r.peakMb} MB with the claims themselves, ${r.compared} pairs compared, precision ${r.quality.precision.toFixed(5)}, recall ${r.quality.recall.toFixed(4)}, twin pairs merged ${r.quality.twinsMerged} of ${r.quality.twins}`).join('; ')}; ${(last.withoutId * 100).toFixed(1)} % of the claims without a usable identity number, ${last.questions} questions to people; reference = plain matcher in ${last.plain.seconds.toFixed(1)} s: precision ${last.plain.precision.toFixed(5)}, recall ${last.plain.recall.toFixed(4)}; aim ${WANTED.seconds} s ${last.seconds.all <= WANTED.seconds ? 'kept' : 'MISSED'}; precision ≥ ${WANTED.precision}, recall ≥ ${WANTED.recall}, no twins, ≤ ${WANTED.most} s, ≤ ${WANTED.memoryMb} MB: ${kept ? 'kept' : 'MISSED'}`,
  });
  if (!kept) process.exitCode = 1;
}
