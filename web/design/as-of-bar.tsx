import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { formatExact, instantFromField } from './format.ts';

/** The moment that the page is set to (`asOf` in its address), or null for now. */
export function useAsOf(): string | null {
  return useSearchParams()[0].get('asOf');
}

/** As-of bar (截至): when the facts were true, and a way to look at an earlier time. `at` is the moment of the data. */
export function AsOfBar({ at }: { at: string | number | Date }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const asOf = search.get('asOf');
  const [field, setField] = useState('');
  const set = (next: string | null) =>
    setSearch((old) => {
      if (next) old.set('asOf', next);
      else old.delete('asOf');
      return old;
    });
  return (
    <div className="as-of" data-past={asOf !== null}>
      <span>{asOf ? t('asOf.past', { at: formatExact(asOf) }) : t('asOf.now', { at: formatExact(at) })}</span>
      {asOf ? (
        <button type="button" className="quiet" onClick={() => set(null)}>
          {t('asOf.back')}
        </button>
      ) : (
        <details>
          <summary>{t('asOf.change')}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              set(instantFromField(field));
            }}
          >
            <label>
              {t('asOf.field')}{' '}
              <input type="datetime-local" value={field} onChange={(event) => setField(event.target.value)} />
            </label>
            <button type="submit">{t('asOf.apply')}</button>
          </form>
        </details>
      )}
    </div>
  );
}
