import { type FormEvent, useId, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useInboxTexts } from './inbox-texts.ts';
import type { TaskDetail } from './shapes.ts';

type Props = { detail: TaskDetail; onChanged: () => void };

/** The results of a step as buttons, with words for whoever comes next. */
export function OutcomeForm({ detail: { task, outcomes }, onChanged }: Props) {
  const { t } = useInboxTexts();
  const id = useId();
  const [note, setNote] = useState('');
  const { busy, problem, submit } = useSubmit((body: { outcome?: string; note?: string }, headers) =>
    call(`/api/workflow/tasks/${task.id}/complete`, { method: 'POST', body, headers }),
  );
  const send = async (outcome?: string) => {
    const words = note.trim();
    const body = { ...(outcome !== undefined && { outcome }), ...(words !== '' && { note: words }) };
    if ((await submit(body)) !== undefined) onChanged();
  };
  return (
    <section className="task-outcomes">
      <div className="field">
        <label htmlFor={id}>{t('note')}</label>
        <textarea
          id={id}
          rows={2}
          maxLength={500}
          value={note}
          aria-describedby={`${id}-help`}
          onChange={(event) => setNote(event.target.value)}
        />
        <small id={`${id}-help`} className="soft">
          {t('noteHelp')}
        </small>
      </div>
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        {task.opinion || outcomes.length === 0 ? (
          <button type="button" className="primary" disabled={busy} onClick={() => void send()}>
            {t(task.opinion ? 'giveOpinion' : 'complete')}
          </button>
        ) : (
          outcomes.map((outcome, at) => (
            <button
              key={outcome}
              type="button"
              className={at === 0 ? 'primary' : undefined}
              disabled={busy}
              onClick={() => void send(outcome)}
            >
              {outcome}
            </button>
          ))
        )}
      </div>
    </section>
  );
}

/** Back to an earlier step, with the reason. */
export function ReturnForm({ detail: { task, returnTo }, onChanged }: Props) {
  const { t } = useInboxTexts();
  const id = useId();
  const { busy, problem, submit } = useSubmit((body: { to: string; note: string }, headers) =>
    call(`/api/workflow/tasks/${task.id}/return`, { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const done = await submit({ to: String(form.get('to')), note: String(form.get('note')).trim() });
    if (done !== undefined) onChanged();
  };
  return (
    <details className="task-act">
      <summary>{t('return')}</summary>
      <form onSubmit={(event) => void send(event)}>
        <label htmlFor={`${id}-to`}>{t('returnTo')}</label>
        <select id={`${id}-to`} name="to">
          {returnTo.map(({ node, name }) => (
            <option key={node} value={node}>
              {name}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-why`}>{t('returnWhy')}</label>
        <textarea id={`${id}-why`} name="note" rows={2} required minLength={2} maxLength={500} />
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('return')}
        </button>
      </form>
    </details>
  );
}
