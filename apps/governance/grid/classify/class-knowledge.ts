import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { CaseClass } from '#platform/case/classes.ts';
import type { Labelled } from '#platform/search/classify/train-classifier.ts';

const file = Compile(
  Type.Object({ classes: Type.Record(Type.String(), Type.Object({ things: Type.String(), troubles: Type.String() })) }),
);
let held: ReadonlyMap<string, readonly string[]> | undefined;

/** Other words by class (各类的其他说法, `class-words.json`): read with the first training. */
export function classWords(): ReadonlyMap<string, readonly string[]> {
  if (held) return held;
  const read: unknown = JSON.parse(readFileSync(new URL('class-words.json', import.meta.url), 'utf8'));
  held = new Map(
    Object.entries(file.Parse(read).classes).map(([code, { things, troubles }]) => [
      code,
      [...things.split(' '), ...troubles.split(' ')],
    ]),
  );
  return held;
}

/** A phrase that stands in the criteria of more classes (影响通行) tells none of them. */
const MOST_CLASSES = 3;

/**
 * What is known of the classes before any case has closed (先验知识): the name in the register, what must be there for a case to be established (立案条件), and other words
 * for the same. So a class that is rare or new is proposed before it has cases. Classes that are not in force say nothing.
 */
export function knowledgeOf(classes: readonly Pick<CaseClass, 'code' | 'name' | 'establish'>[]): Labelled[] {
  const criteria = classes.map(({ code, establish }) => ({ code, phrases: establish.zh.split(/[，、；。或]/) }));
  const often = new Map<string, number>();
  for (const { phrases } of criteria)
    for (const phrase of new Set(phrases)) often.set(phrase, (often.get(phrase) ?? 0) + 1);
  const telling = new Map(
    criteria.map(({ code, phrases }) => [code, phrases.filter((phrase) => (often.get(phrase) ?? 0) <= MOST_CLASSES)]),
  );
  return classes.flatMap(({ code, name }) =>
    [name.zh, ...(telling.get(code) ?? []), ...(classWords().get(code) ?? [])].map((text) => ({ text, label: code })),
  );
}
