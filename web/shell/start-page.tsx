import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SkipLink } from './entrance-layout.tsx';
import { ENTRANCES } from './entrances.ts';
import { TopBar } from './top-bar.tsx';

/** Start page: what this is, what it promises, and the five ways in. */
export default function StartPage() {
  const { t } = useTranslation();
  return (
    <div className="start">
      <SkipLink />
      <TopBar entrance={null} />
      <main id="main" tabIndex={-1}>
        <section className="start-lead">
          <h1>{t('start.lead')}</h1>
          <p>{t('start.what')}</p>
        </section>
        <nav className="start-doors" aria-label={t('start.enter')}>
          {ENTRANCES.map((entrance) => (
            <Link key={entrance} to={`/${entrance}`} className={`door door-${entrance}`}>
              <span className="door-title">{t(`entrance.${entrance}.title`)}</span>
              <span className="door-what">{t(`entrance.${entrance}.what`)}</span>
              <span className="door-who">{t(`entrance.${entrance}.who`)}</span>
            </Link>
          ))}
        </nav>
        <dl className="start-promises">
          {(['once', 'grant', 'trace'] as const).map((promise) => (
            <div key={promise}>
              <dt>{t(`start.promises.${promise}`)}</dt>
              <dd>{t(`start.promises.${promise}Text`)}</dd>
            </div>
          ))}
        </dl>
      </main>
    </div>
  );
}
