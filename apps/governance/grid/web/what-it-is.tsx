import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { useUnitName } from '#web/design/units.tsx';
import { ClassGuess } from '../classify/web/class-guess.tsx';
import { useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';

type Near = Reply<'/api/incident/parts-near'>;
type Found = Pick<Reply<'/api/incident/cases/{no}'>, 'class' | 'part' | 'lon' | 'lat' | 'flags' | 'description'>;

/** Class and part of a case as it is filed (类别与部件): what stands near the pin is offered, a person says which it is. */
export function WhatItIs({ found }: { found: Found }) {
  const { t, language } = useGridTexts();
  const unitName = useUnitName();
  const classes = useClasses();
  const [code, setCode] = useState(found.class);
  const asks = found.part === null && code.startsWith('P');
  const near = useApi(asks ? `parts near ${found.lon} ${found.lat} ${code}` : null, (signal) =>
    call<Near>(`/api/incident/parts-near?lon=${found.lon}&lat=${found.lat}&class=${code}`, { signal }),
  );
  return (
    <>
      <label>
        {t('classLabel')}
        <select key={classes.size} name="class" value={code} onChange={(event) => setCode(event.target.value)}>
          {[...classes.values()].map((each) => (
            <option key={each.code} value={each.code}>
              {each.name[language]}
            </option>
          ))}
        </select>
      </label>
      <ClassGuess staff text={found.description ?? ''} value={code} onValue={setCode} />
      {found.flags.includes('class-open') && <p className="soft">{t('classOpen')}</p>}
      {asks && near.data && (
        <fieldset className="grid-choice">
          <legend>{t('whichPart')}</legend>
          {near.data.parts.map((part, n) => (
            <label key={part.code} className="choice">
              <input type="radio" name="part" value={`${part.code} ${part.owner ?? ''}`} defaultChecked={n === 0} />
              <span>
                {part.name[language]} <span className="grid-no">{part.code}</span> ·{' '}
                {t('metresAway', { n: Math.round(part.distanceM) })}
                {part.owner && ` · ${t('ownedBy', { unit: unitName(part.owner) })}`}
              </span>
            </label>
          ))}
          <label className="choice">
            <input type="radio" name="part" value="" defaultChecked={near.data.parts.length === 0} />
            <span>{near.data.parts.length === 0 ? t('noPartNear') : t('noneOfParts')}</span>
          </label>
        </fieldset>
      )}
    </>
  );
}

/** What the case is about, once it is known: the part and who owns it. */
export function PartFact({ part, owner }: { part: string | null; owner: string | null }) {
  const { t } = useGridTexts();
  const unitName = useUnitName();
  if (part === null) return null;
  return (
    <div>
      <dt>{t('partLabel')}</dt>
      <dd>
        <Link className="grid-no" to={`/gov/parts/${part}`}>
          {part}
        </Link>
        {owner && ` · ${t('ownedBy', { unit: unitName(owner) })}`}
      </dd>
    </div>
  );
}
