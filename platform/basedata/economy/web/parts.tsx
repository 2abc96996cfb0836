import { useEffect, useMemo, useState } from 'react';
import { NavLink } from 'react-router';
import { formatNumber } from '#web/design/format.ts';
import { useEconomyTexts } from './texts.ts';

/** The two places that everybody has; the load board stands in the navigation of those who send. */
export function Tabs() {
  const { t } = useEconomyTexts();
  return (
    <nav className="ec-tabs" aria-label={t('title')}>
      <NavLink to="/data/economy" end>
        {t('tabs.series')}
      </NavLink>
      <NavLink to="/data/economy/releases">{t('tabs.calendar')}</NavLink>
    </nav>
  );
}

/** Change over the year before in per cent: direction by mark and word, never by colour alone. */
export function Growth({ value }: { value: number | null }) {
  const { t, language } = useEconomyTexts();
  if (value === null) return <span className="soft">—</span>;
  const direction = value > 0 ? 'up' : value < 0 ? 'down' : 'flat';
  return (
    <span className={value > 0 ? 'ec-up' : value < 0 ? 'ec-down' : ''}>
      <span className="hidden">{t(direction)}</span>
      {formatNumber(Math.abs(value), { language, digits: 1 })}%
    </span>
  );
}

/** Time left until a release (倒计时), by the server's clock: `serverNow` is what it said when the calendar came. */
export function Countdown({ until, serverNow, onDue }: { until: string; serverNow: string; onDue?: () => void }) {
  const { t } = useEconomyTexts();
  const offset = useMemo(() => Date.parse(serverNow) - Date.now(), [serverNow]);
  const [now, setNow] = useState(() => Date.now() + offset);
  const left = Math.ceil((Date.parse(until) - now) / 1000);
  const due = left <= 0;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + offset), 1000);
    return () => clearInterval(timer);
  }, [offset]);
  useEffect(() => {
    if (!due || !onDue) return;
    // The server looks every few seconds for what is due.
    const timer = setInterval(onDue, 3000);
    return () => clearInterval(timer);
  }, [due, onDue]);
  if (due) return <time dateTime={until}>{t('due')}</time>;
  const [d, h, m, s] = [Math.floor(left / 86_400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60];
  const words = d > 0 ? t('days', { n: d, h }) : h > 0 ? t('hours', { h, m }) : t('seconds', { m, s });
  return (
    <time dateTime={until} role="timer">
      {t('countdown', { left: words })}
    </time>
  );
}
