import { Link } from 'react-router';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { staleness, useWall } from './use-wall.ts';
import { IndexLine, ItemList } from './wall-parts.tsx';
import { useWallTexts } from './wall-texts.ts';

const MOST = 12;

/** The cockpit (领导驾驶舱) on a phone: one line of state, what is red, and orders outstanding. */
export default function CockpitPage() {
  const { t, language } = useWallTexts();
  const { data: wall, problem, reload, connected, serverNow, cutFor } = useWall();
  if (!wall)
    return (
      <div className="wall-waiting">
        <h1>{t('cockpit')}</h1>
        {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      </div>
    );
  const figure = (id: string): string => {
    const vital = wall.vitals.find((each) => each.id === id);
    return !vital || vital.value === null || staleness(wall, vital, cutFor, serverNow)
      ? t('unknown')
      : String(vital.value);
  };
  const line = t('line', {
    open: figure('case.open'),
    overdue: figure('case.overdue'),
    alerts: figure('alert.standing'),
  });
  const red = wall.queue.filter(
    ({ kind, state, dueAt }) =>
      kind !== 'order' &&
      ((kind === 'alert' && state === 'open') || (dueAt !== null && Date.parse(dueAt) <= serverNow)),
  );
  const orders = wall.queue.filter(({ kind }) => kind === 'order');
  const connectedOrders = wall.sources.some(({ id, fresh }) => id === 'order' && fresh);
  return (
    <div className="cockpit">
      <header className="wall-head">
        <h1>{t('cockpit')}</h1>
        <span className="wall-live" data-live={connected}>
          {connected ? t('live') : t('cut')}
        </span>
        <span className="wall-asof">{t('asOf', { when: formatMoment(wall.asOf, { language }) })}</span>
      </header>
      <IndexLine wall={wall} cutFor={cutFor} />
      <p className="cockpit-line">{line}</p>
      {wall.sources.some(({ fresh }) => !fresh) && <p className="soft">{t('lineStale')}</p>}
      <section aria-label={t('red')}>
        <h2>{t('red')}</h2>
        {red.length === 0 ? (
          <p className="soft">
            {wall.quietSince ? t('quiet', { when: formatMoment(wall.quietSince, { language }) }) : t('noneNow')}
          </p>
        ) : (
          <ItemList items={red.slice(0, MOST)} serverNow={serverNow} />
        )}
      </section>
      <section aria-label={t('orders')}>
        <h2>{t('orders')}</h2>
        {orders.length > 0 ? (
          <ItemList items={orders.slice(0, MOST)} serverNow={serverNow} />
        ) : (
          <p className="soft">{connectedOrders ? t('ordersNone') : t('ordersAbsent')}</p>
        )}
      </section>
      <p>
        <Link to="/ops">{t('title')}</Link>
      </p>
    </div>
  );
}
