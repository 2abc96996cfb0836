import { type KeyboardEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { StaleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { dueWords } from './due-words.ts';
import { useInboxTexts } from './inbox-texts.ts';
import type { ProcessLine, Task } from './shapes.ts';
import { TaskPanel } from './task-panel.tsx';
import { useInbox, useMinute } from './use-inbox.ts';
import './inbox.css';

/** Ahead of its end, so long a task counts as soon (ms) [A]; the law's own colours are the clock's of the case. */
const SOON_MS = 2 * 24 * 3_600_000;
const GROUPS = ['overdue', 'amber', 'later'] as const;

const groupOf = ({ dueAt }: Task, now: number): (typeof GROUPS)[number] => {
  const left = dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt) - now;
  return left <= 0 ? 'overdue' : left <= SOON_MS ? 'amber' : 'later';
};

/** The inbox (待办): what the caller has to do over all apps by time left; a task is done beside the list. */
export default function InboxPage() {
  const { t } = useInboxTexts();
  const inbox = useInbox();
  const now = useMinute();
  const [search, setSearch] = useSearchParams();
  const [find, setFind] = useState('');
  const names = useProcessNames();
  const chosen = search.get('task');
  const kind = search.get('process') ?? '';
  const all = inbox.tasks ?? [];
  const needle = find.trim().toLowerCase();
  const shown = all.filter(
    (task) =>
      (kind === '' || task.process === kind) &&
      (needle === '' || `${task.name} ${names(task.process)} ${task.key}`.toLowerCase().includes(needle)),
  );
  const with_ = (name: string, value: string) =>
    setSearch((old) => {
      if (value === '') old.delete(name);
      else old.set(name, value);
      return old;
    });
  return (
    <div className="inbox" data-open={chosen !== null} aria-busy={inbox.loading && !inbox.tasks}>
      <section className="inbox-list" aria-label={t('list')}>
        <header>
          <h1>
            {t('title')}{' '}
            {inbox.tasks && <small>{t(inbox.more ? 'countMore' : 'count', { n: inbox.tasks.length })}</small>}
          </h1>
          <p className="soft">{t('lead')}</p>
        </header>
        {inbox.stale && inbox.loadedAt !== null && <StaleBadge at={inbox.loadedAt} />}
        {inbox.problem && !inbox.stale && <RefusalPanel problem={inbox.problem} onRetry={inbox.reload} />}
        {inbox.loading && !inbox.tasks && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
        {all.length > 0 && (
          <div className="inbox-filter">
            <label>
              {t('search')}{' '}
              <input
                type="search"
                value={find}
                placeholder={t('searchHelp')}
                onChange={(event) => setFind(event.target.value)}
              />
            </label>
            <label>
              {t('process')}{' '}
              <select value={kind} onChange={(event) => with_('process', event.target.value)}>
                <option value="">{t('all')}</option>
                {[...new Set(all.map(({ process }) => process))].map((process) => (
                  <option key={process} value={process}>
                    {names(process)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )}
        {inbox.tasks?.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
        {all.length > 0 && shown.length === 0 && (
          <EmptyState
            title={t('noMatch')}
            text={t('searchHelp')}
            act={
              <button
                type="button"
                onClick={() => {
                  setFind('');
                  with_('process', '');
                }}
              >
                {t('clear')}
              </button>
            }
          />
        )}
        <div>
          {GROUPS.map((group) => {
            const tasks = shown.filter((task) => groupOf(task, now) === group);
            return (
              tasks.length > 0 && (
                <section key={group} className="inbox-group" data-group={group}>
                  <h2>
                    {t(`groups.${group}`)} <small>{tasks.length}</small>
                  </h2>
                  <ul>
                    {tasks.map((task) => (
                      <Line key={task.id} task={task} process={names(task.process)} chosen={task.id === chosen} />
                    ))}
                  </ul>
                </section>
              )
            );
          })}
        </div>
        {inbox.more && (
          <button type="button" onClick={inbox.showMore}>
            {t('more')}
          </button>
        )}
      </section>
      <section className="inbox-detail" aria-label={t('detail')}>
        {chosen ? (
          <TaskPanel key={chosen} id={chosen} processName={names} onChanged={inbox.reload} />
        ) : (
          <EmptyState title={t('chooseOne')} text={t('chooseOneText')} />
        )}
      </section>
    </div>
  );
}

function Line({ task, process, chosen }: { task: Task; process: string; chosen: boolean }) {
  const { t, language } = useInboxTexts();
  const [search] = useSearchParams();
  const to = new URLSearchParams(search);
  to.set('task', task.id);
  const marks = [
    task.opinion && t('opinion'),
    task.urged && t('urged'),
    task.held !== 'free' && t(`held.${task.held}`),
  ].filter((mark) => typeof mark === 'string');
  return (
    <li data-chosen={chosen}>
      <Link to={`?${to.toString()}`} aria-current={chosen ? 'true' : undefined} onKeyDown={moveFocus}>
        <b>{task.name}</b>
        <span className="soft">
          {process} · {task.key}
        </span>
        <span className="inbox-due">{dueWords(task.dueAt, { t, language })}</span>
        {marks.map((mark) => (
          <span key={mark} className="badge">
            {mark}
          </span>
        ))}
      </Link>
    </li>
  );
}

/** Up and down move through the tasks of all groups. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const list = event.currentTarget.closest('.inbox-list');
  const links = [...(list?.querySelectorAll<HTMLElement>('.inbox-group a') ?? [])];
  const at = links.indexOf(event.currentTarget);
  const next = links[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

/** Names of processes by id; the id where the list does not have it. */
function useProcessNames(): (process: string) => string {
  const { data } = useApi('processes', (signal) =>
    call<{ processes: ProcessLine[] }>('/api/workflow/processes', { signal }),
  );
  return (process) => data?.processes.find(({ id }) => id === process)?.name ?? process;
}
