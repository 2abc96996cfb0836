import './offline-texts.ts';
import './offline.css';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '#web/design/format.ts';
import type { OutboxRecord } from './outbox-store.ts';
import type { Outbox } from './use-outbox.ts';

const FEW = 5;

/** Whether the browser says that there is a network. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}

/** What was handed in on this device and where it stands (待发箱): waiting, on its way, refused with the reason, delivered. */
export function OutboxList({ outbox, onEdit }: { outbox: Outbox; onEdit?: (record: OutboxRecord) => void }) {
  const { t } = useTranslation('offline');
  const online = useOnline();
  const [all, setAll] = useState(false);
  const { records, waiting, refused } = outbox;
  if (outbox.unusable) return <p role="alert">{t('noStorage')}</p>;
  const newest = [...(records ?? [])].reverse();
  // What needs a person is always seen; of the others a few, and the rest on demand.
  const shown = all ? newest : newest.filter(({ state }, n) => state === 'refused' || n < FEW);
  return (
    <section className="outbox" aria-label={t('list')}>
      {!online && <p className="notice">{t('offline')}</p>}
      <p role="status" data-waiting={waiting} data-refused={refused}>
        {waiting + refused > 0 ? t('total', { waiting, refused }) : shown.length > 0 ? t('allSent') : t('none')}
      </p>
      {waiting > 0 && online && (
        <button type="button" onClick={outbox.sendNow}>
          {t('now')}
        </button>
      )}
      <ul>
        {shown.map((record) => (
          <Entry key={record.id} record={record} outbox={outbox} onEdit={onEdit} />
        ))}
      </ul>
      {newest.length > shown.length && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {t('more', { n: newest.length - shown.length })}
        </button>
      )}
    </section>
  );
}

/** Taken, and a person looks before it goes on: told where it was handed in. */
const isHeld = (answer: unknown): boolean => (answer as { state?: string } | null)?.state === 'held';

function Entry({
  record,
  outbox,
  onEdit,
}: {
  record: OutboxRecord;
  outbox: Outbox;
  onEdit?: (record: OutboxRecord) => void;
}) {
  const { t, i18n } = useTranslation('offline');
  const [sure, setSure] = useState(false);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const { state, problem } = record;
  const no = (record.answer as { no?: string } | null)?.no;
  const onItsWay = state === 'waiting' && outbox.sending === record.id;
  return (
    <li data-state={state}>
      <div className="outbox-head">
        <b>{record.about || no}</b>
        <span className="badge">{t(onItsWay ? 'sending' : state)}</span>
      </div>
      <small className="soft">
        {[
          formatMoment(new Date(record.at).toISOString(), { language }),
          record.files > 0 ? t('photos', { n: record.files }) : '',
          record.about ? (no ?? '') : '',
        ]
          .filter((each) => each !== '')
          .join(' · ')}
      </small>
      {state === 'waiting' && problem && problem.status !== 0 && (
        <p className="soft">
          {problem.status === 401 ? t('signIn') : problem.title || t('other')}
          {record.notBefore !== undefined &&
            ` ${t('later', { when: formatMoment(new Date(record.notBefore).toISOString(), { language }) })}`}
        </p>
      )}
      {state === 'sent' && isHeld(record.answer) && <p className="soft">{t('held')}</p>}
      {state === 'refused' && problem && (
        <div role="alert">
          <p>{problem.title}</p>
          {problem.fields?.map(({ pointer, message }) => (
            <p key={pointer}>{message}</p>
          ))}
          {problem.action && <p className="soft">{problem.action}</p>}
        </div>
      )}
      {state === 'refused' &&
        (sure ? (
          <p>
            {t('dropSure')}{' '}
            <button type="button" onClick={() => void outbox.discard(record)}>
              {t('dropYes')}
            </button>{' '}
            <button type="button" className="quiet" onClick={() => setSure(false)}>
              {t('keep')}
            </button>
          </p>
        ) : (
          <p>
            {onEdit && (
              <button type="button" onClick={() => onEdit(record)}>
                {t('edit')}
              </button>
            )}{' '}
            <button type="button" onClick={() => void outbox.retry(record)}>
              {t('again')}
            </button>{' '}
            <button type="button" className="quiet" onClick={() => setSure(true)}>
              {t('drop')}
            </button>
          </p>
        ))}
    </li>
  );
}
