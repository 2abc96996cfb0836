import { type FormEvent, useState } from 'react';
import type { Problem } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
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
  | 'subjectType'
  | 'leastLevel'
>;

/** What is said once, when a system is registered. */
export type NewEntry = Entry & Pick<Registered, 'id' | 'kind' | 'confidential'>;

export function entryOf(client: Entry): Entry {
  const { name, nameEn, unit, owner, redirectUris, postLogoutRedirectUris, backchannelLogoutUri } = client;
  const { networks, scopes, consent, subjectType, leastLevel } = client;
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
    subjectType,
    leastLevel,
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
  subjectType: 'pairwise',
  leastLevel: 1,
};
/** What a legacy system may see: the person is not asked. */
const CAS_SCOPES = ['openid', 'profile', 'post'];
const SHORT = ['name', 'nameEn', 'unit', 'owner', 'backchannelLogoutUri'] as const;
const LISTS = ['redirectUris', 'postLogoutRedirectUris', 'networks'] as const;

/** Form of one system; the server's faults stand above it. */
export function ClientForm(options: {
  client?: Registered;
  scopes: Register['scopes'];
  busy: boolean;
  problem: Problem | null;
  onCancel: () => void;
  onSave: (entry: NewEntry) => void;
}) {
  const { client, busy, problem, onCancel, onSave } = options;
  const { t, language } = useClientTexts();
  const [entry, setEntry] = useState<Entry>(client ? entryOf(client) : EMPTY);
  const [id, setId] = useState(client?.id ?? '');
  const [kind, setKind] = useState<Registered['kind']>(client?.kind ?? 'oidc');
  const [confidential, setConfidential] = useState(true);
  const cas = kind === 'cas';
  const scopes = options.scopes.filter((scope) => !cas || CAS_SCOPES.includes(scope.id));
  const [lists, setLists] = useState(() => Object.fromEntries(LISTS.map((name) => [name, entry[name].join('\n')])));
  const send = (event: FormEvent) => {
    event.preventDefault();
    const split = (name: (typeof LISTS)[number]) => (lists[name] ?? '').split(/\s+/).filter(Boolean);
    const ofKind: Partial<Entry> = cas
      ? { owner: null, consent: 'task', scopes: entry.scopes.filter((scope) => CAS_SCOPES.includes(scope)) }
      : { subjectType: 'pairwise', leastLevel: 1 };
    onSave({
      ...entry,
      redirectUris: split('redirectUris'),
      postLogoutRedirectUris: cas ? [] : split('postLogoutRedirectUris'),
      networks: split('networks'),
      ...ofKind,
      id: id.trim(),
      kind,
      confidential: confidential && !cas,
    });
  };
  const field = (name: string) => `client-${client?.id ?? 'new'}-${name}`;
  const faults = problem?.details.fields?.map(({ pointer, message }) => ({
    path: field(pointer.split('/')[1] ?? ''),
    message,
  }));
  return (
    <form className="client-form" onSubmit={send} noValidate>
      {problem && !faults && <RefusalPanel problem={problem} />}
      {faults && <FormErrors errors={faults} />}
      {!client && (
        <Choice
          name={field('kind')}
          legend={t('kind')}
          value={kind}
          of={[
            ['oidc', t('oidc')],
            ['cas', t('cas')],
          ]}
          onChoose={setKind}
        />
      )}
      {cas && <p className="soft">{t('casHelp')}</p>}
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
      {SHORT.filter((name) => !cas || name !== 'owner').map((name) => (
        <div className="field" key={name}>
          <label htmlFor={field(name)}>{t(cas && name === 'backchannelLogoutUri' ? 'casLogoutUri' : name)}</label>
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
      {LISTS.filter((name) => !cas || name !== 'postLogoutRedirectUris').map((name) => (
        <div className="field" key={name}>
          <label htmlFor={field(name)}>{t(cas && name === 'redirectUris' ? 'services' : name)}</label>
          <textarea
            id={field(name)}
            rows={2}
            spellCheck={false}
            value={lists[name]}
            onChange={(event) => setLists({ ...lists, [name]: event.target.value })}
          />
          {name !== 'postLogoutRedirectUris' && (
            <p className="soft">{t(name === 'networks' ? 'networksHelp' : cas ? 'servicesHelp' : 'redirectHelp')}</p>
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
      {cas ? (
        <>
          <Choice
            name={field('subjectType')}
            legend={t('subjectType')}
            value={entry.subjectType}
            of={[
              ['pairwise', t('pairwise')],
              ['public', t('account')],
            ]}
            onChoose={(subjectType) => setEntry({ ...entry, subjectType })}
          />
          <Choice
            name={field('leastLevel')}
            legend={t('leastLevel')}
            value={entry.leastLevel === 1 ? 'password' : 'second'}
            of={[
              ['password', t('levelPassword')],
              ['second', t('levelSecond')],
            ]}
            onChoose={(level) => setEntry({ ...entry, leastLevel: level === 'password' ? 1 : 2 })}
          />
        </>
      ) : (
        <Choice
          name={field('consent')}
          legend={t('consent')}
          value={entry.consent}
          of={[
            ['ask', t('ask')],
            ['task', t('task')],
          ]}
          onChoose={(consent) => setEntry({ ...entry, consent })}
        />
      )}
      {!client && !cas && (
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

/** One of two. */
function Choice<T extends string>(options: {
  name: string;
  legend: string;
  value: string;
  of: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
}) {
  const { name, legend, value, of, onChoose } = options;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {of.map(([one, title]) => (
        <label key={one}>
          <input type="radio" name={name} checked={value === one} onChange={() => onChoose(one)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
