import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { OpenNav, SignInFirst } from './parts.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

/** Developer keys (开发者密钥): made here, shown once, revoked at once; and what was agreed on for conditional data. */
export default function KeysPage() {
  const { t, say, language } = useTexts();
  const { me } = useSession();
  const [secret, setSecret] = useState<string>();
  const keys = useApi(me.signedIn ? 'open-keys' : null, (signal) => read(api.GET('/api/open-data/keys', { signal })));
  const access = useApi(me.signedIn ? 'open-access' : null, (signal) =>
    read(api.GET('/api/open-data/access-requests', { signal })),
  );
  const make = useSubmit((label: string, key) =>
    call<{ secret: string }>('/api/open-data/keys', { method: 'POST', body: { label }, headers: key }),
  );
  const revoke = useSubmit((id: string, key) =>
    call(`/api/open-data/keys/${id}/revoke`, { method: 'POST', body: {}, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const made = await make.submit(String(new FormData(form).get('label')));
    if (!made) return;
    setSecret(made.secret);
    form.reset();
    keys.reload();
  };
  const mine = access.data?.requests.filter((one) => one.mine) ?? [];
  return (
    <div className="od">
      <header className="od-head">
        <h1>{t('keys.title')}</h1>
        <p className="soft">{t('keys.lead')}</p>
        <OpenNav />
      </header>
      {!me.signedIn && <SignInFirst text={t('keys.signIn')} />}
      {me.signedIn && (
        <form className="od-form" onSubmit={send} aria-label={t('keys.make')}>
          {make.problem && <RefusalPanel problem={make.problem} />}
          <label>
            {t('keys.label')}
            <input name="label" maxLength={60} required />
          </label>
          <button type="submit" className="primary" disabled={make.busy}>
            {t('keys.make')}
          </button>
        </form>
      )}
      {secret && (
        <div className="od-secret" role="status">
          <p>{t('keys.shown')}</p>
          <code>{secret}</code>
        </div>
      )}
      {keys.problem && <RefusalPanel problem={keys.problem} onRetry={keys.reload} />}
      {revoke.problem && <RefusalPanel problem={revoke.problem} />}
      {keys.data?.keys.length === 0 && <EmptyState title={t('keys.none')} text={t('keys.noneText')} />}
      <ul className="od-list">
        {keys.data?.keys.map((key) => (
          <li key={key.id}>
            <h2>
              {key.label} <code>{key.prefix}…</code>
            </h2>
            <p className="od-meta">
              <span>{formatMoment(key.madeAt, { language })}</span>
              <span>{t('keys.calls', { n: formatNumber(key.calls, { language }) })}</span>
              {key.revokedAt ? (
                <span>{t('keys.revoked')}</span>
              ) : (
                <button
                  type="button"
                  disabled={revoke.busy}
                  onClick={async () => {
                    await revoke.submit(key.id);
                    keys.reload();
                  }}
                >
                  {t('keys.revoke')}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {mine.length > 0 && (
        <section className="od-section">
          <h2>{t('keys.requests')}</h2>
          <ul className="od-list">
            {mine.map((one) => (
              <li key={one.id}>
                <h3>
                  <Link to={`/data/open/${one.dataset}`}>{say(one.title)}</Link>
                </h3>
                <p className="od-meta">
                  <span className="od-mark">{t(`keys.state.${one.state}`)}</span>
                  {one.validUntil && (
                    <span>{t('keys.until', { when: formatMoment(one.validUntil, { language, time: false }) })}</span>
                  )}
                  <span>{t('keys.calls', { n: one.calls })}</span>
                  {one.agreement && (
                    <a
                      href={`data:application/ld+json;charset=utf-8,${encodeURIComponent(one.agreement)}`}
                      download={`agreement-${one.id}.jsonld`}
                    >
                      {t('keys.agreement')}
                    </a>
                  )}
                </p>
                {one.reason && <p className="od-answer">{one.reason}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
