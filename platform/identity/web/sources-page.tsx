import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import '#web/entrances/entrances.css';
import './organisation.css';
import { useOrganisationTexts } from './texts.ts';

type Sources = Reply<'/api/identity/scim-sources'>;
type Source = Sources['sources'][number];

/** Source systems (人员来源系统): registered here, each with tokens that are shown once. */
export default function SourcesPage() {
  const { t } = useOrganisationTexts();
  const state = useApi('scim-sources', (signal) => call<Sources>('/api/identity/scim-sources', { signal }));
  const make = useSubmit((body: { name: string; assigns: boolean }, key) =>
    call('/api/identity/scim-sources', { method: 'POST', body, headers: key }),
  );
  const register = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    if (!(await make.submit({ name: String(data.get('name')), assigns: data.get('assigns') === 'on' }))) return;
    form.reset();
    state.reload();
  };
  const sources = state.data?.sources ?? [];
  return (
    <article className="org-page reading" aria-busy={state.loading}>
      <header>
        <h1>{t('sources')}</h1>
        <p className="soft">{t('sourcesLead')}</p>
        <p className="soft">
          <code>/scim/v2</code>
        </p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && sources.length === 0 && <EmptyState title={t('noSources')} text={t('noSourcesText')} />}
      <ul className="org-list">
        {sources.map((source) => (
          <SourceLine key={source.id} source={source} onChange={state.reload} />
        ))}
      </ul>
      <form className="org-detail" onSubmit={(event) => void register(event)}>
        <h2>{t('register')}</h2>
        <div className="field">
          <label htmlFor="source-name">{t('name')}</label>
          <input id="source-name" name="name" required minLength={2} maxLength={60} autoComplete="off" />
        </div>
        <label className="org-check">
          <input type="checkbox" name="assigns" /> {t('assigns')}
        </label>
        {make.problem && <RefusalPanel problem={make.problem} />}
        <div className="org-acts">
          <button type="submit" className="primary" disabled={make.busy}>
            {t('register')}
          </button>
        </div>
      </form>
    </article>
  );
}

function SourceLine({ source, onChange }: { source: Source; onChange: () => void }) {
  const { t, language } = useOrganisationTexts();
  const [token, setToken] = useState<string | null>(null);
  const issue = useSubmit((_: null, key) =>
    call<{ token: string }>(`/api/identity/scim-sources/${source.id}/tokens`, { method: 'POST', headers: key }),
  );
  const revoke = useSubmit((id: string) => call(`/api/identity/scim-tokens/${id}`, { method: 'DELETE' }));
  const make = async () => {
    const made = await issue.submit(null);
    if (!made) return;
    setToken(made.token);
    onChange();
  };
  const take = async (id: string) => {
    if (await revoke.submit(id)) onChange();
  };
  const problem = issue.problem ?? revoke.problem;
  return (
    <li>
      <div className="org-line">
        <b>{source.name}</b>
        <small>{t('persons', { count: source.people })}</small>
        <small>{source.assigns ? t('assignsYes') : t('assignsNo')}</small>
        <span className="acts">
          <button
            type="button"
            disabled={issue.busy}
            aria-label={t('issueNamed', { name: source.name })}
            onClick={() => void make()}
          >
            {t('issue')}
          </button>
        </span>
      </div>
      {token && (
        <div className="org-token" role="status">
          <p>{t('token')}</p>
          <code>{token}</code>
        </div>
      )}
      {problem && <RefusalPanel problem={problem} />}
      {source.tokens.map((one) => {
        const created = formatMoment(one.createdAt, { language });
        return (
          <div key={one.id} className="org-line">
            <small>{t('tokenLine', { created, expires: formatMoment(one.expiresAt, { language }) })}</small>
            <small>{one.usedAt ? t('used', { at: formatMoment(one.usedAt, { language }) }) : t('unused')}</small>
            {one.revokedAt ? (
              <small>{t('revoked')}</small>
            ) : (
              <span className="acts">
                <button type="button" aria-label={t('revokeNamed', { created })} onClick={() => void take(one.id)}>
                  {t('revoke')}
                </button>
              </span>
            )}
          </div>
        );
      })}
    </li>
  );
}
