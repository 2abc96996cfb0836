import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { UnitSelect } from '#web/design/unit-select.tsx';
import { usePartTexts } from './parts-texts.ts';

type Tasks = Reply<'/api/grid/part-tasks'>;
type Task = Tasks['tasks'][number];
type Decision = { id: string; act: 'register' | 'drop'; body: Record<string, string | number> };

/** Register tasks (登记任务) that wait for somebody who knows what stands there. */
export function TasksPart() {
  const { t } = usePartTexts();
  const tasks = useApi('grid part tasks', (signal) => call<Tasks>('/api/grid/part-tasks', { signal }));
  const open = tasks.data?.tasks.filter(({ state }) => state === 'open') ?? [];
  return (
    <section aria-label={t('tasks')}>
      <h2>{t('tasks')}</h2>
      {tasks.problem && <RefusalPanel problem={tasks.problem} onRetry={tasks.reload} />}
      {tasks.data && <p className="soft">{open.length === 0 ? t('noTasks') : t('tasksLead')}</p>}
      <ul className="grid-twins">
        {open.map((task) => (
          <TaskItem key={task.id} task={task} onDone={tasks.reload} />
        ))}
      </ul>
    </section>
  );
}

function TaskItem({ task, onDone }: { task: Task; onDone: () => void }) {
  const { t } = usePartTexts();
  const [act, setAct] = useState<Decision['act'] | null>(null);
  const { busy, problem, submit } = useSubmit(({ id, act: to, body }: Decision, key) =>
    call(`/api/grid/part-tasks/${id}/${to}`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: string) => String(form.get(name) ?? '').trim();
    const body: Decision['body'] =
      act === 'drop'
        ? { reason: of('reason') }
        : {
            code: of('code'),
            lon: Number(of('lon')),
            lat: Number(of('lat')),
            owner: of('owner'),
            keeper: of('keeper'),
            ...(of('installed') ? { installed: of('installed') } : {}),
          };
    if (act && (await submit({ id: task.id, act, body })) !== undefined) onDone();
  };
  return (
    <li>
      <b className="grid-no">{t('told', { code: task.told })}</b>
      <span className="soft grid-no">{t('temporary', { code: task.code })}</span>
      <span>
        {t('ofCase')} <Link to={`/gov/incidents/${task.caseNo}`}>{task.caseNo}</Link>
      </span>
      <span className="grid-acts">
        <button type="button" aria-expanded={act === 'register'} onClick={() => setAct('register')}>
          {t('register')}
        </button>
        <button type="button" aria-expanded={act === 'drop'} onClick={() => setAct('drop')}>
          {t('drop')}
        </button>
      </span>
      {problem && <RefusalPanel problem={problem} />}
      {act && (
        <form className="grid-filters" onSubmit={(event) => void send(event)}>
          {act === 'drop' ? (
            <label>
              {t('dropReason')} <input name="reason" required minLength={2} maxLength={500} />
            </label>
          ) : (
            <>
              <label>
                {t('code')} <input name="code" required maxLength={16} inputMode="numeric" defaultValue={task.told} />
              </label>
              <label>
                {t('lon')} <input name="lon" required type="number" step="any" />
              </label>
              <label>
                {t('lat')} <input name="lat" required type="number" step="any" />
              </label>
              <UnitSelect name="owner" label={t('owner')} required />
              <UnitSelect name="keeper" label={t('keeper')} required />
              <label>
                {t('installed')} <input name="installed" type="date" />
              </label>
            </>
          )}
          <button type="submit" className="primary" disabled={busy}>
            {t(act)}
          </button>
        </form>
      )}
    </li>
  );
}
