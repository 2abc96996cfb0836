import type { AppField } from '#platform/catalog/form/form-for-app.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';

export type Answers = Record<string, string | number | boolean>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST = 2000;

/**
 * What is wrong with the answers to a form, each at its field: a required one that is missing, one of another kind, and one that nobody
 * was asked for, because it comes from its source.
 */
export function faultsOf(fields: readonly AppField[], asked: ReadonlySet<string>, answers: Answers): FieldFault[] {
  const known = new Map(fields.map((field) => [field.name, field]));
  const strange = Object.keys(answers).flatMap((name) => {
    if (!known.has(name)) return [fault(name, 'unknown', { zh: '表单里没有这一项', en: 'the form has no such field' })];
    if (!asked.has(name))
      return [
        fault(name, 'obtained', {
          zh: '这一项取自来源，不必填写',
          en: 'this comes from its source and is not asked for',
        }),
      ];
    return [];
  });
  const wrong = fields
    .filter(({ name }) => asked.has(name))
    .flatMap((field) => {
      const answer = answers[field.name];
      if (answer === undefined || answer === '')
        return field.required ? [fault(field.name, 'required', { zh: '请填写', en: 'please fill in' })] : [];
      return fits(field, answer) ? [] : [fault(field.name, 'type', EXPECTED[field.type])];
    });
  return [...strange, ...wrong];
}

const EXPECTED: Record<AppField['type'], Text> = {
  text: { zh: '请用文字填写，不超过 2000 字', en: 'text of 2,000 characters at most' },
  number: { zh: '请填写数字', en: 'a number' },
  date: { zh: '请按“年-月-日”填写日期', en: 'a date as year-month-day' },
  choice: { zh: '请从选项中选择', en: 'one of the choices' },
  'yes-no': { zh: '请选择“是”或“否”', en: 'yes or no' },
};

function fits({ type, choices }: AppField, answer: string | number | boolean): boolean {
  switch (type) {
    case 'text':
      return typeof answer === 'string' && answer.length <= LONGEST;
    case 'number':
      return typeof answer === 'number' && Number.isFinite(answer);
    case 'date':
      return typeof answer === 'string' && DAY.test(answer) && new Date(answer).toISOString().startsWith(answer);
    case 'choice':
      return typeof answer === 'string' && (choices ?? []).includes(answer);
    case 'yes-no':
      return typeof answer === 'boolean';
  }
}

function fault(name: string, rule: string, message: Text): FieldFault {
  return { pointer: `/answers/${name}`, rule, message };
}
