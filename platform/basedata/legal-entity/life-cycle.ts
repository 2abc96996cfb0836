import { arrival, type Statement } from '#platform/basedata/shared/survivorship.ts';
import { REGISTRARS } from './entity-rules.ts';

/** Stages of an enterprise's life (生命周期). Revoked (吊销) is not cancelled (注销): its licence is taken, it still exists and can be sued. */
export const LIFE_STATES = ['pre-registered', 'live', 'abnormal', 'revoked', 'cancelled'] as const;
export type LifeState = (typeof LIFE_STATES)[number];

/** A stage with the day on which it began, as far as a register says so, and who says it. */
export type Stage = {
  state: LifeState;
  on: string | null;
  unit: string;
  claim: number;
  /** It cannot follow the one before (e.g. alive after cancellation): shown, and not believed. */
  doubtful: boolean;
};

/** Words of registers for each stage. */
const WORDS: readonly (readonly [LifeState, RegExp])[] = [
  ['cancelled', /注销|撤销/u],
  ['revoked', /吊销/u],
  ['abnormal', /异常/u],
  ['pre-registered', /预先?核准|筹建|名称预|待设立|拟设立/u],
  ['live', /存续|在营|在业|开业|在册|正常|迁入|登记成立/u],
];

/** What may follow what. Nothing follows cancellation. */
const FOLLOWS: Record<LifeState, readonly LifeState[]> = {
  'pre-registered': ['live', 'cancelled'],
  live: ['abnormal', 'revoked', 'cancelled'],
  abnormal: ['live', 'revoked', 'cancelled'],
  revoked: ['cancelled'],
  cancelled: [],
};

/** The stage that a register's word means; undefined for a word that says nothing of it. 已吊销，未注销 is revoked. */
export function lifeStateOf(word: string | undefined): LifeState | undefined {
  if (word === undefined) return undefined;
  const said = word.replaceAll(/[未非]注销/gu, '');
  return WORDS.find(([, pattern]) => pattern.test(said))?.[0];
}

/**
 * The life of an enterprise from all that its registrars ever said, oldest first. The day is the register's own where it states one; a
 * claim without a day is ordered by its arrival. The present stage is the last that is not doubtful.
 */
export function lifeOf(statements: readonly Statement[]): Stage[] {
  const said = statements
    .flatMap((s) => {
      const state = lifeStateOf(s.values.status);
      const registrar = (REGISTRARS as readonly string[]).includes(s.unit);
      if (state === undefined || !registrar) return [];
      // A firm that is alive or was never anything else has been so since it was founded.
      const on = s.values.statusOn ?? (state === 'live' ? s.values.foundedOn : undefined) ?? null;
      return [{ s, state, on }];
    })
    .sort((a, b) => (a.on !== null && b.on !== null && a.on !== b.on ? (a.on < b.on ? -1 : 1) : arrival(a.s, b.s)));
  const stages: Stage[] = [];
  for (const { s, state, on } of said) {
    const before = stages.findLast((stage) => !stage.doubtful);
    if (before?.state === state) continue;
    // The first that is heard of may be any; what cannot follow is kept to be seen.
    const doubtful = before !== undefined && !FOLLOWS[before.state].includes(state);
    if (doubtful && stages.at(-1)?.state === state) continue;
    stages.push({ state, on, unit: s.unit, claim: s.claim, doubtful });
  }
  return stages;
}

/** The present stage; undefined where no registrar has said anything. */
export function presentStage(stages: readonly Stage[]): Stage | undefined {
  return stages.findLast((stage) => !stage.doubtful);
}
