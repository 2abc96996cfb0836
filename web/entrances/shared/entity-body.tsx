import { useUnitName } from '#web/design/units.tsx';
import { AttributeList } from './attribute-list.tsx';
import type { Disputing } from './disputes.tsx';
import { ChangeList } from './change-list.tsx';
import { PlaceMap } from './place-map.tsx';
import type { EntityCard, Lineage } from './shapes.ts';
import { useWords } from './texts.ts';
import { dayText } from './value-text.ts';

/** Body of an enterprise's card (企业卡片): attributes with sources; place, names over time, registers and changes beside them. */
export function EntityBody({
  card,
  lineage,
  dated,
  disputing,
}: {
  card: EntityCard;
  lineage?: (field: string, signal: AbortSignal) => Promise<Pick<Lineage, 'chain'>>;
  dated?: boolean;
  disputing?: Disputing;
}) {
  const { t, language } = useWords();
  const unitName = useUnitName();
  const building = card.attributes.find(({ name }) => name === 'buildingCode')?.value ?? null;
  const day = (at: string) => dayText(at.slice(0, 10), language);
  return (
    <div className="card-columns" key={card.asOf ?? 'now'}>
      <div>
        <AttributeList attributes={card.attributes} lineage={lineage} dated={dated} disputing={disputing} />
      </div>
      <aside>
        <PlaceMap location={card.location} building={building} />
        {card.names.length > 1 && (
          <section className="card-group">
            <h2>{t('names')}</h2>
            <ul className="people">
              {card.names.map((entry) => (
                <li key={entry.name}>
                  <b>{entry.name}</b>
                  <span className="soft">
                    {entry.units.map(unitName).join('、')} · {t('since', { day: day(entry.from) })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className="card-group">
          <h2>{t('registers')}</h2>
          <ul className="people">
            {card.registers.map((entry) => (
              <li key={entry.dataset}>
                <b>{unitName(entry.unit)}</b>
                <span className="soft">{t('since', { day: day(entry.since) })}</span>
              </li>
            ))}
          </ul>
        </section>
        <ChangeList changes={card.changes} attributes={card.attributes} />
      </aside>
    </div>
  );
}
