import { type FormEvent, useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { type Alert, LevelMark } from './parts.tsx';
import { useSignalTexts } from './texts.ts';

/** A list that is watched: what is raised is on it within two seconds. */
const LOOK_MS = 1_500;
const LEVELS = [1, 2, 3, 4] as const;

/** Alerts of the unit or the district (预警列表). One key takes the chosen one up. */
export default function AlertsPage() {
  const { t } = useSignalTexts();
  const [search, setSearch] = useSearchParams();
  const level = LEVELS.find((each) => String(each) === search.get('level'));
  const closed = search.get('state') === 'closed';
  const query = new URLSearchParams({
    ...(level ? { level: String(level) } : {}),
    ...(closed ? { state: 'closed' } : {}),
  });
  const list = useApi(
    `alerts ${query}`,
    (signal) => call<Reply<'/api/signal/alerts'>>(`/api/signal/alerts?${query}`, { signal }),
    {
      refreshMs: LOOK_MS,
    },
  );
  const [reporting, setReporting] = useState(false);
  const { problem, busy, submit } = useSubmit((id: string) =>
    call(`/api/signal/alerts/${id}/acknowledged`, { method: 'PUT' }),
  );
  const acknowledge = (id: string) => void submit(id).then(list.reload);
  const alerts = list.data?.alerts ?? [];
  const chosen = useChosen(alerts, (alert) => !busy && alert.state === 'open' && acknowledge(alert.id));
  const show = (more: Record<string, string>) => setSearch({ ...(closed ? { state: 'closed' } : {}), ...more });
  return (
    <div className="signal" aria-busy={list.loading}>
      <header>
        <h1>{t('alerts')}</h1>
        <p className="soft">{t('alertsLead')}</p>
      </header>
      {(problem ?? list.problem) && <RefusalPanel problem={(problem ?? list.problem)!} onRetry={list.reload} />}
      {list.data && <AsOfBar at={list.data.asOf} history={false} />}
      <div className="signal-bar">
        <button type="button" aria-pressed={!closed} onClick={() => setSearch({})}>
          {t('standing')} {list.data && <b>{t('counts', { open: list.data.open })}</b>}
        </button>
        <button type="button" aria-pressed={closed} onClick={() => setSearch({ state: 'closed' })}>
          {t('closed')}
        </button>
        {LEVELS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={level === each}
            onClick={() => show(level === each ? {} : { level: String(each) })}
          >
            {t(`level.${each}`)}
          </button>
        ))}
        <button type="button" aria-expanded={reporting} onClick={() => setReporting((old) => !old)}>
          {t('report')}
        </button>
      </div>
      {reporting && (
        <ReportForm
          onDone={() => {
            setReporting(false);
            list.reload();
          }}
        />
      )}
      {list.data && alerts.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {!closed && alerts.length > 0 && <p className="soft">{t('keys')}</p>}
      <ul className="signal-list">
        {alerts.map((alert) => (
          <Row
            key={alert.id}
            alert={alert}
            chosen={alert.id === chosen}
            busy={busy}
            onAcknowledge={() => acknowledge(alert.id)}
          />
        ))}
      </ul>
      {list.data && list.data.behind > 0 && !closed && <p className="soft">{t('behind', { n: list.data.behind })}</p>}
      {list.data?.more && <p className="notice">{t('more')}</p>}
    </div>
  );
}

/** The row that keys act on: arrows move it, A acknowledges, Enter opens. Not while somebody writes or stands on a control. */
function useChosen(alerts: readonly Alert[], acknowledge: (alert: Alert) => void): string | undefined {
  const [chosen, setChosen] = useState<string>();
  const go = useNavigate();
  const at = Math.max(
    0,
    alerts.findIndex(({ id }) => id === chosen),
  );
  const current = alerts[at];
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
      if (target?.closest('input, textarea, select, button, a, summary, [contenteditable]')) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const next = alerts[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? current;
        setChosen(next.id);
        document.getElementById(`alert-${next.id}`)?.scrollIntoView({ block: 'nearest' });
      } else if (event.key.toLowerCase() === 'a') acknowledge(current);
      else if (event.key === 'Enter') void go(`/gov/alerts/${current.id}`);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [alerts, at, current, acknowledge, go]);
  return current?.id;
}

function Row({
  alert,
  chosen,
  busy,
  onAcknowledge,
}: {
  alert: Alert;
  chosen: boolean;
  busy: boolean;
  onAcknowledge: () => void;
}) {
  const { t, language } = useSignalTexts();
  const unitName = useUnitName();
  const when = (at: string) => formatMoment(at, { language });
  return (
    <li id={`alert-${alert.id}`} data-level={alert.level} aria-current={chosen}>
      <div>
        <p>
          <LevelMark level={alert.level} />
          <b>{t(`state.${alert.state as 'open'}`)}</b>
          {alert.sample && <SampleBadge />}
          {alert.clearedAt && <span>{t('cleared')}</span>}
          {alert.flapping && <span>{t('flapping')}</span>}
          {alert.storm && <span>{t('storm', { n: alert.count })}</span>}
          {!alert.storm && alert.count > 1 && <span>{t('count', { n: alert.count })}</span>}
        </p>
        <h2>
          <Link to={`/gov/alerts/${alert.id}`}>{alert.title[language]}</Link>
        </h2>
        <p className="soft">
          <span>{alert.number}</span>
          <span>{unitName(alert.unit)}</span>
          <span>
            {t('raised')} {when(alert.raisedAt)}
          </span>
          {alert.acknowledgedName && alert.acknowledgedAt && (
            <span>{t('acknowledgedBy', { name: alert.acknowledgedName, when: when(alert.acknowledgedAt) })}</span>
          )}
          {alert.nextStepAt && alert.step > 0 && <span>{t('nextStep', { when: when(alert.nextStepAt) })}</span>}
        </p>
      </div>
      {alert.state === 'open' && (
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={onAcknowledge}
          aria-label={`${t('acknowledge')} ${alert.number}`}
        >
          {t('acknowledge')}
        </button>
      )}
    </li>
  );
}

const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const;

/** Reports by hand (人工上报). What was typed stays when the server refuses. */
function ReportForm({ onDone }: { onDone: () => void }) {
  const { t } = useSignalTexts();
  const { busy, problem, submit } = useSubmit((body: Record<string, string>, key) =>
    call('/api/signal/alerts', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const note = text('note');
    const body = { title: text('title'), kind: 'reported', severity: text('severity'), ...(note ? { note } : {}) };
    if ((await submit(body)) !== undefined) onDone();
  };
  return (
    <form onSubmit={send}>
      {problem && <RefusalPanel problem={problem} />}
      <label>
        {t('reportTitle')}
        <input name="title" required minLength={2} maxLength={80} />
      </label>
      <label>
        {t('severity')}
        <select name="severity" defaultValue="moderate">
          {SEVERITIES.map((each) => (
            <option key={each} value={each}>
              {t(`severities.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('note')}
        <textarea name="note" maxLength={1000} rows={3} />
      </label>
      <button type="submit" className="primary" disabled={busy}>
        {t('report')}
      </button>
    </form>
  );
}
