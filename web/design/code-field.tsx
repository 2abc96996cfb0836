import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** One field for a code of the authenticator or a recovery code; takes the focus when it appears. */
export function CodeField({ code, error, onCode }: { code: string; error?: string; onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="field">
      <label htmlFor="code">{t('signIn.code')}</label>
      <input
        ref={input}
        id="code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        value={code}
        aria-invalid={error !== undefined}
        aria-describedby={error ? 'code-error' : 'code-help'}
        onChange={(event) => onCode(event.target.value)}
      />
      {error ? (
        <p className="field-error" id="code-error">
          {error}
        </p>
      ) : (
        <p className="soft" id="code-help">
          {t('signIn.codeHelp')}
        </p>
      )}
    </div>
  );
}
