import type { Bundle } from './shapes.ts';

/** Answers to the guided questions of a bundle: question → value. */
export type SituationAnswers = Readonly<Record<string, string>>;
type Question = Bundle['questions'][number];
type Conditions = readonly Readonly<Record<string, readonly string[]>>[] | null | undefined;

const holds = (when: Conditions, answers: SituationAnswers): boolean =>
  !when ||
  when.some((condition) =>
    Object.entries(condition).every(([question, values]) => values.includes(answers[question] ?? '')),
  );

/** Questions to show, up to the first that is open; answers to what is not asked any more do not count. */
export function askedOf(
  questions: readonly Question[],
  given: SituationAnswers,
): { asked: Question[]; open: boolean; counted: SituationAnswers } {
  const asked: Question[] = [];
  const counted: Record<string, string> = {};
  for (const question of questions) {
    if (!holds(question.when, counted)) continue;
    asked.push(question);
    const answer = given[question.id];
    if (!question.options.some(({ value }) => value === answer)) return { asked, open: true, counted };
    counted[question.id] = answer as string;
  }
  return { asked, open: false, counted };
}

/** Whether the answers ask for an item. */
export const needs = ({ when }: { when: Conditions }, answers: SituationAnswers): boolean => holds(when, answers);
