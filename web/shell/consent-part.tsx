import { useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type Interaction, useSignOnTexts } from './sign-on.ts';

/** Consent (授权同意): who asks, what it would see in plain words, for how long; each part but the first can be left out. */
export function ConsentPart({ interaction, details }: { interaction: string; details: Interaction }) {
  const { t, language } = useSignOnTexts();
  const { client, scopes, account, days } = details;
  const english = language === 'en';
  const [left, setLeft] = useState<readonly string[]>([]);
  const [remember, setRemember] = useState(false);
  const decide = useSubmit((act: 'consent' | 'refuse') =>
    call<{ to: string }>(`/oidc/interaction/${interaction}/${act}`, {
      method: 'POST',
      body: act === 'refuse' ? {} : { scopes: scopes.map(({ id }) => id).filter((id) => !left.includes(id)), remember },
    }),
  );
  const answer = async (act: 'consent' | 'refuse') => {
    const reply = await decide.submit(act);
    if (reply) location.assign(reply.to);
  };
  return (
    <section className="consent" aria-labelledby="consent-title">
      <h1 id="consent-title">{t('consentTitle', { name: english ? client.nameEn : client.name })}</h1>
      <p className="soft">{t('consentOwner', { unit: english ? client.unitEn : client.unit })}</p>
      {account && <p className="soft">{t('consentAs', { account })}</p>}
      <h2>{t('consentSees')}</h2>
      <ul className="consent-scopes">
        {scopes.map((scope) => (
          <li key={scope.id}>
            <label>
              <input
                type="checkbox"
                checked={!left.includes(scope.id)}
                disabled={scope.needed}
                onChange={(event) =>
                  setLeft(event.target.checked ? left.filter((id) => id !== scope.id) : [...left, scope.id])
                }
              />
              <span>
                <b>{scope.title[language]}</b> {scope.needed && <span className="badge">{t('consentNeeded')}</span>}
                <span className="soft consent-text">{scope.text[language]}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p className="soft">{t('consentNever')}</p>
      <label className="consent-remember">
        <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
        <span>
          {t('consentRemember', { days })}
          <span className="soft consent-text">{t('consentRememberHelp')}</span>
        </span>
      </label>
      {decide.problem && <RefusalPanel problem={decide.problem} />}
      <div className="acts">
        <button type="button" className="primary" disabled={decide.busy} onClick={() => void answer('consent')}>
          {decide.busy ? t('consentActing') : t('consentAllow')}
        </button>
        <button type="button" disabled={decide.busy} onClick={() => void answer('refuse')}>
          {t('consentDeny')}
        </button>
      </div>
    </section>
  );
}
