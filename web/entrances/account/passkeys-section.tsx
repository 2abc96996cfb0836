import { type FormEvent, useState } from 'react';
import { type ApiState, call, useSubmit } from '#web/client/index.ts';
import { passkeyCancelled, passkeysPossible, registerPasskey } from '#web/client/passkey.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAccountTexts } from './texts.ts';

export type Passkeys = Reply<'/api/identity/passkeys'>;

/** Passkeys (通行密钥): the devices and keys that stand for the password, each with the act to remove it. */
export function PasskeysSection({ state, onChange }: { state: ApiState<Passkeys>; onChange: () => void }) {
  const { t, language } = useAccountTexts();
  const [name, setName] = useState('');
  const [codes, setCodes] = useState<string[]>([]);
  const [added, setAdded] = useState(false);
  const register = useSubmit(registerPasskey);
  const remove = useSubmit((id: string) => call(`/api/identity/passkeys/${id}`, { method: 'DELETE' }).then(() => true));
  const problem = register.problem ?? remove.problem ?? state.problem;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setAdded(false);
    const made = await register.submit(name.trim() || t('passkeyUnnamed'));
    if (!made) return;
    setName('');
    setCodes(made.recoveryCodes);
    setAdded(true);
    onChange();
  };
  return (
    <section className="account-part" aria-labelledby="account-passkeys">
      <h2 id="account-passkeys">{t('passkeys')}</h2>
      <p>{t('passkeysText')}</p>
      {problem && !passkeyCancelled(problem) && <RefusalPanel problem={problem} />}
      {codes.length > 0 && <RecoveryCodes codes={codes} onDone={() => setCodes([])} />}
      {added && <p role="status">{t('passkeyAdded')}</p>}
      <ul className="devices">
        {state.data?.passkeys.map((passkey) => (
          <li key={passkey.id}>
            <div>
              <b>{passkey.name}</b>
              <p className="soft">
                {t('passkeySince', {
                  created: formatMoment(passkey.createdAt, { language }),
                  used: formatMoment(passkey.usedAt, { language }) || t('passkeyUnused'),
                })}
              </p>
            </div>
            <button
              type="button"
              disabled={remove.busy}
              aria-label={t('passkeyRemoveNamed', { name: passkey.name })}
              onClick={() => void remove.submit(passkey.id).then((done) => done && onChange())}
            >
              {t('passkeyRemove')}
            </button>
          </li>
        ))}
      </ul>
      {passkeysPossible() ? (
        <form onSubmit={(event) => void add(event)} noValidate>
          <div className="field">
            <label htmlFor="passkey-name">{t('passkeyName')}</label>
            <input
              id="passkey-name"
              maxLength={60}
              value={name}
              autoComplete="off"
              placeholder={t('passkeyExample')}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <button type="submit" disabled={register.busy}>
            {t('passkeyAdd')}
          </button>
        </form>
      ) : (
        <p className="soft">{t('passkeyNotHere')}</p>
      )}
    </section>
  );
}
