import { readFileSync } from 'node:fs';
import type { Services } from '#platform/kernel/app.ts';
import { stepFacts, type StepFact } from '#platform/case/hooks.ts';
import { type Holder, listHolders } from '#platform/identity/organisation/holders.ts';
import type { Formula, Score } from './score.ts';

/** Kinds of posts of GB/T 30428.4 as they are worked here (岗位): 受理岗 · 派遣岗 · 监督员岗. */
export const POSTS = ['operator', 'dispatcher', 'supervisor'] as const;
export type PostKind = (typeof POSTS)[number];

export const POST_FORMULAE: readonly Formula[] = JSON.parse(
  readFileSync(new URL('./post-formulae.json', import.meta.url), 'utf8'),
) as Formula[];
const INDICATOR = 'post-on-time';

const OF_STEP: Readonly<Record<StepFact['step'], PostKind>> = {
  accept: 'operator',
  establish: 'operator',
  dispatch: 'dispatcher',
  verify: 'supervisor',
};
/** Who may work in a post. */
const WORKED_BY: Readonly<Record<PostKind, readonly string[]>> = {
  operator: ['duty-officer', 'street-clerk'],
  dispatcher: ['duty-officer', 'street-clerk'],
  supervisor: ['grid-supervisor', 'committee-worker', 'street-clerk'],
};

/** One step that somebody of a post finished; `doer` only tells how many there were. */
export type PostStep = Omit<StepFact, 'unit'> & { post: PostKind; unit: string; onTime: boolean };

/** A committee's people work for their street. */
const unitOf = (unit: string) => (unit.startsWith('committee-') ? `street-${unit.slice(10, 19)}` : unit);

/** Steps by post, from what the register of cases tells. Steps that the platform took itself are nobody's. */
export function stepsByPost(facts: readonly StepFact[]): PostStep[] {
  return facts.flatMap((fact) =>
    fact.unit === null
      ? []
      : [{ ...fact, post: OF_STEP[fact.step], unit: unitOf(fact.unit), onTime: fact.doneAt <= fact.dueAt }],
  );
}

/**
 * Figures of kinds of posts (岗位评价): of the district, and of each unit. `holders` is how many hold the post or did the step, whichever is fewer; below `fewestHolders`
 * there are no figures, since they would be figures of persons, and below `fewest` steps nobody is ranked.
 */
export function scoresOfPosts(
  steps: readonly PostStep[],
  terms: { holders: readonly Pick<Holder, 'person' | 'post' | 'unit'>[]; fewest: number; fewestHolders: number },
): Score[] {
  const scores = POSTS.flatMap((post) => {
    const own = steps.filter((step) => step.post === post);
    const held = terms.holders.filter((holder) => holder.unit !== null && WORKED_BY[post].includes(holder.post));
    const scoreOf = (object: string, of: readonly PostStep[], holders: typeof held): Score => {
      const people = Math.min(
        new Set(holders.map(({ person }) => person)).size,
        new Set(of.map(({ doer }) => doer)).size,
      );
      const withheld = people < terms.fewestHolders || of.length === 0;
      const hits = of.filter(({ onTime }) => onTime).length;
      return {
        kind: 'post',
        object,
        indicator: INDICATOR,
        numerator: withheld ? 0 : hits,
        denominator: withheld ? 0 : of.length,
        value: withheld ? null : hits / of.length,
        rank: null,
        holders: people,
      };
    };
    const units = [...new Set(own.map(({ unit }) => unit))].sort();
    const ofUnits = units.map((unit) =>
      scoreOf(
        `${post}@${unit}`,
        own.filter((step) => step.unit === unit),
        held.filter((holder) => unitOf(holder.unit ?? '') === unit),
      ),
    );
    const ranked = ofUnits.filter(({ denominator }) => denominator >= terms.fewest);
    for (const score of ranked) score.rank = 1 + ranked.filter(({ value }) => (value ?? 0) > (score.value ?? 0)).length;
    return [scoreOf(post, own, held), ...ofUnits];
  });
  return scores;
}

/** Without the module of people nobody holds anything. */
const hasPeople = (services: Services) => services.registry.modules.some(({ id }) => id === 'identity');

/** What the figures of posts of a month are made of; called outside a transaction. */
export async function readPostInputs(
  services: Services,
  month: { from: Date; to: Date },
): Promise<{ steps: PostStep[]; holders: Holder[] }> {
  const facts = (await services.registry.provided(stepFacts)[0]?.value.between({ services, ...month })) ?? [];
  return { steps: stepsByPost(facts), holders: hasPeople(services) ? await listHolders(services) : [] };
}
