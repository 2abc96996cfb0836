import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useAccountTexts } from './texts.ts';

const FIELDS = ['current', 'next', 'again'] as const;
const EMPTY = { current: '', next: '', again: '' };

/** Change of password (修改密码); a refused password is named at its field, and the form keeps what was typed. */
export function PasswordSection({ onChange }: { onChange: () => void }) {
  const { t } = useAccountTexts();
  const [form, setForm] = useState(EMPTY);
  const [own, setOwn] = useState<{ path: string; message: string }[]>([]);
  const [ended, setEnded] = useState<number | null>(null);
  const change = useSubmit((body: { current: string; next: string }) =>
    call<{ ended: number }>('/api/identity/password', { method: 'POST', body }),
  );
  const refused = (change.problem?.details.fields ?? []).map(({ pointer, message }) => ({
    path: pointer.slice(1),
    message,
  }));
  const faults = own.length > 0 ? own : refused;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setEnded(null);
    change.reset();
    const empty = FIELDS.filter((path) => form[path] === '').map((path) => ({
      path,
      message: t('need', { what: t(path) }),
    }));
    const wrong = empty.length === 0 && form.next !== form.again ? [{ path: 'again', message: t('differ') }] : empty;
    setOwn(wrong);
    if (wrong.length > 0) return;
    const done = await change.submit({ current: form.current, next: form.next });
    if (!done) return;
    setForm(EMPTY);
    setEnded(done.ended);
    onChange();
  };
  return (
    <section className="account-part" aria-labelledby="account-password">
      <h2 id="account-password">{t('password')}</h2>
      <p className="soft">{t('passwordLead')}</p>
      <FormErrors errors={faults} />
      {change.problem && refused.length === 0 && <RefusalPanel problem={change.problem} />}
      <form onSubmit={(event) => void send(event)} noValidate>
        {FIELDS.map((name) => {
          const fault = faults.find(({ path }) => path === name)?.message;
          return (
            <div className="field" key={name}>
              <label htmlFor={name}>{t(name)}</label>
              <input
                id={name}
                type="password"
                autoComplete={name === 'current' ? 'current-password' : 'new-password'}
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
        <button type="submit" disabled={change.busy}>
          {t('change')}
        </button>
      </form>
      {ended !== null && <p role="status">{t('changed', { n: ended })}</p>}
    </section>
  );
}
