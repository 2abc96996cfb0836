import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call, Problem, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { PasskeyButton } from '#web/design/passkey-button.tsx';
import { CodeField } from '#web/design/code-field.tsx';
import { ConsentPart } from './consent-part.tsx';
import { SkipLink } from './entrance-layout.tsx';
import { type Entrance, entranceOf } from './entrances.ts';
import { useSession } from './session.tsx';
import { useElderMode } from './settings.tsx';
import { startSignOn, useInteraction, useSignOnTexts, wordsOf } from './sign-on.ts';
import { TopBar } from './top-bar.tsx';

type Demo = {
  account: string;
  password: string;
  name: string;
  post: string;
  postEn: string;
  unit: string;
  unitEn: string;
};

/** Only a path of this site may follow a sign-in, so that a link cannot send people elsewhere. */
export const safeNext = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');

/** Where a person goes after signing in: back to where they were, if their post works there, else their first entrance. */
const landing = (next: string | null, entrances: readonly Entrance[]): string => {
  const wanted = safeNext(next);
  const entrance = entranceOf(wanted);
  if (entrance !== null && entrances.includes(entrance)) return wanted;
  return entrances[0] ? `/${entrances[0]}` : wanted;
};

/**
 * The provider's sign-in page (统一登录): every system's sign-in comes here with its interaction, the web's own too. Without one
 * the web's sign-in is started, and whoever has signed in already comes back at once.
 */
export default function SignInPage() {
  const { t } = useTranslation();
  const words = useSignOnTexts();
  const [search] = useSearchParams();
  const interaction = search.get('interaction');
  const problem = search.get('problem');
  const done = search.get('done') !== null;
  const state = useInteraction(interaction);
  const { me, loading } = useSession();
  const go = useNavigate();
  const next = search.get('next');
  const begins = interaction === null && problem === null && !(done && (loading || me.signedIn));
  useEffect(() => {
    if (begins) startSignOn(next);
    else if (interaction === null && done && me.signedIn) void go(landing(next, me.entrances), { replace: true });
  }, [begins, interaction, done, me, next, go]);
  if (begins || (interaction === null && done)) return <p className="waiting">{t('loading')}</p>;
  const details = state.data;
  return (
    <div className="sign-in">
      <SkipLink />
      <TopBar entrance={null} />
      <main id="main" tabIndex={-1} aria-busy={state.loading}>
        {problem && (
          <p className="notice" role="alert">
            {words.problem(problem)}
          </p>
        )}
        {(state.problem || (interaction === null && problem)) && (
          <>
            {state.problem && <RefusalPanel problem={state.problem} />}
            <p>
              <button type="button" className="primary" onClick={() => startSignOn(next)}>
                {words.t('again')}
              </button>
            </p>
          </>
        )}
        {state.loading && !details && <p className="waiting">{t('loading')}</p>}
        {details && interaction && details.prompt === 'consent' && (
          <ConsentPart interaction={interaction} details={details} />
        )}
        {details && interaction && details.prompt !== 'consent' && (
          <Proof
            key={interaction}
            interaction={interaction}
            needsMore={details.needs === 'more'}
            system={details.client.own ? null : `${wordsOf(details.client, words.language)}`}
            hint={details.needs === 'more' ? details.account : details.hint}
          />
        )}
        <ElderSwitch />
      </main>
    </div>
  );
}

/** Large type for whoever reads it better, before they are signed in. */
function ElderSwitch() {
  const { t } = useTranslation();
  const { elder, setElder } = useElderMode();
  return (
    <p className="elder-switch">
      <button type="button" className="quiet" aria-pressed={elder} onClick={() => setElder(!elder)}>
        {elder ? t('elder.off') : t('elder.on')}
      </button>
    </p>
  );
}

