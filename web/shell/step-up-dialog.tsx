import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, setStepUp, useApi, useSubmit } from '#web/client/index.ts';
import { CodeField } from '#web/design/code-field.tsx';
import { PasskeyButton } from '#web/design/passkey-button.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';

type Waiting = (raised: boolean) => void;

/**
 * Asks for proof when the server wants to be surer who is there (二次验证), then lets the refused requests go on. Requests that
 * are refused while it is open wait for the same answer.
 */
export function StepUpDialog() {
  const [open, setOpen] = useState<'code' | 'password' | null>(null);
  const waiting = useRef<Waiting[]>([]);
  useEffect(() => {
    setStepUp(
      (problem) =>
        new Promise<boolean>((answer) => {
          waiting.current.push(answer);
          setOpen(problem.details.proof === 'password' ? 'password' : 'code');
        }),
    );
    return () => {
      setStepUp(null);
      for (const answer of waiting.current.splice(0)) answer(false);
    };
  }, []);
  const answer = (raised: boolean) => {
    setOpen(null);
    for (const each of waiting.current.splice(0)) each(raised);
  };
  return open ? <Question kind={open} onAnswer={answer} /> : null;
}

function Question({ kind, onAnswer }: { kind: 'code' | 'password'; onAnswer: Waiting }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<{ path: string; message: string }[]>([]);
  useEffect(() => dialog.current?.showModal(), []);
  const factors = useApi('step-up factors', (signal) =>
    call<{ passkeys: number }>('/api/identity/second-factor', { signal }),
  );
  const byPassword = kind === 'password';
  const { busy, problem, submit } = useSubmit((typed: string, headers) =>
    call<unknown>(byPassword ? '/api/identity/step-up/password' : '/api/identity/step-up', {
      method: 'POST',
      body: byPassword ? { password: typed } : { code: typed },
      headers,
    }).then(() => true),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const typed = byPassword ? code : code.trim();
    const least = byPassword ? 1 : 6;
    const message = t(byPassword ? 'signIn.needPassword' : 'signIn.needCode');
    setMissing(typed.length < least ? [{ path: 'code', message }] : []);
    if (typed.length < least) return;
    if (await submit(typed)) onAnswer(true);
    else setCode('');
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="step-up-title"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <form onSubmit={(event) => void send(event)} noValidate>
        <h2 id="step-up-title">{t('stepUp.title')}</h2>
        <p>{t(byPassword ? 'stepUp.passwordText' : 'stepUp.text')}</p>
        <FormErrors errors={missing} />
        {problem && (
          <p className="field-error" role="alert">
            {[problem.details.title, problem.details.action].filter(Boolean).join(t('stop'))}
          </p>
        )}
        {byPassword ? (
          <div className="field">
            <label htmlFor="code">{t('signIn.password')}</label>
            <input
              id="code"
              type="password"
              autoComplete="current-password"
              value={code}
              aria-invalid={missing.length > 0}
              onChange={(event) => setCode(event.target.value)}
            />
          </div>
        ) : (
          <CodeField code={code} error={missing[0]?.message} onCode={setCode} />
        )}
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {busy ? t('stepUp.acting') : t('stepUp.act')}
          </button>
          <button type="button" onClick={() => onAnswer(false)}>
            {t('cancel')}
          </button>
        </div>
        {!byPassword && (factors.data?.passkeys ?? 0) > 0 && (
          <PasskeyButton
            path="/api/identity/step-up/passkey"
            label={t('stepUp.passkey')}
            onDone={() => onAnswer(true)}
          />
        )}
      </form>
    </dialog>
  );
}
