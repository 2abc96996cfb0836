import '#web/entrances/entrances.css';
import './clients.css';
import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { ClientForm, type Entry, entryOf, type NewEntry } from './client-form.tsx';
import { useClientTexts } from './client-texts.ts';

export type Register = Reply<'/api/identity/clients'>;
export type Registered = Register['clients'][number];

type Change = { id: string; entry: Entry; enabled: boolean };

/** Registered systems (接入应用): for the system administrator. */
export default function ClientsPage() {
  const { t, language } = useClientTexts();
  const unitName = useUnitName();
  const [open, setOpen] = useState<string | null>(null);
  const [secret, setSecret] = useState<{ id: string; secret: string } | null>(null);
  const state = useApi('clients', (signal) => call<Register>('/api/identity/clients', { signal }));
  const finish = () => {
    setOpen(null);
    state.reload();
  };
  const add = useSubmit((body: NewEntry, headers) =>
    call<{ id: string; secret: string | null }>('/api/identity/clients', { method: 'POST', body, headers }),
  );
  const change = useSubmit(({ id, entry, enabled }: Change) =>
    call(`/api/identity/clients/${id}`, { method: 'PUT', body: { ...entry, enabled } }),
  );
  const renew = useSubmit((id: string, headers) =>
    call<{ id: string; secret: string }>(`/api/identity/clients/${id}/secret`, { method: 'POST', headers }),
  );
  const register = async (body: NewEntry) => {
    const reply = await add.submit(body);
    if (!reply) return;
    if (reply.secret !== null) setSecret({ id: reply.id, secret: reply.secret });
    finish();
  };
  const save = async (input: Change) => {
    if (await change.submit(input)) finish();
  };
  const another = async (id: string) => {
    const reply = await renew.submit(id);
    if (reply) setSecret(reply);
  };
  const { clients = [], scopes = [] } = state.data ?? {};
  const scopeTitle = (id: string): string => scopes.find((scope) => scope.id === id)?.title[language] ?? id;
  const failed = state.problem ?? renew.problem ?? (open === null ? change.problem : null);
  return (
    <article className="clients" aria-busy={state.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {failed && <RefusalPanel problem={failed} onRetry={state.reload} />}
      {secret && (
        <section className="client-secret" role="alert">
          <h2>{t('secretTitle')}</h2>
          <p>{t('secretText')}</p>
          <p>
            {secret.id} <code>{secret.secret}</code>
          </p>
          <button type="button" onClick={() => setSecret(null)}>
            {t('secretDone')}
          </button>
        </section>
      )}
      {state.data && open !== '' && (
        <p>
          <button type="button" className="primary" onClick={() => setOpen('')}>
            {t('add')}
          </button>
        </p>
      )}
      {open === '' && (
        <ClientForm
          scopes={scopes}
          busy={add.busy}
          problem={add.problem}
          onCancel={() => setOpen(null)}
          onSave={(entry) => void register(entry)}
        />
      )}
      {state.data && clients.length === 0 && open === null && <EmptyState title={t('none')} text={t('noneText')} />}
      <ul className="client-list">
        {clients.map((client) => (
          <li key={client.id}>
            {open === client.id ? (
              <ClientForm
                client={client}
                scopes={scopes}
                busy={change.busy}
                problem={change.problem}
                onCancel={() => setOpen(null)}
                onSave={(entry) => void save({ id: entry.id, entry: entryOf(entry), enabled: client.enabled })}
              />
            ) : (
              <>
                <div>
                  <h2>
                    {language === 'en' ? client.nameEn : client.name} <code>{client.id}</code>{' '}
                    {!client.enabled && <span className="badge">{t('disabled')}</span>}{' '}
                    {client.kind === 'cas' && <span className="badge">CAS</span>}{' '}
                    {client.kind === 'oidc' && !client.confidential && <span className="badge">{t('open')}</span>}
                  </h2>
                  <p className="soft">
                    {client.unit ? unitName(client.unit) : client.owner} ·{' '}
                    {client.scopes.map(scopeTitle).join(language === 'en' ? ', ' : '、')} ·{' '}
                    {t('changed', { at: formatMoment(client.changedAt, { language }) })}
                  </p>
                  <p className="client-address">{client.redirectUris.join(' ')}</p>
                </div>
                <div className="acts">
                  <button type="button" onClick={() => setOpen(client.id)}>
                    {t('edit')}
                  </button>
                  {client.confidential && (
                    <button type="button" disabled={renew.busy} onClick={() => void another(client.id)}>
                      {t('renew')}
                    </button>
                  )}
                  <button
                    type="button"
                    disabled={change.busy}
                    onClick={() => void save({ id: client.id, entry: entryOf(client), enabled: !client.enabled })}
                  >
                    {client.enabled ? t('disable') : t('enable')}
                  </button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}
