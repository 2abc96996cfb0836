import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Condition, Question } from './item-definition.ts';

type Conditional = { when?: readonly Condition[] };

/**
 * What is wrong with guided questions and with the conditions of what depends on them: an id that is taken, a question that does not come
 * before, an option that is not there.
 */
export function situationFaults(
  questions: readonly Question[],
  lists: Readonly<Record<string, readonly Conditional[]>>,
): FieldFault[] {
  const options = new Map(questions.map(({ id, options }) => [id, new Set(options.map(({ value }) => value))]));
  const check = ({ when = [] }: Conditional, pointer: string, before: ReadonlySet<string>): FieldFault[] =>
    when.flatMap((condition, at) =>
      Object.entries(condition).flatMap(([question, values]): FieldFault[] => {
        const place = `${pointer}/when/${at}/${question}`;
        if (!before.has(question)) return [{ pointer: place, ...LATER }];
        return values.some((value) => !options.get(question)?.has(value)) ? [{ pointer: place, ...NO_OPTION }] : [];
      }),
    );
  const all = new Set(questions.map(({ id }) => id));
  return [
    ...repeated(questions.map(({ id }) => id)).map((at) => ({ pointer: `/questions/${at}/id`, ...TWICE })),
    ...questions.flatMap((question, at) =>
      check(question, `/questions/${at}`, new Set(questions.slice(0, at).map(({ id }) => id))),
    ),
    ...Object.entries(lists).flatMap(([list, entries]) =>
      entries.flatMap((entry, at) => check(entry, `/${list}/${at}`, all)),
    ),
  ];
}

/** Places of what stands in a list before already. */
export function repeated(list: readonly string[]): number[] {
  return list.flatMap((each, at) => (list.indexOf(each) < at ? [at] : []));
}

const TWICE = { rule: 'unique', message: { zh: '问题编号重复', en: 'two questions have this id' } };
const LATER = {
  rule: 'before',
  message: {
    zh: '条件引用了后面或不存在的问题',
    en: 'the condition names a question that does not come before',
  },
};
const NO_OPTION = {
  rule: 'option',
  message: { zh: '条件引用了没有的选项', en: 'the condition names an option that is not there' },
};
