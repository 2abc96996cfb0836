import { type FormEvent, useId, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useInboxTexts } from './inbox-texts.ts';
import type { Task } from './shapes.ts';
import { useVocabulary } from './use-vocabulary.ts';

type Unit = { code: string; name: string; nameEn: string };

/** To another post (转办), or asks another post to sign as well (加签). Units and posts, not persons: it stays with the post. */
export function HandOver({
  task,
  act,
  onChanged,
}: {
  task: Task;
  act: 'delegate' | 'countersign';
  onChanged: () => void;
}) {
  const { t } = useInboxTexts();
  const [open, setOpen] = useState(false);
  return (
    <details className="task-act" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(act)}</summary>
      {open && <Fields task={task} act={act} onChanged={onChanged} />}
    </details>
  );
}

function Fields({ task, act, onChanged }: { task: Task; act: 'delegate' | 'countersign'; onChanged: () => void }) {
  const { t, language } = useInboxTexts();
  const id = useId();
  const vocabulary = useVocabulary();
  const units = useApi('all units', (signal) => call<{ units: Unit[] }>('/api/identity/units', { signal }));
  const { busy, problem, submit } = useSubmit((body: { unit: string; post: string; note?: string }, headers) =>
    call(`/api/workflow/tasks/${task.id}/${act}`, { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get('note') ?? '').trim();
    const body = { unit: String(form.get('unit')), post: String(form.get('post')), ...(note !== '' && { note }) };
    if ((await submit(body)) !== undefined) onChanged();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label htmlFor={`${id}-unit`}>{t('unit')}</label>
      <select id={`${id}-unit`} name="unit" required>
        {units.data?.units.map((unit) => (
          <option key={unit.code} value={unit.code}>
            {language === 'en' ? unit.nameEn || unit.name : unit.name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-post`}>{t('post')}</label>
      <select id={`${id}-post`} name="post" required>
        {vocabulary.data?.posts.map((post) => (
          <option key={post.id} value={post.id}>
            {post.title[language]}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-note`}>{t('note')}</label>
      <textarea id={`${id}-note`} name="note" rows={2} maxLength={500} />
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {t(act)}
      </button>
    </form>
  );
}
