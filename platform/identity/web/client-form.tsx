import { type FormEvent, useState } from 'react';
import type { Problem } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Register, Registered } from './clients-page.tsx';
import { useClientTexts } from './client-texts.ts';

/** What is entered of a system, as the server takes it. */
export type Entry = Pick<
  Registered,
  | 'name'
  | 'nameEn'
  | 'unit'
  | 'owner'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'backchannelLogoutUri'
  | 'networks'
  | 'scopes'
  | 'consent'
>;

export function entryOf(client: Registered): Entry {
  const { name, nameEn, unit, owner, redirectUris, postLogoutRedirectUris, backchannelLogoutUri } = client;
  const { networks, scopes, consent } = client;
  return {
    name,
    nameEn,
    unit,
    owner,
    redirectUris,
    postLogoutRedirectUris,
    backchannelLogoutUri,
    networks,
    scopes,
    consent,
  };
}

const EMPTY: Entry = {
  name: '',
  nameEn: '',
  unit: null,
  owner: null,
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  networks: [],
  scopes: ['openid', 'profile'],
  consent: 'ask',
};
const SHORT = ['name', 'nameEn', 'unit', 'owner', 'backchannelLogoutUri'] as const;
const LISTS = ['redirectUris', 'postLogoutRedirectUris', 'networks'] as const;

/** Form of one system; the server's faults stand above it. */
export function ClientForm(options: {
  client?: Registered;
  scopes: Register['scopes'];
  busy: boolean;
  problem: Problem | null;
  onCancel: () => void;
  onSave: (id: string, entry: Entry, confidential: boolean) => void;
}) {
  const { client, scopes, busy, problem, onCancel, onSave } = options;
  const { t, language } = useClientTexts();
  const [entry, setEntry] = useState<Entry>(client ? entryOf(client) : EMPTY);
  const [id, setId] = useState(client?.id ?? '');
  const [confidential, setConfidential] = useState(true);
  const [lists, setLists] = useState(() => Object.fromEntries(LISTS.map((name) => [name, entry[name].join('\n')])));
  const send = (event: FormEvent) => {
    event.preventDefault();
    const split = (name: (typeof LISTS)[number]) => (lists[name] ?? '').split(/\s+/).filter(Boolean);
    onSave(
      id.trim(),
      {
        ...entry,
        redirectUris: split('redirectUris'),
        postLogoutRedirectUris: split('postLogoutRedirectUris'),
        networks: split('networks'),
      },
      confidential,
    );
  };
  const field = (name: string) => `client-${client?.id ?? 'new'}-${name}`;
  return (
    <form className="client-form" onSubmit={send} noValidate>
      {problem && <RefusalPanel problem={problem} />}
      {!client && (
        <div className="field">
          <label htmlFor={field('id')}>{t('id')}</label>
          <input
            id={field('id')}
            value={id}
            spellCheck={false}
            aria-describedby={field('id-help')}
            onChange={(event) => setId(event.target.value)}
          />
          <p className="soft" id={field('id-help')}>
            {t('idHelp')}
          </p>
        </div>
      )}
      {SHORT.map((name) => (
        <div className="field" key={name}>
          <label htmlFor={field(name)}>{t(name)}</label>
          <input
            id={field(name)}
            value={entry[name] ?? ''}
            onChange={(event) =>
              setEntry({
                ...entry,
                [name]: event.target.value === '' && !name.startsWith('name') ? null : event.target.value,
              })
            }
          />
        </div>
      ))}
      {LISTS.map((name) => (
        <div className="field" key={name}>
          <label htmlFor={field(name)}>{t(name)}</label>
          <textarea
            id={field(name)}
            rows={2}
            spellCheck={false}
            value={lists[name]}
            onChange={(event) => setLists({ ...lists, [name]: event.target.value })}
          />
          {name !== 'postLogoutRedirectUris' && (
            <p className="soft">{t(name === 'networks' ? 'networksHelp' : 'redirectHelp')}</p>
          )}
        </div>
      ))}
      <fieldset>
        <legend>{t('scopes')}</legend>
        {scopes.map((scope) => (
          <label key={scope.id}>
            <input
              type="checkbox"
              checked={entry.scopes.includes(scope.id)}
              disabled={scope.id === 'openid'}
              onChange={(event) =>
                setEntry({
                  ...entry,
                  scopes: event.target.checked
                    ? [...entry.scopes, scope.id]
                    : entry.scopes.filter((other) => other !== scope.id),
                })
              }
            />
            {scope.title[language]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('consent')}</legend>
        {(['ask', 'task'] as const).map((consent) => (
          <label key={consent}>
            <input
              type="radio"
              name={field('consent')}
              checked={entry.consent === consent}
              onChange={() => setEntry({ ...entry, consent })}
            />
            {t(consent)}
          </label>
        ))}
      </fieldset>
      {!client && (
        <label className="client-confidential">
          <input type="checkbox" checked={confidential} onChange={(event) => setConfidential(event.target.checked)} />
          {t('confidential')}
        </label>
      )}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('saving') : t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
