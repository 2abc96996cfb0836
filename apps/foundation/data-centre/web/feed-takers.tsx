import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { FeedView, SubscribeBody } from './shapes.ts';
import { useLanguage } from './use-names.ts';

type Subscription = FeedView['subscriptions'][number];
const noErrors: { path: string; message: string }[] = [];

/** Who is given the changes of a feed (订阅方), how far they are behind, and a new delivery under a grant. */
export function Takers({ view, onChanged }: { view: FeedView; onChanged: () => void }) {
  const { t } = useTranslation('data-feeds');
  const [adding, setAdding] = useState(false);
  return (
    <section className="dc-section" aria-labelledby="takers">
      <h2 id="takers">{t('subscriptions')}</h2>
      {view.subscriptions.length === 0 && <p className="soft">{t('noSubscriptions')}</p>}
      {view.subscriptions.length > 0 && (
        <ul className="dc-lines">
          {view.subscriptions.map((subscription) => (
            <Line
              key={subscription.id}
              feed={view.feed.id}
              subscription={subscription}
              mine={view.mine}
              onChanged={onChanged}
            />
          ))}
        </ul>
      )}
      {view.mine && !adding && (
        <div className="acts">
          <button type="button" onClick={() => setAdding(true)}>
            {t('subscribe')}
          </button>
        </div>
      )}
      {adding && <SubscribeForm view={view} onDone={onChanged} onCancel={() => setAdding(false)} />}
    </section>
  );
}

function Line(props: { feed: string; subscription: Subscription; mine: boolean; onChanged: () => void }) {
  const { t } = useTranslation('data-feeds');
  const { say, language } = useLanguage();
  const { feed, subscription: s, mine, onChanged } = props;
  const end = useSubmit((_: null, header) =>
    read(
      api.POST('/api/exchange/feeds/{id}/subscriptions/{subscription}/end', {
        params: { path: { id: feed, subscription: s.id }, header },
      }),
    ),
  );
  return (
    <li>
      <b>{s.taker}</b>
      <span>
        {t(`way.${s.kind}`)}
        {s.url && <code className="dc-break"> {s.url}</code>}
      </span>
      <span
        className="dc-state"
        data-state={s.state === 'active' ? (s.failures > 0 ? 'requested' : 'approved') : 'expired'}
      >
        {t(`subState.${s.state}`)}
      </span>
      <span>
        {t('lag')} {t('lagOf', { n: s.lag })}
      </span>
      <span>
        {t('delivered')} {formatNumber(s.rows, { language })}
      </span>
      {s.deliveredAt && (
        <span className="soft">
          {t('lastDelivered')} {formatMoment(s.deliveredAt, { language })}
        </span>
      )}
      {s.lastError && <span>{say(s.lastError.text)}</span>}
      {s.endedWhy && <span className="soft">{say(s.endedWhy)}</span>}
      {end.problem && <RefusalPanel problem={end.problem} />}
      {mine && s.state === 'active' && (
        <button type="button" disabled={end.busy} onClick={() => void end.submit(null).then(onChanged)}>
          {t('end')}
        </button>
      )}
    </li>
  );
}

function SubscribeForm({ view, onDone, onCancel }: { view: FeedView; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('data-feeds');
  const [grant, setGrant] = useState('');
  const [kind, setKind] = useState<'inbox' | 'http'>('inbox');
  const [url, setUrl] = useState('');
  const [fromStart, setFromStart] = useState(true);
  const [errors, setErrors] = useState(noErrors);
  const [secret, setSecret] = useState('');
  const { busy, problem, submit } = useSubmit((body: SubscribeBody, header) =>
    read(api.POST('/api/exchange/feeds/{id}/subscriptions', { params: { path: { id: view.feed.id }, header }, body })),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = [
      ...(grant ? [] : [{ path: 'taker-grant', message: t('chooseGrant') }]),
      ...(kind === 'inbox' || /^https?:\/\/./.test(url)
        ? []
        : [{ path: 'taker-url', message: t('form.missing', { name: t('url') }) }]),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const made = await submit({ grant, kind, fromStart, ...(kind === 'http' ? { url } : {}) });
    if (!made) return;
    onDone();
    if (made.secret) setSecret(made.secret);
    else onCancel();
  };
  if (view.grants.length === 0) return <p role="status">{t('noGrants')}</p>;
  if (secret)
    return (
      <div className="dc-form" role="status">
        <p>{t('secret')}</p>
        <code className="dc-break">{secret}</code>
      </div>
    );
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t('subscribe')}>
      <h3>{t('subscribe')}</h3>
      <p className="soft">{t('subscribeHelp')}</p>
      <FormErrors errors={errors} />
      {problem && <RefusalPanel problem={problem} />}
      <div className="field">
        <label htmlFor="taker-grant">{t('grant')}</label>
        <select id="taker-grant" value={grant} onChange={(event) => setGrant(event.target.value)}>
          <option value="">{t('chooseGrant')}</option>
          {view.grants.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {entry.taker} ← {entry.resource}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="taker-kind">{t('connector')}</label>
        <select id="taker-kind" value={kind} onChange={(event) => setKind(event.target.value as 'inbox' | 'http')}>
          <option value="inbox">{t('way.inbox')}</option>
          <option value="http">{t('way.http')}</option>
        </select>
      </div>
      {kind === 'http' && (
        <div className="field">
          <label htmlFor="taker-url">{t('url')}</label>
          <input
            id="taker-url"
            type="url"
            value={url}
            maxLength={1_000}
            onChange={(event) => setUrl(event.target.value)}
          />
        </div>
      )}
      <label className="choice">
        <input type="checkbox" checked={fromStart} onChange={(event) => setFromStart(event.target.checked)} />
        {t('fromStart')}
      </label>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('subscribe')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}
