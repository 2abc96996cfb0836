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
  const [open, setOpen] = useState(false);
  const waiting = useRef<Waiting[]>([]);
  useEffect(() => {
    setStepUp(
      () =>
        new Promise<boolean>((answer) => {
          waiting.current.push(answer);
          setOpen(true);
        }),
    );
    return () => {
      setStepUp(null);
      for (const answer of waiting.current.splice(0)) answer(false);
    };
  }, []);
  const answer = (raised: boolean) => {
    setOpen(false);
    for (const each of waiting.current.splice(0)) each(raised);
  };
  return open ? <Question onAnswer={answer} /> : null;
}

function Question({ onAnswer }: { onAnswer: Waiting }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<{ path: string; message: string }[]>([]);
  useEffect(() => dialog.current?.showModal(), []);
  const factors = useApi('step-up factors', (signal) =>
    call<{ passkeys: number }>('/api/identity/second-factor', { signal }),
  );
  const { busy, problem, submit } = useSubmit((input: { code: string }, headers) =>
    call<unknown>('/api/identity/step-up', { method: 'POST', body: input, headers }).then(() => true),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const typed = code.trim();
    setMissing(typed.length < 6 ? [{ path: 'code', message: t('signIn.needCode') }] : []);
    if (typed.length < 6) return;
    if (await submit({ code: typed })) onAnswer(true);
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
        <p>{t('stepUp.text')}</p>
        <FormErrors errors={missing} />
        {problem && (
          <p className="field-error" role="alert">
            {problem.details.title} {problem.details.action}
          </p>
        )}
        <CodeField code={code} error={missing[0]?.message} onCode={setCode} />
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {busy ? t('stepUp.acting') : t('stepUp.act')}
          </button>
          <button type="button" onClick={() => onAnswer(false)}>
            {t('cancel')}
          </button>
        </div>
        {(factors.data?.passkeys ?? 0) > 0 && (
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
