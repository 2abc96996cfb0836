import '../../web/grid.css';
import { useEffect, useRef, useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { useOnline } from '#web/offline/index.ts';
import { useClasses } from '../../web/grid-parts.tsx';
import { useGuessTexts } from './guess-texts.ts';

type Guesses = Reply<'/api/grid/classify', 'post'>;
/** Asked once nobody has typed for so long (milliseconds). */
const PAUSE = 600;
const SHORTEST = 4;
const LONGEST = 2000;
/** Whole per cent; neither 0 nor 100, since a guess is neither impossible nor certain. */
const percent = (share: number) => (share < 0.01 ? '<1%' : share > 0.99 ? '>99%' : `${Math.round(share * 100)}%`);

/**
 * What class the words may mean (推荐类别), with how sure that is; below the confidence of the rulebook it says that a person decides. One press chooses. Nothing without
 * network or while the words are few: whoever reports is never kept waiting for it.
 */
export function ClassGuess(props: {
  text: string;
  value: string;
  onValue: (code: string) => void;
  /** Who reads it: staff are told that they decide. */
  staff?: boolean;
}) {
  const { text, value, onValue, staff = false } = props;
  const { t, language } = useGuessTexts();
  const classes = useClasses();
  const online = useOnline();
  const settled = useSettled(text.trim());
  const asks = online && settled.length >= SHORTEST && settled.length <= LONGEST;
  const guesses = useApi(asks ? `classify ${settled}` : null, (signal) =>
    call<Guesses>('/api/grid/classify', { method: 'POST', body: { text: settled }, signal }),
  );
  const found = guesses.data;
  const place = useRef<HTMLDivElement>(null);
  // Where it appears below what is being typed, on a telephone, it would stand behind the button that sends.
  useEffect(() => {
    if (!staff && found) place.current?.scrollIntoView({ block: 'nearest' });
  }, [found, staff]);
  // Without a model there is nothing to say.
  if (!asks || !found || found.version === null || classes.size === 0) return null;
  const [first] = found.proposals;
  const nameOf = (code: string) => classes.get(code)?.name[language] ?? code;
  const share = percent(first?.confidence ?? 0);
  const saying = first ? (found.sure ? 'sure' : 'unsure') : 'nothing';
  const key = staff ? ({ sure: 'clerkSure', unsure: 'clerkUnsure', nothing: 'clerkNothing' } as const)[saying] : saying;
  return (
    <div
      ref={place}
      className={found.sure ? 'grid-guess' : 'grid-guess grid-guess-open'}
      role="group"
      aria-label={t('title')}
    >
      <p aria-live="polite">{t(key, { name: nameOf(first?.class ?? ''), share, least: percent(found.sureFrom) })}</p>
      {found.proposals.length > 0 && (
        <p className="grid-acts">
          {found.proposals.map((each) => (
            <button
              key={each.class}
              type="button"
              aria-pressed={each.class === value}
              onClick={() => onValue(each.class === value && !staff ? '' : each.class)}
            >
              {t('one', { name: nameOf(each.class), share: percent(each.confidence) })}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

/** What stands there once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
