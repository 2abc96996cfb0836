import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAccountTexts } from './texts.ts';

const PATH = '/api/identity/second-factor';
type Factors = Reply<'/api/identity/second-factor'>;
type Started = Reply<'/api/identity/second-factor/totp', 'post'>;
type Codes = { recoveryCodes: string[] };

/** Second factor (两步验证): set up, replace, remove, and new recovery codes. */
export function AuthenticatorSection({ factors, onChange }: { factors: Factors; onChange: () => void }) {
  const { t, language } = useAccountTexts();
  const common = useTranslation().t;
  const [started, setStarted] = useState<Started | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [removing, setRemoving] = useState(false);
  const [removed, setRemoved] = useState(false);
  const start = useSubmit(() => call<Started>(`${PATH}/totp`, { method: 'POST' }));
  const renew = useSubmit(() => call<Codes>(`${PATH}/recovery-codes`, { method: 'POST' }));
  const remove = useSubmit(() => call<{ removed: boolean }>(`${PATH}/totp`, { method: 'DELETE' }));
  const problem = start.problem ?? renew.problem ?? remove.problem;
  const show = (made: Codes | undefined) => {
    if (!made) return;
    setStarted(null);
    setRemoved(false);
    setCodes(made.recoveryCodes);
    onChange();
  };
  const takeAway = async () => {
    if (!(await remove.submit(undefined))) return;
    setRemoving(false);
    setRemoved(true);
    onChange();
  };
  const on = factors.totpSince !== null;
  const some = on || factors.passkeys > 0;
  return (
    <section className="account-part" aria-labelledby="account-factor">
      <h2 id="account-factor">{t('factor')}</h2>
      <p>
        {on
          ? t('factorOn', { at: formatMoment(factors.totpSince, { language }) })
          : t(some ? 'factorPasskey' : 'factorOff')}
      </p>
      {some && factors.assurance >= 2 && <p className="soft">{t('raised')}</p>}
      {some && <p>{t('codesLeft', { n: factors.recoveryLeft })}</p>}
      {removed && !on && <p role="status">{t('removed')}</p>}
      {problem && <RefusalPanel problem={problem} />}
      {codes && <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />}
      {started && <Confirm started={started} onConfirmed={show} />}
      {!started && !codes && !removing && (
        <div className="acts">
          <button
            type="button"
            className={on ? undefined : 'primary'}
            disabled={start.busy}
            onClick={() => void start.submit(undefined).then((made) => made && setStarted(made))}
          >
            {on ? t('replace') : t('setUp')}
          </button>
          {some && (
            <>
              <button type="button" disabled={renew.busy} onClick={() => void renew.submit(undefined).then(show)}>
                {t('codesRenew')}
              </button>
              {on && (
                <button type="button" onClick={() => setRemoving(true)}>
                  {t('remove')}
                </button>
              )}
            </>
          )}
        </div>
      )}
      {removing && (
        <div className="notice">
          <p>{t('removeSure')}</p>
          <div className="acts">
            <button type="button" disabled={remove.busy} onClick={() => void takeAway()}>
              {t('removeAct')}
            </button>
            <button type="button" onClick={() => setRemoving(false)}>
              {common('cancel')}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}

function Confirm({ started, onConfirmed }: { started: Started; onConfirmed: (made: Codes | undefined) => void }) {
  const { t } = useAccountTexts();
  const [form, setForm] = useState({ first: '', second: '' });
  const [faults, setFaults] = useState<{ path: string; message: string }[]>([]);
  const confirm = useSubmit((body: typeof form) => call<Codes>(`${PATH}/totp/confirm`, { method: 'POST', body }));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = (['first', 'second'] as const).filter((name) => !/^\d{6}$/.test(form[name]));
    setFaults(wrong.map((path) => ({ path, message: `${t(path)}：${t('sixDigits')}` })));
    if (wrong.length === 0) onConfirmed(await confirm.submit(form));
  };
  return (
    <div className="enrolment">
      <p>{t('scan')}</p>
      <QrCode text={started.uri} label={t('qr')} />
      <p>
        {t('key')} <code className="secret-key">{started.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <form onSubmit={(event) => void send(event)} noValidate>
        <p>{t('twoCodes')}</p>
        <FormErrors errors={faults} />
        {confirm.problem && <RefusalPanel problem={confirm.problem} />}
        {(['first', 'second'] as const).map((name) => (
          <div className="field" key={name}>
            <label htmlFor={name}>{t(name)}</label>
            <input
              id={name}
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
              value={form[name]}
              aria-invalid={faults.some(({ path }) => path === name)}
              onChange={(event) => setForm({ ...form, [name]: event.target.value.replace(/\s/g, '') })}
            />
          </div>
        ))}
        <button type="submit" className="primary" disabled={confirm.busy}>
          {t('confirm')}
        </button>
      </form>
    </div>
  );
}
