import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { SkipLink } from './entrance-layout.tsx';
import { TopBar } from './top-bar.tsx';

const FIELDS = ['account', 'code', 'next', 'again'] as const;
type Done = Reply<'/api/identity/reset', 'post'>;

/** Set a new password with a reset code (设置新密码), and how one gets such a code. */
export default function ResetPage() {
  const { t } = useTranslation();
  const [form, setForm] = useState({ account: '', code: '', next: '', again: '' });
  const [own, setOwn] = useState<{ path: string; message: string }[]>([]);
  const [done, setDone] = useState<Done>();
  const { busy, problem, submit, reset } = useSubmit(
    (body: { account: string; code: string; password: string }, headers) =>
      call<Done>('/api/identity/reset', { method: 'POST', body, headers }),
  );
  const label = (name: (typeof FIELDS)[number]) => (name === 'account' ? t('signIn.account') : t(`reset.${name}`));
  const refused = (problem?.details.fields ?? []).map(({ pointer, message }) => ({
    path: pointer === '/password' ? 'next' : pointer.slice(1),
    message,
  }));
  const faults = own.length > 0 ? own : refused;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    reset();
    const empty = FIELDS.filter((name) => form[name].trim() === '').map((path) => ({
      path,
      message: t('reset.need', { what: label(path) }),
    }));
    const wrong =
      empty.length === 0 && form.next !== form.again ? [{ path: 'again', message: t('reset.differ') }] : empty;
    setOwn(wrong);
    if (wrong.length > 0) return;
    setDone(await submit({ account: form.account, code: form.code.trim(), password: form.next }));
  };
  return (
    <div className="sign-in">
      <SkipLink />
      <TopBar entrance={null} />
      <main id="main" tabIndex={-1}>
        <h1>{t('reset.title')}</h1>
        {done ? (
          <>
            <p role="status">{t('reset.done')}</p>
            <p>{t(done.secondFactor ? 'reset.doneFactor' : 'reset.doneNoFactor')}</p>
            <p>
              <Link className="primary" to="/login">
                {t('reset.signIn')}
              </Link>
            </p>
          </>
        ) : (
          <>
            <p className="soft">{t('reset.lead')}</p>
            <FormErrors errors={faults} />
            {problem && refused.length === 0 && <RefusalPanel problem={problem} />}
            <form onSubmit={(event) => void send(event)} noValidate>
              {FIELDS.map((name) => {
                const fault = faults.find(({ path }) => path === name)?.message;
                const secret = name === 'next' || name === 'again';
                return (
                  <div className="field" key={name}>
                    <label htmlFor={name}>{label(name)}</label>
                    <input
                      id={name}
                      type={secret ? 'password' : 'text'}
                      autoComplete={secret ? 'new-password' : name === 'account' ? 'username' : 'off'}
                      autoCapitalize={name === 'code' ? 'characters' : 'none'}
                      spellCheck={false}
                      value={form[name]}
                      aria-invalid={fault !== undefined}
                      aria-describedby={fault ? `${name}-error` : undefined}
                      onChange={(event) => setForm({ ...form, [name]: event.target.value })}
                    />
                    {fault && (
                      <p className="field-error" id={`${name}-error`}>
                        {fault}
                      </p>
                    )}
                  </div>
                );
              })}
              <button type="submit" className="primary" disabled={busy}>
                {busy ? t('reset.acting') : t('reset.act')}
              </button>
            </form>
            <p>{t('reset.howCitizen')}</p>
            <p>{t('reset.howOfficial')}</p>
            <p>
              <Link to="/login">{t('reset.back')}</Link>
            </p>
          </>
        )}
      </main>
    </div>
  );
}
