import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** The field of a path, or what it stands in: `items/2/after/0` leads to `items/2/after` where only that can be reached. */
function nearest(path: string): HTMLElement | null {
  const found = document.getElementById(path);
  const end = path.lastIndexOf('/');
  return found ?? (end > 0 ? nearest(path.slice(0, end)) : null);
}

/** So many are listed; whoever has more to mend sees them at their fields. */
const LISTED = 8;

/** Summary above a form; each entry leads to its field (`path` is the field's id). Takes the focus when errors appear. */
export function FormErrors({ errors }: { errors: readonly { path: string; message: string }[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div className="form-errors" role="alert" tabIndex={-1} ref={box}>
      <p>{t('form.summary', { n: errors.length })}</p>
      <ul>
        {errors.slice(0, LISTED).map(({ path, message }) => (
          <li key={path + message}>
            <a
              href={`#${path}`}
              onClick={(event) => {
                event.preventDefault();
                nearest(path)?.focus();
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
      {errors.length > LISTED && <p>{t('form.more', { n: errors.length - LISTED })}</p>}
    </div>
  );
}
