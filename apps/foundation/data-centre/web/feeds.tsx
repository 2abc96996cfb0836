import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { FeedForm } from './feed-form.tsx';
import { DataAge, FeedMark, useCycle } from './feed-marks.tsx';
import { KindBadge } from './marks.tsx';
import type { Feed } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './feed-texts.ts';
import './data-centre.css';

const NEEDS = ['decide', 'stopped', 'gap'];
const REFRESH_MS = 5_000;

/** Feeds (数据接口): what needs a decision on top, each with its health and the age of its data. */
export default function FeedsPage() {
  const { t } = useTranslation('data-feeds');
  const [adding, setAdding] = useState(false);
  const state = useApi('feeds', (signal) => read(api.GET('/api/exchange/feeds', { signal })), {
    refreshMs: REFRESH_MS,
  });
  const feeds = state.data?.feeds ?? [];
  const waiting = feeds.filter((feed) => NEEDS.includes(feed.health)).length;
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
        <div className="acts">
          <button
            type="button"
            className={adding ? '' : 'primary'}
            aria-expanded={adding}
            onClick={() => setAdding(!adding)}
          >
            {t('register')}
          </button>
        </div>
      </header>
      {adding && <FeedForm onCancel={() => setAdding(false)} />}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && feeds.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {feeds.length > 0 && (
        <section className="dc-section" aria-labelledby="feeds">
          <h2 id="feeds" role="status">
            {waiting > 0 ? t('needs', { n: waiting }) : t('allGood')}
          </h2>
          <div className="table table-scroll" tabIndex={0} role="region" aria-labelledby="feeds">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('name')}</th>
                  <th scope="col">{t('health')}</th>
                  <th scope="col">{t('age')}</th>
                  <th scope="col">{t('cycle')}</th>
                  <th scope="col" className="is-number">
                    {t('batches')}
                  </th>
                  <th scope="col" className="is-number">
                    {t('takers')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {feeds.map((feed) => (
                  <Row key={feed.id} feed={feed} />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </div>
  );
}

function Row({ feed }: { feed: Feed }) {
  const { t } = useTranslation('data-feeds');
  const { say } = useLanguage();
  const unit = useUnits();
  const cycle = useCycle();
  const why = feed.problem ?? feed.lastError;
  return (
    <tr>
      <th scope="row">
        <Link to={`/data/feeds/${feed.id}`}>{say(feed.title)}</Link> <KindBadge badge={feed.badge} />
        <br />
        <small className="soft">
          {unit(feed.unit)} · {t(`kind.${feed.connector}`)}
        </small>
      </th>
      <td className="dc-wrap">
        <FeedMark state={feed.health} of="healthOf" />
        {feed.health !== 'good' && why && (
          <>
            <br />
            <small className="soft">{say(why.text)}</small>
          </>
        )}
      </td>
      <td>
        <DataAge at={feed.dataAt} />
      </td>
      <td>{cycle(feed.cycleSeconds)}</td>
      <td className="is-number">{feed.appliedSeq}</td>
      <td className="is-number">{feed.takers}</td>
    </tr>
  );
}
