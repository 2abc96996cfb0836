import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useEconomyTexts } from './texts.ts';
import './economy.css';

type Load = Reply<'/api/economy/loads'>['loads'][number];

/** Load board (报送看板): workbooks with what the checks found; a person gives the reasons or refuses. */
export default function LoadsPage() {
  const { t } = useEconomyTexts();
  const state = useApi('economy-loads', (signal) => read(api.GET('/api/economy/loads', { signal })));
  return (
    <div className="ec">
      <header className="ec-head">
        <h1>{t('board')}</h1>
        <p className="soft">{t('boardLead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.loads.length === 0 && (
        <EmptyState
          title={t('noLoads')}
          text={t('noLoadsText')}
          act={<Link to="/data/economy/releases">{t('tabs.calendar')}</Link>}
        />
      )}
      <ul className="ec-list">
        {state.data?.loads.map((load, i) => (
          <LoadItem key={load.id} load={load} first={i === 0} onDone={state.reload} />
        ))}
      </ul>
    </div>
  );
}

function LoadItem({ load, first, onDone }: { load: Load; first: boolean; onDone: () => void }) {
  const { t, language, say } = useEconomyTexts();
  const count = load.stops + load.questions + load.cells;
  const [open, setOpen] = useState(first && count > 0);
  return (
    <li>
      <div>
        <h3>{load.fileName}</h3>
        <p>
          {say(load.title)} · {t('sent', { name: load.sentName, at: formatMoment(load.sentAt, { language }) })} ·{' '}
          {t('values', { n: load.values })}
          {load.note && ` · ${load.note}`}
        </p>
      </div>
      <div className="ec-acts">
        <span className="ec-state" data-state={load.state}>
          {t(`loadState.${load.state}`)}
        </span>
        {count > 0 ? (
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('close') : t('details', { n: count })}
          </button>
        ) : (
          <span className="soft">{t('clean')}</span>
        )}
      </div>
      {open && <Findings load={load} onDone={onDone} />}
    </li>
  );
}

function Findings({ load, onDone }: { load: Load; onDone: () => void }) {
  const { t, language, say } = useEconomyTexts();
  const state = useApi(`economy-load ${load.id} ${load.state}`, (signal) =>
    read(api.GET('/api/economy/loads/{id}', { params: { path: { id: load.id } }, signal })),
  );
  const decide = useSubmit((body: object, headers) =>
    call<{ state: string }>(`/api/economy/loads/${load.id}/decide`, { method: 'POST', body, headers }),
  );
  const waits = load.state === 'questioned';
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reasons = (state.data?.findings ?? [])
      .filter((f) => f.weight === 'reason')
      .map((f) => ({ no: f.no, reason: String(form.get(`reason-${f.no}`) ?? '').trim() }));
    if (await decide.submit({ accept: true, reasons })) onDone();
  };
  return (
    <form onSubmit={(event) => void send(event)} aria-label={load.fileName}>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.findings.map((f) => (
        <div className="ec-finding" key={f.no}>
          <span className="ec-weight" data-weight={f.weight}>
            {t(`weight.${f.weight}`)}
          </span>
          <span>{say(f.text)}</span>
          {f.difference !== null && f.weight === 'stop' && (
            <small className="soft">{t('difference', { n: formatNumber(f.difference, { language }) })}</small>
          )}
          {f.series && (
            <small>
              <Link to={`/data/economy/series/${encodeURIComponent(f.series)}`}>
                <code>{f.series}</code>
              </Link>
            </small>
          )}
          {f.reason && <small>{t('given', { name: f.reasonName ?? '', reason: f.reason })}</small>}
          {waits && f.weight === 'reason' && (
            <label>
              <span className="hidden">{t('reasonOf', { n: f.no })}</span>
              <input name={`reason-${f.no}`} required minLength={4} maxLength={500} placeholder={t('reason')} />
            </label>
          )}
        </div>
      ))}
      {decide.problem && <RefusalPanel problem={decide.problem} />}
      {waits && (
        <div className="ec-acts">
          <button type="submit" className="primary" disabled={decide.busy}>
            {t('accept')}
          </button>
          <button
            type="button"
            disabled={decide.busy}
            onClick={() => void decide.submit({ accept: false }).then((done) => done && onDone())}
          >
            {t('refuse')}
          </button>
        </div>
      )}
    </form>
  );
}
