import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { dueWords } from './due-words.ts';
import { HandOver } from './hand-over.tsx';
import { useInboxTexts } from './inbox-texts.ts';
import type { Instance, TaskDetail } from './shapes.ts';
import { TaskHistory } from './task-history.tsx';
import { OutcomeForm, ReturnForm } from './task-forms.tsx';

/**
 * The standard page of a task (办理): results as buttons, and what else can be done with it. A task whose app has a page of its own
 * is opened there.
 */
export function TaskPanel({
  id,
  processName,
  onChanged,
}: {
  id: string;
  processName: (process: string) => string;
  onChanged: () => void;
}) {
  const { t, language } = useInboxTexts();
  const state = useApi(`task ${id}`, (signal) => call<TaskDetail>(`/api/workflow/tasks/${id}`, { signal }));
  const instance = state.data?.task.instance;
  const history = useApi(instance ? `instance ${instance}` : null, (signal) =>
    call<Instance>(`/api/workflow/instances/${instance}`, { signal }),
  );
  const changed = () => {
    state.reload();
    history.reload();
    onChanged();
  };
  const claim = useSubmit((give: boolean, headers) =>
    call(`/api/workflow/tasks/${id}/claim`, { method: 'POST', body: { give }, headers }),
  );
  const detail = state.data;
  if (state.problem)
    return (
      <>
        <p>
          <Link to="/gov/inbox">← {t('back')}</Link>
        </p>
        <RefusalPanel problem={state.problem} onRetry={state.reload} />
      </>
    );
  if (!detail) return <p className="soft">{t('loading', { ns: 'shell' })}</p>;
  const { task } = detail;
  const open = task.state === 'open';
  const others = open && task.held === 'other';
  // What has a page of its business is done there; an opinion on it is given here.
  const byForm = task.form !== null && task.app !== OWN_APP && !task.opinion;
  return (
    <article className="task">
      <p className="task-back">
        <Link to="/gov/inbox">← {t('back')}</Link>
      </p>
      <h2>{task.name}</h2>
      <dl className="facts">
        <dt>{t('process')}</dt>
        <dd>{processName(task.process)}</dd>
        <dt>{t('key')}</dt>
        <dd>
          <code>{task.key}</code>
        </dd>
        <dt>{t('step')}</dt>
        <dd>
          {t('since', { when: formatMoment(task.createdAt, { language }) })} · {dueWords(task.dueAt, { t, language })}
        </dd>
      </dl>
      {task.form && open && (
        <p>
          <Link className="primary" to={task.form.replace('{key}', encodeURIComponent(task.key))}>
            {t('openForm')}
          </Link>
        </p>
      )}
      {claim.problem && <RefusalPanel problem={claim.problem} />}
      {others && <p className="notice">{t('held.other')}</p>}
      {open && !others && !byForm && <OutcomeForm detail={detail} onChanged={changed} />}
      {open && (
        <div className="acts task-acts">
          {task.held === 'free' && (
            <button
              type="button"
              disabled={claim.busy}
              onClick={() => void claim.submit(false).then((done) => done !== undefined && changed())}
            >
              {t('claim')}
            </button>
          )}
          {task.held === 'mine' && (
            <button
              type="button"
              disabled={claim.busy}
              onClick={() => void claim.submit(true).then((done) => done !== undefined && changed())}
            >
              {t('giveBack')}
            </button>
          )}
          {!others && !task.opinion && (
            <>
              {detail.returnTo.length > 0 && <ReturnForm detail={detail} onChanged={changed} />}
              <HandOver task={task} act="delegate" onChanged={changed} />
              <HandOver task={task} act="countersign" onChanged={changed} />
            </>
          )}
        </div>
      )}
      {task.state === 'done' && <Done detail={detail} onChanged={changed} />}
      {task.state === 'withdrawn' && <p className="notice">{t('withdrawn')}</p>}
      {detail.opinions.length > 0 && (
        <section>
          <h3>{t('opinions')}</h3>
          <ul>
            {detail.opinions.map((each) => (
              <li key={each.id}>
                {each.state === 'open'
                  ? t('opinionOpen')
                  : t('opinionGiven', { outcome: each.outcome ?? '', note: each.note ?? '' })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {history.problem && <RefusalPanel problem={history.problem} onRetry={history.reload} />}
      {history.data && <TaskHistory instance={history.data} processName={processName(task.process)} />}
    </article>
  );
}

/** Processes of the engine's own have no page of a business. */
const OWN_APP = 'workflow';

/** A task that was done: it can be taken back as long as the next has not acted, and whoever has it now can be urged. */
function Done({ detail: { task }, onChanged }: { detail: TaskDetail; onChanged: () => void }) {
  const { t } = useInboxTexts();
  const recall = useSubmit((_: null, headers) =>
    call(`/api/workflow/tasks/${task.id}/recall`, { method: 'POST', body: {}, headers }),
  );
  const urge = useSubmit((_: null, headers) =>
    call<{ urged: number }>(`/api/workflow/instances/${task.instance}/urge`, { method: 'POST', body: {}, headers }),
  );
  const problem = recall.problem ?? urge.problem;
  return (
    <section>
      <p role="status">{task.outcome === null ? t('doneBare') : t('done', { outcome: task.outcome })}</p>
      <div className="acts">
        <button
          type="button"
          disabled={recall.busy}
          onClick={() => void recall.submit(null).then((done) => done !== undefined && onChanged())}
        >
          {t('recall')}
        </button>
        <button
          type="button"
          disabled={urge.busy}
          onClick={() => void urge.submit(null).then((done) => done && onChanged())}
        >
          {t('urge')}
        </button>
      </div>
      <small className="soft">{t('recallHelp')}</small>
      {problem && <RefusalPanel problem={problem} />}
    </section>
  );
}
