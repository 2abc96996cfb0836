import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Index, indexOf, isFresh, scoreOf } from './vital-index.ts';
import { believe, judgeValue, type Quality } from './vital-quality.ts';
import type { VitalRules } from './vital-rules.ts';
import { type Vital, vitalSource } from './vital-source.ts';

/** What a source said (来源所报). */
export type Said = { id: string; title: Text; heard: Date | null; vitals: Vital[] };
export type JudgedSource = {
  id: string;
  title: Text;
  heard: Date | null;
  minutes: number;
  fresh: boolean;
  /** Its clock was ahead of ours: our time was taken. */
  skewed: boolean;
};
export type JudgedVital = Omit<Vital, 'measure'> & {
  source: string;
  quality: Quality;
  score: number | null;
  /** Made of too few to lean on. */
  few: boolean;
};
export type Judged = { sources: JudgedSource[]; vitals: JudgedVital[]; index: Index };

/** Asks every source, each in a transaction of its own: they belong to other modules. Called in `prepare`. */
export async function askSources(services: Services, actor: Actor, now: Date): Promise<Said[]> {
  const said: Said[] = [];
  for (const { value } of services.registry.provided(vitalSource))
    said.push({ id: value.id, title: value.title, ...(await value.read({ services, actor, now })) });
  return said;
}

/**
 * Judges what was said (体征判定), pure: a silent source gives no figure and its weight leaves the index; what cannot be is code S and left out; a clock that
 * is ahead is not believed; weights that contradict one another give no index.
 */
export function judgeVitals(said: readonly Said[], rules: VitalRules, now: Date): Judged {
  const sources = said.map(({ id, title, heard: told }): JudgedSource => {
    const { heard, skewed } = believe(told, now, rules.skewMinutes);
    const minutes = rules.minutes.get(id) ?? 0;
    return { id, title, heard, minutes, fresh: isFresh(heard, minutes, now), skewed };
  });
  const fresh = new Map(sources.map((source) => [source.id, source.fresh]));
  const measures = new Map<string, number | null>();
  const vitals = said.flatMap(({ id: source, vitals: told }) =>
    told.map(({ measure, ...vital }): JudgedVital => {
      const { value, quality } = judgeValue(vital.value, rules.ranges.get(vital.unit));
      // Never a last value: what a silent source said is not what is so.
      const shown = fresh.get(source) === true && quality !== 'S';
      const counted = quality === 'S' ? null : measure === undefined ? value : measure;
      const scale = rules.scales.get(vital.id);
      measures.set(vital.id, counted);
      return {
        ...vital,
        source,
        quality,
        value: shown ? value : null,
        parts: shown ? (vital.parts ?? []) : [],
        hourly: shown ? (vital.hourly ?? []) : [],
        score: shown && scale && counted !== null ? scoreOf(counted, scale) : null,
        few: shown && vital.about.of !== undefined && value !== null && vital.about.of.d < rules.least,
      };
    }),
  );
  // A vital of the rulebook whose source is not connected is missing too: its weight is not quietly given to the others.
  const index = indexOf(
    [...rules.scales].map(([id, scale]) => {
      const found = vitals.find((vital) => vital.id === id);
      return {
        id,
        value: measures.get(id) ?? null,
        fresh: found !== undefined && fresh.get(found.source) === true,
        scale,
      };
    }),
  );
  return { sources, vitals, index: rules.weights.consistent ? index : { ...index, value: null } };
}
