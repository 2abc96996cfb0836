import { useEffect, useRef, useState } from 'react';
import { useAccountTexts } from './texts.ts';

/** Ten recovery codes (恢复码), shown once; they stay until the person says that they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useAccountTexts();
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <div className="notice">
      <h3 ref={heading} tabIndex={-1}>
        {t('codesTitle')}
      </h3>
      <p>{t('codesText')}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="acts">
        {/* Browsers offer the clipboard on secure addresses only. */}
        {'clipboard' in navigator && (
          <button type="button" onClick={() => void copy()}>
            {copied ? t('codesCopied') : t('codesCopy')}
          </button>
        )}
        <button type="button" className="primary" onClick={onDone}>
          {t('codesDone')}
        </button>
      </div>
    </div>
  );
}
