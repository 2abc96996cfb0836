import '#web/entrances/entrances.css';
import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useResetTexts } from './reset-texts.ts';

type Made = { code: string; expiresAt: string };

/** Reset at the counter (柜台重置口令): a committee worker helps a resident who is present with the card. */
export default function CounterResetPage() {
  const { t, language } = useResetTexts();
  const [made, setMade] = useState<Made>();
  const [faults, setFaults] = useState<{ path: string; message: string }[]>([]);
  const { busy, problem, submit } = useSubmit((body: Record<string, string>, headers) =>
    call<Made>('/api/identity/counter-resets', { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)];
    const body = Object.fromEntries(entries.map(([name, value]) => [name, String(value).trim()]));
    const empty = (['account', 'idNumber', 'reason'] as const)
      .filter((name) => !body[name])
      .map((path) => ({ path, message: t('need', { what: t(path) }) }));
    const wrong =
      empty.length === 0 && !/^\d{17}[\dXx]$/.test(body.idNumber ?? '')
        ? [{ path: 'idNumber', message: t('idWrong') }]
        : empty;
    setFaults(wrong);
    if (wrong.length === 0) setMade(await submit(body));
  };
  if (made) {
    return (
      <article className="reading account">
        <h1>{t('counterTitle')}</h1>
        <section className="notice" role="status">
          <p>{t('counterCode')}</p>
          <p>
            <code className="secret-key">{made.code}</code>
          </p>
          <p>{t('validUntil', { at: formatMoment(made.expiresAt, { language }) })}</p>
          <p>{t('counterUse')}</p>
        </section>
        <button type="button" onClick={() => setMade(undefined)}>
          {t('again')}
        </button>
      </article>
    );
  }
  const wrong = (name: string) => faults.some(({ path }) => path === name) || undefined;
  return (
    <article className="reading account">
      <header>
        <h1>{t('counterTitle')}</h1>
        <p className="soft">{t('counterLead')}</p>
      </header>
      <FormErrors errors={faults} />
      {problem?.status === 404 && (
        <p className="field-error" role="alert">
          {t('counterNotFound')}
        </p>
      )}
      {problem && problem.status !== 404 && <RefusalPanel problem={problem} />}
      <form onSubmit={(event) => void send(event)} noValidate>
        {(['account', 'idNumber', 'reason'] as const).map((name) => (
          <div className="field" key={name}>
            <label htmlFor={name}>{t(name)}</label>
            <input id={name} name={name} autoComplete="off" spellCheck={false} aria-invalid={wrong(name)} />
          </div>
        ))}
        <div className="field">
          <label htmlFor="what">{t('what')}</label>
          <select id="what" name="what" defaultValue="password">
            <option value="password">{t('whatPassword')}</option>
            <option value="all">{t('whatAll')}</option>
          </select>
        </div>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('sending') : t('counterSend')}
        </button>
      </form>
    </article>
  );
}
