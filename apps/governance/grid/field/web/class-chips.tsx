import { useState } from 'react';
import { useClasses } from '../../web/grid-parts.tsx';
import { useFieldTexts } from './field-texts.ts';

const FREQUENT = 8;
const STORE = 'field-class-use';
/** What stands first on a device that has reported nothing yet: one of each kind that streets see daily. Its own use overrules it. */
const START: readonly string[] = ['E0101', 'P0101', 'E0201', 'E0501', 'E0503', 'E0105', 'P0201', 'P0102'];
const startOf = (code: string): number => (START.includes(code) ? 1 - START.indexOf(code) / START.length : 0);

/** How often this device has chosen each class: what a supervisor reports most stands first (常用类别). */
const usedHere = (): Record<string, number> => {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
};
export function countUse(code: string): void {
  const used = usedHere();
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...used, [code]: (used[code] ?? 0) + 1 }));
  } catch {
    // Without room the order stays as it is.
  }
}

/** One press for what occurs often, a search for everything else. */
export function ClassChips({ value, onValue }: { value: string; onValue: (code: string) => void }) {
  const { t, language } = useFieldTexts();
  const [words, setWords] = useState('');
  const [used] = useState(usedHere);
  const rank = (code: string) => (used[code] ?? 0) + startOf(code);
  const all = [...useClasses().values()].sort((a, b) => rank(b.code) - rank(a.code));
  const wanted = words.trim().toLowerCase();
  const found = wanted === '' ? all : all.filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(wanted));
  const chosen = all.find(({ code }) => code === value);
  const shown = found.slice(0, FREQUENT);
  if (chosen && !shown.includes(chosen)) shown.unshift(chosen);
  return (
    <fieldset className="field-classes">
      <legend>{t('kind')}</legend>
      <div className="field-chips">
        {shown.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            aria-pressed={code === value}
            onClick={() => onValue(code === value ? '' : code)}
          >
            {name[language]}
          </button>
        ))}
      </div>
      <label>
        {t('search')}
        <input type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      {found.length === 0 && wanted !== '' && <p className="soft">{t('noClass')}</p>}
    </fieldset>
  );
}
