import type { Condition, FormField, ItemDefinition, Material, Question } from './item-definition.ts';

/** Answers to the guided questions: question → value. */
export type SituationAnswers = Readonly<Record<string, string>>;

/** What follows from the answers so far. */
export type Chosen = {
  /** The question to ask now; undefined = all that matter are answered. */
  next: Question | undefined;
  /** Answers that count; those to questions that are not asked (any more) are gone. */
  answers: SituationAnswers;
  materials: Material[];
  fields: FormField[];
};

const holds = (condition: Condition, answers: SituationAnswers): boolean =>
  Object.entries(condition).every(([question, values]) => {
    const answer = answers[question];
    return answer !== undefined && values.includes(answer);
  });

/** Whether something that depends on answers is there: always without a condition, else where any of them holds. */
export const applies = ({ when }: { when?: readonly Condition[] }, answers: SituationAnswers): boolean =>
  when === undefined || when.some((condition) => holds(condition, answers));

/**
 * Goes through the guided questions in their order: a question is asked where its condition holds, and its answer counts only then.
 * While one is open, only what certainly applies is in the lists.
 */
export function choose(
  definition: Pick<ItemDefinition, 'questions' | 'materials' | 'fields'>,
  given: SituationAnswers,
): Chosen {
  const answers: Record<string, string> = {};
  let next: Question | undefined;
  for (const question of definition.questions) {
    if (!applies(question, answers)) continue;
    const answer = given[question.id];
    if (answer !== undefined && question.options.some(({ value }) => value === answer)) answers[question.id] = answer;
    else next ??= question;
    if (next) break;
  }
  return {
    next,
    answers,
    materials: definition.materials.filter((material) => applies(material, answers)),
    fields: definition.fields.filter((field) => applies(field, answers)),
  };
}

/** Combinations of answers that are looked at; more than these no editor can look over either. */
const MOST = 5_000;

/** Every way through the questions; undefined where there are too many. */
export function situationsOf(definition: Pick<ItemDefinition, 'questions'>): SituationAnswers[] | undefined {
  let ways: Record<string, string>[] = [{}];
  for (const question of definition.questions) {
    ways = ways.flatMap((answers) =>
      applies(question, answers)
        ? question.options.map(({ value }) => ({ ...answers, [question.id]: value }))
        : [answers],
    );
    if (ways.length > MOST) return undefined;
  }
  return ways;
}
