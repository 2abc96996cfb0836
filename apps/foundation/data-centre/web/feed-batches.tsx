import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { BatchAct } from './feed-acts.tsx';
import { FeedMark } from './feed-marks.tsx';
import type { FeedView } from './shapes.ts';
import { useLanguage } from './use-names.ts';

type Batch = FeedView['batches'][number];
type Asking = { seq: number; act: 'release' | 'refuse' };
const WAITS = ['held', 'quarantined', 'waiting'];

/** Batches of a feed, newest first; those that wait for a person carry the two acts. */
export function BatchTable({ view, onChanged }: { view: FeedView; onChanged: () => void }) {
  const { t } = useTranslation('data-feeds');
  const [asking, setAsking] = useState<Asking | null>(null);
  if (view.batches.length === 0) return <p className="soft">{t('noBatches')}</p>;
  const done = () => {
    setAsking(null);
    onChanged();
  };
  return (
    <>
      {asking && (
        <BatchAct
          key={`${asking.act} ${asking.seq}`}
          feed={view.feed.id}
          {...asking}
          onDone={done}
          onCancel={() => setAsking(null)}
        />
      )}
      <div className="table table-scroll" tabIndex={0} role="region" aria-labelledby="runs">
        <table>
          <thead>
            <tr>
              <th scope="col" className="is-number">
                {t('seq')}
              </th>
              <th scope="col">{t('state')}</th>
              <th scope="col" className="is-number">
                {t('rows')}
              </th>
              <th scope="col" className="is-number">
                {t('changes')}
              </th>
              <th scope="col">{t('received')}</th>
              <th scope="col">{t('digest')}</th>
            </tr>
          </thead>
          <tbody>
            {view.batches.map((batch) => (
              <Row key={`${batch.seq} ${batch.receivedAt}`} batch={batch} mine={view.mine} onAsk={setAsking} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ batch, mine, onAsk }: { batch: Batch; mine: boolean; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation('data-feeds');
  const { say, language } = useLanguage();
  const number = (value: number) => formatNumber(value, { language });
  return (
    <tr>
      <td className="is-number">{batch.seq}</td>
      <td className="dc-wrap">
        <FeedMark state={batch.state} of="batchState" />
        {batch.problem && (
          <>
            <br />
            <small>{say(batch.problem.text)}</small>
          </>
        )}
        {batch.decidedBy && (
          <>
            <br />
            <small className="soft">{t('decided', { by: batch.decidedBy, reason: batch.reason })}</small>
          </>
        )}
        {mine && WAITS.includes(batch.state) && (
          <div className="acts">
            {batch.state === 'held' && (
              <button type="button" className="primary" onClick={() => onAsk({ seq: batch.seq, act: 'release' })}>
                {t('release')}
              </button>
            )}
            <button type="button" onClick={() => onAsk({ seq: batch.seq, act: 'refuse' })}>
              {t('refuse')}
            </button>
          </div>
        )}
      </td>
      <td className="is-number">{batch.rows === undefined ? '' : number(batch.rows)}</td>
      <td className="is-number">
        {batch.import && `${number(batch.added)} / ${number(batch.changed)} / ${number(batch.removed)}`}
      </td>
      <td>
        {formatMoment(batch.receivedAt, { language })}
        {batch.import && (
          <>
            <br />
            <Link to={`/data/imports/${batch.import}`}>{t('report')}</Link>
          </>
        )}
      </td>
      <td>
        <code title={batch.digest}>{batch.digest.slice(0, 12)}</code>
      </td>
    </tr>
  );
}
