import { useState } from 'react';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useAccountTexts } from './texts.ts';

/** Systems that I have allowed (我授权过的应用): what each sees, until when, with the act to take it back. */
export function ConsentsSection() {
  const { t, language } = useAccountTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [ended, setEnded] = useState('');
  const [busy, setBusy] = useState(false);
  const state = useApi('consents', (signal) =>
    call<Reply<'/api/identity/consents'>>('/api/identity/consents', { signal }),
  );
  const consents = state.data?.consents ?? [];
  const end = async (client: string, name: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await call(`/api/identity/consents/${client}`, { method: 'DELETE' });
      setEnded(t('consentEnded', { name }));
      state.reload();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  };
  return (
    <section className="account-part" aria-labelledby="account-consents">
      <h2 id="account-consents">{t('consents')}</h2>
      <p className="soft">{t('consentsLead')}</p>
      {(problem ?? state.problem) && <RefusalPanel problem={(problem ?? state.problem) as Problem} />}
      {state.data && consents.length === 0 && <p className="soft">{t('consentsNone')}</p>}
      <ul className="devices">
        {consents.map((consent) => (
          <li key={consent.client}>
            <div>
              <b>{consent.name[language]}</b> <span className="soft">{consent.unit[language]}</span>
              <p className="soft">
                {consent.scopes.map((scope) => scope[language]).join(language === 'en' ? ', ' : '、')}
              </p>
              <p className="soft">
                {t('consentUntil', {
                  since: formatMoment(consent.since, { language }),
                  until: formatMoment(consent.until, { language }),
                })}
                {consent.lasting && ` · ${t('consentLasting')}`}
              </p>
            </div>
            <button
              type="button"
              disabled={busy}
              aria-label={t('consentEndNamed', { name: consent.name[language] })}
              onClick={() => void end(consent.client, consent.name[language])}
            >
              {t('consentEnd')}
            </button>
          </li>
        ))}
      </ul>
      {ended && <p role="status">{ended}</p>}
    </section>
  );
}
