import './grid.css';
import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useOutsideTexts } from './outside-texts.ts';

type Pins = Reply<'/api/incident/outside-reports'>;
type Pin = Pins['reports'][number];

/** Reports for places outside of the district (区外上报): what waits first; the centre hands them over. */
export default function OutsidePage() {
  const { t, language } = useOutsideTexts();
  const { me } = useSession();
  const pins = useApi('outside', (signal) => call<Pins>('/api/incident/outside-reports', { signal }));
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {pins.problem && <RefusalPanel problem={pins.problem} onRetry={pins.reload} />}
      {pins.data?.reports.length === 0 && <p className="soft">{t('none')}</p>}
      <ul className="grid-twins">
        {pins.data?.reports.map((pin) => (
          <li key={pin.no}>
            <b className="grid-no">{pin.no}</b>
            <span>
              {pin.text} {pin.sample && <SampleBadge />}
            </span>
            <span className="soft">
              {formatMoment(pin.at, { language })} ·{' '}
              {pin.lon === null || pin.lat === null ? pin.address : `${pin.lon.toFixed(5)}, ${pin.lat.toFixed(5)}`}
            </span>
            {!pin.handedTo && (
              <span>
                {pin.neighbourName ? t('offered', { to: pin.neighbourName[language] }) : t('unknown')}
                {pin.nearLine && ` ${t('nearLine')}`}
              </span>
            )}
            {pin.handedTo ? (
              <span>{t('handed', { to: pin.handedTo, note: pin.note })}</span>
            ) : (
              me.kind === 'duty-officer' && <HandOver pin={pin} onDone={pins.reload} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function HandOver({ pin, onDone }: { pin: Pin; onDone: () => void }) {
  const { t, language } = useOutsideTexts();
  const [to, setTo] = useState(pin.neighbourName?.[language] ?? '');
  const [note, setNote] = useState('');
  const { busy, problem, submit } = useSubmit((body: { to: string; note: string }, key) =>
    call(`/api/incident/outside-reports/${pin.no}/hand-over`, { method: 'POST', body, headers: key }),
  );
  return (
    <form
      className="grid-next"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ to: to.trim(), note: note.trim() }).then((done) => done !== undefined && onDone());
      }}
    >
      <label>
        {t('to')}
        <input value={to} minLength={2} maxLength={60} required onChange={(event) => setTo(event.target.value)} />
      </label>
      <label>
        {t('note')}
        <input value={note} minLength={4} maxLength={1000} required onChange={(event) => setNote(event.target.value)} />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('handOver')}
      </button>
    </form>
  );
}
