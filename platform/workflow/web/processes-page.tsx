import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import type { Process, ProcessLine } from './shapes.ts';
import { useProcessTexts } from './texts.ts';
import './process.css';

/** Posts that the server lets draw; for others there is no form. */
const DRAWERS = ['data-officer', 'unit-head'];

/** The processes of the district (流程): which are in force, in which version, and what is being worked on. */
export default function ProcessesPage() {
  const { t } = useProcessTexts();
  const { me } = useSession();
  const state = useApi('processes', (signal) =>
    call<{ processes: ProcessLine[] }>('/api/workflow/processes', { signal }),
  );
  const processes = state.data?.processes ?? [];
  const draws = DRAWERS.includes(me.kind ?? '');
  return (
    <div className="dc process-list" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !state.data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {processes.length > 0 && <Lines processes={processes} />}
      {state.data && processes.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {draws && state.data && <NewProcess />}
    </div>
  );
}

function Lines({ processes }: { processes: readonly ProcessLine[] }) {
  const { t, language } = useProcessTexts();
  const unitName = useUnitName();
  return (
    <div className="table is-stacked">
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('process')}</th>
              <th scope="col">{t('unit')}</th>
              <th scope="col">{t('version')}</th>
              <th scope="col">{t('running')}</th>
              <th scope="col">{t('draft')}</th>
            </tr>
          </thead>
          <tbody>
            {processes.map((process) => (
              <tr key={process.id}>
                <td data-label={t('process')}>
                  <Link to={`/gov/processes/${process.id}`}>{process.name}</Link>
                </td>
                <td data-label={t('unit')}>{unitName(process.unit)}</td>
                <td data-label={t('version')}>
                  {process.version === null ? t('notPublished') : t('versionOf', { n: process.version })}{' '}
                  {process.retired && <span className="badge badge-stale">{t('retired')}</span>}
                </td>
                <td data-label={t('running')}>{t('runningOf', { n: process.running })}</td>
                <td data-label={t('draft')}>
                  {process.changed
                    ? t('draftOf', {
                        by: process.changedByName,
                        at: formatMoment(process.changedAt, { language }),
                      })
                    : t('draftNone')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function NewProcess() {
  const { t } = useProcessTexts();
  const go = useNavigate();
  const [open, setOpen] = useState(false);
  const { busy, problem, submit } = useSubmit((body: { id: string; name: string }, headers) =>
    call<Process>('/api/workflow/processes', { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const made = await submit({ id: String(form.get('id')), name: String(form.get('name')) });
    if (made) void go(`/gov/processes/${made.id}`);
  };
  if (!open)
    return (
      <div className="acts">
        <button type="button" className="primary" onClick={() => setOpen(true)}>
          {t('create')}
        </button>
      </div>
    );
  return (
    <form className="process-new" onSubmit={(event) => void send(event)} aria-label={t('create')}>
      <div className="field">
        <label htmlFor="process-name">{t('createName')}</label>
        <input id="process-name" name="name" required maxLength={80} autoComplete="off" />
      </div>
      <div className="field">
        <label htmlFor="process-id">{t('createId')}</label>
        <input
          id="process-id"
          name="id"
          required
          pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
          maxLength={60}
          autoComplete="off"
          aria-describedby="process-id-help"
        />
        <small id="process-id-help" className="soft">
          {t('createIdHelp')}
        </small>
      </div>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('create')}
      </button>
    </form>
  );
}