/** Sign-in with account and password, passkey or the city's account; demo accounts appear where the server offers them. */
function Proof(options: { interaction: string; needsMore: boolean; system: string | null; hint: string | null }) {
  const { interaction, needsMore, system, hint } = options;
  const { t, i18n } = useTranslation();
  const words = useSignOnTexts();
  const english = i18n.language === 'en';
  const { me } = useSession();
  const [form, setForm] = useState({ account: hint ?? '', password: '' });
  const [code, setCode] = useState<string | null>(null);
  const [missing, setMissing] = useState<{ path: string; message: string }[]>([]);
  const demos = useApi('demo', (signal) => call<{ accounts: Demo[] }>('/api/identity/demo-accounts', { signal }));
  const offers = useApi('sign-in options', (signal) =>
    call<{ upstream: { zh: string; en: string } | null }>('/api/identity/sign-in-options', { signal }),
  );
  const askForCode = (thrown: unknown): boolean => {
    if (!(thrown instanceof Problem) || thrown.code !== 'CODE_REQUIRED') throw thrown;
    setCode('');
    return false;
  };
  const { busy, problem, submit } = useSubmit((input: typeof form & { code?: string }, headers) =>
    call<unknown>('/api/identity/login', { method: 'POST', body: { ...input, forSystem: true }, headers }).then(
      () => true,
      askForCode,
    ),
  );
  const enter = () => location.assign(`/oidc/interaction/${interaction}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const empty = [
      ...(form.account ? [] : [{ path: 'account', message: t('signIn.needAccount') }]),
      ...(form.password ? [] : [{ path: 'password', message: t('signIn.needPassword') }]),
      ...(code === '' ? [{ path: 'code', message: t('signIn.needCode') }] : []),
    ];
    setMissing(empty);
    if (empty.length > 0 || !(await submit(code === null ? form : { ...form, code: code.trim() }))) return;
    enter();
  };
  const fill = ({ account, password }: Demo) => {
    setForm({ account, password });
    setCode(null);
  };
  const list = demos.data?.accounts ?? [];
  const errorOf = (path: string) => missing.find((entry) => entry.path === path)?.message;
  const upstream = offers.data?.upstream;
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      <p className="soft">{system ? words.t('toOpen', { system }) : t('signIn.why')}</p>
      {needsMore && (
        <p className="notice" role="status">
          {words.t(me.signedIn ? 'needMore' : 'needMoreAgain')}
        </p>
      )}
      <FormErrors errors={missing} />
      {problem && problem.status === 401 && (
        <p className="field-error" role="alert">
          {[problem.details.title || t('signIn.wrong'), problem.details.action].filter(Boolean).join(t('stop'))}
        </p>
      )}
      {problem && problem.status !== 401 && <RefusalPanel problem={problem} />}
      {upstream && (
        <p>
          <a className="primary upstream" href={`/oidc/upstream/start?interaction=${interaction}`}>
            {words.t('upstream', { name: english ? upstream.en : upstream.zh })}
          </a>
        </p>
      )}
      <form onSubmit={(event) => void send(event)} noValidate>
        {(['account', 'password'] as const).map((name) => (
          <div className="field" key={name}>
            <label htmlFor={name}>{t(`signIn.${name}`)}</label>
            <input
              id={name}
              name={name}
              type={name === 'password' ? 'password' : 'text'}
              autoComplete={name === 'account' ? 'username' : 'current-password'}
              value={form[name]}
              aria-invalid={errorOf(name) !== undefined}
              aria-describedby={errorOf(name) ? `${name}-error` : undefined}
              onChange={(event) => {
                setForm({ ...form, [name]: event.target.value });
                setCode(null);
              }}
            />
            {errorOf(name) && (
              <p className="field-error" id={`${name}-error`}>
                {errorOf(name)}
              </p>
            )}
          </div>
        ))}
        {code !== null && <CodeField code={code} error={errorOf('code')} onCode={setCode} />}
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('signIn.acting') : t('signIn.act')}
        </button>
      </form>
      <PasskeyButton path="/api/identity/login/passkey" label={t('signIn.passkey')} onDone={enter} />
      <p className="passkey-act">
        <Link to="/login/reset">{t('signIn.lost')}</Link>
      </p>
      {list.length > 0 && (
        <section className="demo">
          <h2>
            {t('signIn.demo')} <SampleBadge />
          </h2>
          <p className="soft">{t('signIn.demoHelp')}</p>
          <ul>
            {list.map((demo) => (
              <li key={demo.account}>
                <button type="button" onClick={() => fill(demo)}>
                  <b>{demo.name}</b>
                  <span>
                    {[english ? demo.unitEn : demo.unit, english ? demo.postEn : demo.post].filter(Boolean).join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
