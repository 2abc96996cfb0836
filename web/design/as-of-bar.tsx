import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { formatExact } from './format.ts';

/** The day that the page is set to (`asOf=2026-11-20` in its address), or null for now. */
export function useAsOf(): string | null {
  const day = useSearchParams()[0].get('asOf');
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

/** Today in the district's calendar, `2026-11-23`. */
const today = () => formatExact(new Date()).slice(0, 10);

/**
 * As-of bar (截至): when the facts were true. Where the data keep their history (`history`), it is set to the end of an
 * earlier day and the page asks again for that day. `at` is the moment of the data.
 */
export function AsOfBar({ at, history = true }: { at: string | number | Date; history?: boolean }) {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const asOf = useAsOf();
  const [field, setField] = useState(asOf ?? today());
  const set = (next: string | null) =>
    setSearch((old) => {
      if (next) old.set('asOf', next);
      else old.delete('asOf');
      return old;
    });
  return (
    <div className="as-of" data-past={asOf !== null}>
      <span>{asOf ? t('asOf.past', { at: asOf }) : t('asOf.now', { at: formatExact(at) })}</span>
      {history && (
        <details>
          <summary>{t('asOf.change')}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              set(field < today() ? field : null);
            }}
          >
            <label>
              {t('asOf.field')}{' '}
              <input
                type="date"
                required
                value={field}
                max={today()}
                onChange={(event) => setField(event.target.value)}
              />
            </label>
            <button type="submit">{t('asOf.apply')}</button>
          </form>
        </details>
      )}
      {asOf && (
        <button type="button" className="quiet" onClick={() => set(null)}>
          {t('asOf.back')}
        </button>
      )}
    </div>
  );
}
