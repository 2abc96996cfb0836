import { useTranslation } from 'react-i18next';
import { useSubmit } from '#web/client/index.ts';
import { passkeyCancelled, passkeysPossible, provePasskey } from '#web/client/passkey.ts';
import { RefusalPanel } from './refusal-panel.tsx';

/** The act to prove with a passkey; not there where the browser cannot. */
export function PasskeyButton({
  path,
  label,
  onDone,
}: {
  path: Parameters<typeof provePasskey>[0];
  label: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { busy, problem, submit } = useSubmit(() => provePasskey(path));
  if (!passkeysPossible()) return null;
  return (
    <div className="passkey-act">
      <button type="button" disabled={busy} onClick={() => void submit(undefined).then((done) => done && onDone())}>
        {busy ? t('stepUp.acting') : label}
      </button>
      {problem && !passkeyCancelled(problem) && <RefusalPanel problem={problem} />}
    </div>
  );
}
