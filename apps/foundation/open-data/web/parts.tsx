import { NavLink } from 'react-router';
import { useTexts } from './texts.ts';

const LINKS = [
  ['/data/open', 'sets'],
  ['/data/wishes', 'wishes'],
  ['/data/reuses', 'reuses'],
  ['/data/open-scores', 'scores'],
  ['/data/keys', 'keys'],
] as const;

/** The parts of the portal (开放门户), the same on each of its pages. */
export function OpenNav() {
  const { t } = useTexts();
  return (
    <nav className="od-nav" aria-label={t('nav.label')}>
      {LINKS.map(([to, name]) => (
        <NavLink key={to} to={to} end={name !== 'sets'}>
          {t(`nav.${name}`)}
        </NavLink>
      ))}
    </nav>
  );
}

export function SignInFirst({ text }: { text: string }) {
  return (
    <p className="od-note">
      <a href={`/login?back=${encodeURIComponent(globalThis.location?.pathname ?? '/data/open')}`}>{text}</a>
    </p>
  );
}

/** Where a set stands: how it is opened, what kind of data it is, and whether it is late. */
export function Marks({ set }: { set: { opening: string; badge: string; stale: boolean } }) {
  const { t } = useTexts();
  return (
    <span className="od-marks">
      <span className="od-mark" data-opening={set.opening}>
        {t(`opening.${set.opening}`)}
      </span>
      <span className="badge">{t(`badge.${set.badge}`)}</span>
      {set.stale && (
        <span className="od-mark" data-stale="true">
          ⚠ {t('stale')}
        </span>
      )}
    </span>
  );
}
