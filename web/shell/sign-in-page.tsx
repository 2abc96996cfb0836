import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call, Problem, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { PasskeyButton } from '#web/design/passkey-button.tsx';
import { CodeField } from '#web/design/code-field.tsx';
import { SkipLink } from './entrance-layout.tsx';
import { type Entrance, entranceOf } from './entrances.ts';
import { type Me, useSession } from './session.tsx';
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

/** Sign-in with account and password; demo accounts appear where the server offers them. */
export default function SignInPage() {
  const { t, i18n } = useTranslation();
  const english = i18n.language === 'en';
  const go = useNavigate();
  const [search] = useSearchParams();
  const { reload } = useSession();
  const [form, setForm] = useState({ account: '', password: '' });
  const [code, setCode] = useState<string | null>(null);
  const [missing, setMissing] = useState<{ path: string; message: string }[]>([]);
  const demos = useApi('demo', (signal) => call<{ accounts: Demo[] }>('/api/identity/demo-accounts', { signal }));
  const askForCode = (thrown: unknown): boolean => {
    if (!(thrown instanceof Problem) || thrown.code !== 'CODE_REQUIRED') throw thrown;
    setCode('');
    return false;
  };
  const { busy, problem, submit } = useSubmit((input: typeof form & { code?: string }, headers) =>
    call<unknown>('/api/identity/login', { method: 'POST', body: input, headers }).then(() => true, askForCode),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const empty = [
      ...(form.account ? [] : [{ path: 'account', message: t('signIn.needAccount') }]),
      ...(form.password ? [] : [{ path: 'password', message: t('signIn.needPassword') }]),
      ...(code === '' ? [{ path: 'code', message: t('signIn.needCode') }] : []),
    ];
    setMissing(empty);
    if (empty.length > 0 || !(await submit(code === null ? form : { ...form, code: code.trim() }))) return;
    await enter();
  };
  const enter = async () => {
    const { entrances } = await call<Me>('/api/identity/me');
    reload();
    await go(landing(search.get('next'), entrances), { replace: true });
  };
  const fill = ({ account, password }: Demo) => {
    setForm({ account, password });
    setCode(null);
  };
  const list = demos.data?.accounts ?? [];
  const errorOf = (path: string) => missing.find((entry) => entry.path === path)?.message;
  return (
    <div className="sign-in">
      <SkipLink />
      <TopBar entrance={null} />
      <main id="main" tabIndex={-1}>
        <h1>{t('signIn.title')}</h1>
        <p className="soft">{t('signIn.why')}</p>
        <FormErrors errors={missing} />
        {problem && problem.status === 401 && (
          <p className="field-error" role="alert">
            {problem.details.title || t('signIn.wrong')} {problem.details.action}
          </p>
        )}
        {problem && problem.status !== 401 && <RefusalPanel problem={problem} />}
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
        <PasskeyButton path="/api/identity/login/passkey" label={t('signIn.passkey')} onDone={() => void enter()} />
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
                      {[english ? demo.unitEn : demo.unit, english ? demo.postEn : demo.post]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  );
}
