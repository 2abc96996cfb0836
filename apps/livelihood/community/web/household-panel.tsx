import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { ageOn, dayText, valueText } from '#web/entrances/shared/value-text.ts';
import { useWords } from '#web/entrances/shared/texts.ts';
import type { Purpose } from './desk.tsx';
import { useReliefTexts } from './relief-texts.ts';
import { useDeskTexts } from './texts.ts';

type Household = Reply<'/api/community/households/{householdNo}'>;

/** Units that answer for what the desk shows; the value's own source stands on the person card. */
const SOURCES = [
  { id: 'resident', unit: 'public-security' },
  { id: 'household', unit: 'civil-affairs' },
  { id: 'building', unit: 'housing' },
] as const;

/** One household (户卡): who lives together in which home, with the way to each person's card. */
export function HouseholdPanel({
  householdNo,
  purpose,
  onClose,
}: {
  householdNo: string;
  purpose: Purpose;
  onClose: () => void;
}) {
  const t = useDeskTexts();
  const relief = useReliefTexts();
  const { language } = useWords();
  const unitName = useUnitName();
  const heading = useRef<HTMLHeadingElement>(null);
  const { headers, code } = purpose;
  const state = useApi(`household ${householdNo} ${code}`, (signal) =>
    call<Household>(`/api/community/households/${encodeURIComponent(householdNo)}`, { signal, headers }),
  );
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) onClose();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });
  const home = state.data?.residents[0];
  return (
    <aside className="desk-household" aria-labelledby="household-title">
      <header>
        <h2 id="household-title" ref={heading} tabIndex={-1}>
          {state.data ? t('householdOf', { name: state.data.household.headName ?? householdNo }) : t('household')}
        </h2>
        <button type="button" className="quiet" aria-label={t('close')} onClick={onClose}>
          ✕
        </button>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {home && (
        <p>
          {home.address}{' '}
          {home.buildingCode && <Link to={`/gov/buildings/${home.buildingCode}`}>{t('buildingCard')}</Link>}
        </p>
      )}
      <ul>
        {state.data?.residents.map((resident) => (
          <li key={resident.pid}>
            <p>
              <b>{resident.name}</b>
              <span className="soft">
                {[resident.relation, valueText('sex', resident.sex, language), ageOn(resident.birthDate)]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
              <Link to={`/gov/persons/${resident.pid}`}>{t('card')}</Link>
              <Link to={`/gov/relief?pid=${resident.pid}`}>{relief('start')}</Link>
            </p>
            <dl className="facts">
              <dt>{t('phone')}</dt>
              <dd>{resident.phone ?? '—'}</dd>
              <dt>{t('since')}</dt>
              <dd>{resident.residenceFrom ? dayText(resident.residenceFrom, language) : '—'}</dd>
            </dl>
          </li>
        ))}
      </ul>
      <footer className="desk-sources">
        {SOURCES.map(({ id, unit }) => (
          <span key={id} className="source-unit" title={t('source', { resource: t(`resource.${id}`) })}>
            {`${t(`resource.${id}`)} · ${unitName(unit)}`}
          </span>
        ))}
      </footer>
    </aside>
  );
}
