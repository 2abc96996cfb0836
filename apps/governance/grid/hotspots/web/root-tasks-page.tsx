import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { UnitSelect } from '#web/design/unit-select.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';
import { useClasses } from '../../web/grid-parts.tsx';

type List = Reply<'/api/grid/root-tasks'>;
type Act = { id: string; act: 'open' | 'dismiss' | 'finish'; body: Record<string, string> };

/** Root-cause tasks (源头治理): the machine proposes, a person opens, and what came back afterwards stands beside. */
export default function RootTasksPage() {
  const { t, language } = useAnalysisTexts();
  const { me } = useSession();
  const classes = useClasses();
  const unitName = useUnitName();
  const list = useApi('root tasks', (signal) => call<List>('/api/grid/root-tasks', { signal }));
  const { busy, problem, submit } = useSubmit(({ id, act, body }: Act, key) =>
    call(`/api/grid/root-tasks/${id}/${act}`, { method: 'POST', body, headers: key }),
  );
  const decides = ['duty-officer', 'street-clerk', 'unit-head'].includes(String(me.kind));
  const send = (id: string, act: Act['act']) => async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
    if ((await submit({ id, act, body })) !== undefined) list.reload();
  };
  const tasks = list.data?.tasks ?? [];
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('rootTasks')} <SampleBadge />
        </h1>
        <p className="soft">{t('rootLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      {list.data && tasks.length === 0 && <EmptyState title={t('noTasks')} text={t('noTasksText')} />}
      <ul className="grid-twins">
        {tasks.map((task) => (
          <li key={task.id} className="grid-own">
            <b>
              {task.no} · {classes.get(task.class)?.name[language] ?? task.class} · {unitName(`street-${task.street}`)}
            </b>
            <span className="badge">{t(`states.${task.state as 'open'}`)}</span>
            <span>
              {t('taskCases', { n: task.cases.length })}{' '}
              {task.cases.slice(0, 6).map((no) => (
                <Link key={no} to={`/gov/incidents/${no}`}>
                  {no}{' '}
                </Link>
              ))}
            </span>
            {task.state !== 'proposed' && (
              <span className="soft">
                {[
                  unitName(task.unit),
                  task.due && formatMoment(task.due, { language, time: false }),
                  task.measures,
                  task.result,
                  task.reason,
                  task.decidedName,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            )}
            {task.after !== null && <span>{t('after', { n: task.after })}</span>}
            {decides && task.state === 'proposed' && (
              <>
                <details>
                  <summary>{t('open')}</summary>
                  <form onSubmit={send(task.id, 'open')}>
                    <UnitSelect name="unit" label={t('unit')} required defaultValue={`street-${task.street}`} />
                    <label>
                      {t('due')}
                      <input name="due" type="date" required />
                    </label>
                    <label>
                      {t('measures')}
                      <textarea name="measures" required minLength={4} maxLength={2000} />
                    </label>
                    <button type="submit" className="primary" disabled={busy}>
                      {t('open')}
                    </button>
                  </form>
                </details>
                <details>
                  <summary>{t('dismiss')}</summary>
                  <form onSubmit={send(task.id, 'dismiss')}>
                    <label>
                      {t('reason')}
                      <textarea name="reason" required minLength={4} maxLength={1000} />
                    </label>
                    <button type="submit" disabled={busy}>
                      {t('dismiss')}
                    </button>
                  </form>
                </details>
              </>
            )}
            {decides && task.state === 'open' && (
              <details>
                <summary>{t('finish')}</summary>
                <form onSubmit={send(task.id, 'finish')}>
                  <label>
                    {t('result')}
                    <textarea name="result" required minLength={4} maxLength={2000} />
                  </label>
                  <button type="submit" className="primary" disabled={busy}>
                    {t('finish')}
                  </button>
                </form>
              </details>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
