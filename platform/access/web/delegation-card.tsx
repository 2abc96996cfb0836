import { type ReactNode, useEffect, useRef, useState } from 'react';
import { formatMoment } from '#web/design/format.ts';
import type { Delegation, Scope } from './shapes.ts';
import { useDelegationTexts } from './texts.ts';

type End = { label: string; ask: string; act: () => Promise<void>; busy: boolean };

/** One delegation in plain words: who, what, until when, and what can be done about it. Ending asks once. */
export function DelegationCard({
  delegation: d,
  scopes,
  title,
  explained,
  end,
  children,
}: {
  delegation: Delegation;
  scopes: readonly Scope[];
  title: string;
  /** What each scope means, in words for the giver. */
  explained?: boolean;
  end?: End;
  children?: ReactNode;
}) {
  const { t, i18n } = useDelegationTexts();
  const [asking, setAsking] = useState(false);
  // The question replaces the button that was pressed, so it takes the focus over.
  const sure = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) sure.current?.focus();
  }, [asking]);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  // A term that ends with a day is said by that day, not by the midnight behind it.
  const last = d.basis === 'helper' ? d.validTo : new Date(Date.parse(d.validTo) - 1).toISOString();
  const closed = d.state !== 'offered' && d.state !== 'accepted' && d.state !== 'active';
  return (
    <li data-state={d.state}>
      <h3>{title}</h3>
      <ul className="delegation-scopes">
        {d.scopes.map((id) => {
          const scope = scopes.find((s) => s.id === id);
          return (
            <li key={id}>
              <b>{scope?.title[language] ?? id}</b>
              {scope && explained && <p className="soft">{scope.text[language]}</p>}
            </li>
          );
        })}
      </ul>
      <p className="soft">
        {t(`basis.${d.basis}`)} · {t(`state.${d.state}`)}
        {d.endedWhy && ` · ${t(`endedWhy.${d.endedWhy}`)}`}
        {!closed &&
          ` · ${
            d.state === 'accepted' ? `${t('from', { when: formatMoment(d.validFrom, { language }) })} · ` : ''
          }${t('until', { when: formatMoment(last, { language }) })}`}
      </p>
      {(d.basis === 'guardian' || d.basis === 'helper') && (
        <p className="soft">{t('evidence', { text: d.evidence })}</p>
      )}
      {(children || end) && !asking && (
        <div className="delegation-acts">
          {children}
          {end && (
            <button type="button" onClick={() => setAsking(true)}>
              {end.label}
            </button>
          )}
        </div>
      )}
      {asking && end && (
        <div className="delegation-sure" role="group" aria-label={end.label}>
          <p>{end.ask}</p>
          <div className="delegation-acts">
            <button
              type="button"
              className="primary"
              disabled={end.busy}
              ref={sure}
              onClick={() => void end.act().then(() => setAsking(false))}
            >
              {t('sure')}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {t('keep')}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
