import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './care-texts.ts';
import './care.css';

/** What depends on a resource (谁依赖它): one list of applications, feeds, theme tables, reports and lists. */
export function ItemUses({ item }: { item: Item }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const unit = useUnits();
  return (
    <section className="dc-section" aria-labelledby="uses">
      <h2 id="uses">
        {t('uses.title')} <small>{item.uses.length}</small>
      </h2>
      <p className="soft">{t('uses.lead')}</p>
      {item.uses.length === 0 && <p className="soft">{t('uses.none')}</p>}
      <ul className="dc-lines">
        {item.uses.map((use) => (
          <li key={`${use.kind} ${use.id}`}>
            <span className="badge">{t(`uses.kind.${use.kind}`)}</span>
            <b>
              {use.kind === 'report' ? <Link to={`/data/reports/${use.id}`}>{say(use.title)}</Link> : say(use.title)}
            </b>
            <span className="soft">
              {[
                unit(use.unit),
                use.kind === 'taker' || use.kind === 'theme' ? t(`grantState.${use.state}`, { ns: 'data-centre' }) : '',
                use.kind === 'report' ? t('uses.cells', { n: use.state }) : '',
                use.kind === 'list' ? t(`lists.${use.state}`) : '',
                use.fields === null ? '' : t('uses.fields', { n: use.fields }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
