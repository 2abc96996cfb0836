/** What a bench ends with: one line of JSON. */
export type Figure = {
  name: string;
  ours: number;
  reference: number;
  /** How ours stands against the reference; higher is better, the issue names the least. */
  ratio: number;
  unit: string;
  /** The least ratio that is wanted, where the issue names one. */
  wanted?: number;
  /** The most that `ours` may be, in its unit, where the issue names that. */
  limit?: number;
  note: string;
};

/** Prints the figure as the last line, and whether its limit is kept; where it is not, the bench fails. */
export function report(figure: Figure): void {
  const kept = figure.limit === undefined ? {} : { kept: figure.ours <= figure.limit };
  if (kept.kept === false) process.exitCode = 1;
  const round = (value: number) => Number(value.toPrecision(4));
  console.log(
    JSON.stringify({
      ...figure,
      ours: round(figure.ours),
      reference: round(figure.reference),
      ratio: round(figure.ratio),
      ...kept,
    }),
  );
}

/** The value that 95 of 100 do not exceed (nearest rank). */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * Runs each work in turn, `rounds` times after one round of warm-up, so that a change of the machine's load meets all alike.
 * Returns what each returned, by name.
 */
export async function alternate<K extends string>(options: {
  rounds: number;
  works: Record<K, () => Promise<number>>;
}): Promise<Record<K, number[]>> {
  const names = Object.keys(options.works) as K[];
  const seen = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = -1; round < options.rounds; round++) {
    // Every other round backwards: who comes second finds warmer or fuller caches.
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const value = await options.works[name]();
      if (round >= 0) seen[name].push(value);
    }
  }
  return seen;
}

/** Milliseconds that `times` runs of a work take. */
export async function timed(times: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) await work(i);
  return performance.now() - start;
}

/** Watches the resident memory of this process; `stop` gives the highest above the first, in MB. */
export function watchMemory(): { stop(): { baseline: number; highest: number; grown: number } } {
  const mb = () => process.memoryUsage.rss() / 2 ** 20;
  const baseline = mb();
  let highest = baseline;
  const watch = setInterval(() => {
    highest = Math.max(highest, mb());
  }, 20);
  return {
    stop() {
      clearInterval(watch);
      highest = Math.max(highest, mb());
      return { baseline: Math.round(baseline), highest: Math.round(highest), grown: Math.round(highest - baseline) };
    },
  };
}
