import { useHallTexts } from './texts.ts';
import type { Form, Situations } from './shapes.ts';

type Question = Form['next'][number] & { items: string[] };

/** What several services ask in the same words is asked once. */
function joined(next: Form['next']): Question[] {
  const questions = new Map<string, Question>();
  for (const question of next) {
    const key = JSON.stringify([question.id, question.title.zh, question.options.map(({ value }) => value)]);
    const known = questions.get(key);
    if (known) known.items.push(question.item);
    else questions.set(key, { ...question, items: [question.item] });
  }
  return [...questions.values()];
}

/**
 * Guided questions (情形引导), one after the other: what was answered can be changed, what comes next depends on it. `situations` of the
 * form are the answers that count.
 */
export function Questions({
  form,
  onAnswer,
}: {
  form: Pick<Form, 'next' | 'situations'> & Partial<Pick<Form, 'answered'>>;
  onAnswer: (situations: Situations) => void;
}) {
  const { t, say } = useHallTexts();
  const answered = form.answered ?? [];
  const answer = ({ items, id }: Question, value: string) =>
    onAnswer({
      ...form.situations,
      ...Object.fromEntries(items.map((item) => [item, { ...form.situations[item], [id]: value }])),
    });
  return (
    <div className="hall-questions">
      {joined(form.next).map((question) => (
        <fieldset key={`${question.item} ${question.id}`} id={`question-${question.id}`} tabIndex={-1}>
          <legend>{say(question.title)}</legend>
          {question.help && <p className="soft">{say(question.help)}</p>}
          {question.options.map(({ value, title }) => (
            <label key={value} className="choice">
              <input
                type="radio"
                name={`${question.item} ${question.id}`}
                checked={false}
                onChange={() => answer(question, value)}
              />
              {say(title)}
            </label>
          ))}
        </fieldset>
      ))}
      {answered.length > 0 && (
        <dl className="hall-known">
          {[...new Map(answered.map((each) => [`${each.id} ${each.title.zh}`, each])).values()].map((each) => (
            <div key={`${each.item} ${each.id}`}>
              <dt>{say(each.title)}</dt>
              <dd>{say(each.answer)}</dd>
            </div>
          ))}
        </dl>
      )}
      {answered.length > 0 && (
        <button type="button" className="link" onClick={() => onAnswer({})}>
          {t('guide.changed')}
        </button>
      )}
    </div>
  );
}
