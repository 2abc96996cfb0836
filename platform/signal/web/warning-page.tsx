import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { LevelMark } from './parts.tsx';
import { useSignalTexts } from './texts.ts';
import { WarningText } from './warning-text.tsx';

type Shown = Reply<'/api/signal/warnings/{id}'>;

/** One warning as people will read it, and as a file (预警预览); the second person approves or returns it here. */
export default function WarningPage() {
  const { id = '' } = useParams();
  const { t, language } = useSignalTexts();
  const state = useApi(`warning ${id}`, (signal) => call<Shown>(`/api/signal/warnings/${id}`, { signal }));
  const act = useSubmit(({ path, body }: { path: string; body?: unknown }) =>
    call(`/api/signal/warnings/${id}/${path}`, { method: 'PUT', ...(body ? { body } : {}) }),
  );
  const run = (path: string, body?: unknown) => void act.submit({ path, body }).then(state.reload);
  const { data } = state;
  const problem = act.problem ?? state.problem;
  return (
    <div className="signal" aria-busy={state.loading}>
      <p>
        <Link to="/gov/warnings">{t('back')}</Link>
      </p>
      {problem && <RefusalPanel problem={problem} onRetry={state.reload} />}
      {data && (
        <>
          <header>
            <h1>{t('preview')}</h1>
            <p>
              <LevelMark level={data.warning.level} /> <b>{t(`wstate.${data.warning.state as 'released'}`)}</b> ·{' '}
              {t(`statuses.${data.warning.message.status}`)} · {t(`scopes.${data.warning.message.scope}`)} ·{' '}
              {t(`msgTypes.${data.warning.message.msgType as 'Alert'}`)}
            </p>
            <p className="notice">{data.warning.reachesCitizens ? t('reaches') : t('reachesNot')}</p>
            <p className="soft">
              {t('draftedBy', { name: data.warning.draftedName })} {formatMoment(data.warning.draftedAt, { language })}
              {data.warning.approvedName &&
                ` · ${t('approvedBy', { name: data.warning.approvedName })} ${formatMoment(data.warning.approvedAt, { language })}`}
            </p>
            {data.warning.returnedNote && (
              <p className="notice">{t('returned', { note: data.warning.returnedNote })}</p>
            )}
          </header>
          {data.warning.state === 'submitted' && (
            <Decide
              shown={data}
              busy={act.busy}
              onApprove={() => run('released')}
              onReturn={(note) => run('returned', { note })}
            />
          )}
          <ul className="signal-public">
            {data.warning.message.info.map((info) => (
              <li key={info.language ?? info.event} data-level={data.warning.level} lang={info.language}>
                <WarningText info={info} level={data.warning.level} />
              </li>
            ))}
          </ul>
          <details>
            <summary>{t('xml')}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard */}
            <pre tabIndex={0}>{data.xml}</pre>
          </details>
        </>
      )}
    </div>
  );
}

function Decide({
  shown: { warning, mayDecide },
  busy,
  onApprove,
  onReturn,
}: {
  shown: Shown;
  busy: boolean;
  onApprove: () => void;
  onReturn: (note: string) => void;
}) {
  const { t } = useSignalTexts();
  const [sure, setSure] = useState(false);
  if (!mayDecide) return <p className="notice">{warning.mine ? t('youDrafted') : t('notYours')}</p>;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onReturn(String(new FormData(event.currentTarget).get('note') ?? '').trim());
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onApprove();
        }}
      >
        {warning.reachesCitizens && (
          <label className="signal-check">
            <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />{' '}
            {t('confirmReal')}
          </label>
        )}
        <button type="submit" className="primary" disabled={busy || (warning.reachesCitizens && !sure)}>
          {warning.reachesCitizens ? t('approveReal') : t('approve')}
        </button>
      </form>
      <form onSubmit={send}>
        <label>
          {t('returnNote')}
          <textarea name="note" required minLength={2} maxLength={500} rows={2} />
        </label>
        <button type="submit" disabled={busy}>
          {t('returnIt')}
        </button>
      </form>
    </>
  );
}
