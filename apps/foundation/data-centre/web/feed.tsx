import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { Timeline } from '#web/design/facts.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { FeedAct } from './feed-acts.tsx';
import { FeedForm } from './feed-form.tsx';
import { BatchTable } from './feed-batches.tsx';
import { DataAge, FeedMark, useCycle } from './feed-marks.tsx';
import { Takers } from './feed-takers.tsx';
import { KindBadge } from './marks.tsx';
import type { FeedView } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './feed-texts.ts';
import './data-centre.css';

const REFRESH_MS = 3_000;

/** One feed (数据接口): what it needs first, then its batches, its takers and what happened. */
export default function FeedPage() {
  const { t } = useTranslation('data-feeds');
  const { id = '' } = useParams();
  const state = useApi(
    `feed ${id}`,
    (signal) => read(api.GET('/api/exchange/feeds/{id}', { params: { path: { id } }, signal })),
    {
      refreshMs: REFRESH_MS,
    },
  );
  const view = state.data;
  return (
    <div className="dc">
      <p className="dc-back">
        <Link to="/data/feeds">{t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {view && (
        <>
          <Head view={view} onChanged={state.reload} />
          <section className="dc-section" aria-labelledby="runs">
            <h2 id="runs">{t('runs')}</h2>
            <BatchTable view={view} onChanged={state.reload} />
          </section>
          <Takers view={view} onChanged={state.reload} />
          <Facts view={view} />
          <Happened view={view} />
        </>
      )}
    </div>
  );
}

function Head({ view, onChanged }: { view: FeedView; onChanged: () => void }) {
  const { t } = useTranslation('data-feeds');
  const { say } = useLanguage();
  const { feed } = view;
  const [asking, setAsking] = useState<'resume' | 'pause' | 'change' | null>(null);
  const reading = useSubmit((_: null, header) =>
    read(api.POST('/api/exchange/feeds/{id}/read', { params: { path: { id: feed.id }, header } })),
  );
  const why = feed.problem ?? feed.lastError;
  const done = () => {
    setAsking(null);
    onChanged();
  };
  return (
    <header className="dc-head">
      <h1>
        {say(feed.title)} <KindBadge badge={feed.badge} />
      </h1>
      <p role="status">
        <FeedMark state={feed.health} of="healthOf" />
      </p>
      {why && feed.health !== 'good' && <p>{feed.problem ? say(why.text) : t('last', { text: say(why.text) })}</p>}
      {reading.problem && <RefusalPanel problem={reading.problem} />}
      {asking === 'change' ? (
        <FeedForm there={view} onDone={done} onCancel={() => setAsking(null)} />
      ) : asking ? (
        <FeedAct feed={feed.id} act={asking} onDone={done} onCancel={() => setAsking(null)} />
      ) : (
        <div className="acts">
          {feed.state !== 'active' && (
            <button type="button" className="primary" onClick={() => setAsking('resume')}>
              {t('resume')}
            </button>
          )}
          {feed.state === 'active' && feed.connector !== 'push' && (
            <button type="button" disabled={reading.busy} onClick={() => void reading.submit(null).then(onChanged)}>
              {t('readNow')}
            </button>
          )}
          {feed.state === 'active' && (
            <button type="button" onClick={() => setAsking('pause')}>
              {t('pause')}
            </button>
          )}
          {view.mine && (
            <button type="button" onClick={() => setAsking('change')}>
              {t('change')}
            </button>
          )}
        </div>
      )}
    </header>
  );
}

function Facts({ view }: { view: FeedView }) {
  const { t } = useTranslation('data-feeds');
  const { language } = useLanguage();
  const unit = useUnits();
  const cycle = useCycle();
  const { feed, settings } = view;
  const labels: Record<string, string> = { url: feed.connector === 'mqtt' ? 'brokerUrl' : 'url' };
  const facts: [string, string | undefined][] = [
    [t('form.dataset'), feed.dataset],
    [t('form.id'), feed.id],
    [t('unit'), unit(feed.unit)],
    [t('connector'), `${t(`kind.${feed.connector}`)} · ${t(`mode.${feed.mode}`)}`],
    [t('cycle'), cycle(feed.cycleSeconds)],
    [t('watermark'), view.watermark],
    [t('next'), feed.nextAt && formatMoment(feed.nextAt, { language })],
    [t('checked'), feed.checkedAt && formatMoment(feed.checkedAt, { language })],
    ...Object.entries(settings).map(([name, value]): [string, string] => [
      t(`form.${labels[name] ?? name}`, { defaultValue: name }),
      Array.isArray(value) ? value.join(language === 'zh' ? '、' : ', ') : String(value),
    ]),
    [t('credential'), feed.connector === 'push' ? undefined : view.hasCredential ? t('kept') : t('notKept')],
  ];
  return (
    <section className="dc-section" aria-labelledby="facts">
      <h2 id="facts">{t('facts')}</h2>
      <dl className="dc-facts">
        <div>
          <dt>{t('age')}</dt>
          <dd>
            <DataAge at={feed.dataAt} />
          </dd>
        </div>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="dc-break">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

function Happened({ view }: { view: FeedView }) {
  const { t } = useTranslation('data-feeds');
  const { say } = useLanguage();
  return (
    <section className="dc-section" aria-labelledby="happened">
      <h2 id="happened">{t('happened')}</h2>
      {view.incidents.length === 0 ? (
        <p className="soft">{t('nothing')}</p>
      ) : (
        <Timeline entries={view.incidents.map(({ at, text }, n) => ({ id: `${at} ${n}`, at, title: say(text) }))} />
      )}
    </section>
  );
}
