import { Link } from 'react-router';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { DefinitionsTable } from './definitions-table.tsx';
import { staleness, useWall, type Wall, type WallVital } from './use-wall.ts';
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
      kind !== 'cluster' &&
      ((kind === 'alert' && state === 'open') || (dueAt !== null && Date.parse(dueAt) <= serverNow)),
  );
  const orders = wall.queue.filter(({ kind }) => kind === 'order');
  const clusters = wall.queue.filter(({ kind }) => kind === 'cluster');
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
      <section aria-label={t('domains')}>
        <h2>{t('domains')}</h2>
        <ul className="cockpit-domains">
          {wall.sources.map((source) => (
            <Domain key={source.id} wall={wall} source={source} cutFor={cutFor} serverNow={serverNow} />
          ))}
        </ul>
      </section>
      <p className="cockpit-line">{line}</p>
      {wall.sources.some(({ fresh }) => !fresh) && <p className="soft">{t('lineStale')}</p>}
      <section aria-label={t('clustersRising')}>
        <h2>{t('clustersRising')}</h2>
        {clusters.length > 0 ? (
          <ItemList items={clusters.slice(0, MOST)} serverNow={serverNow} />
        ) : (
          <p className="soft">{t('clustersNone')}</p>
        )}
      </section>
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
      <DefinitionsTable wall={wall} />
      <p className="cockpit-links">
        <Link to="/ops">{t('title')}</Link> <Link to="/ops/shift">{t('toShift')}</Link>
      </p>
    </div>
  );
}

/** Which vital stands for a domain: what is to be acted on, else the first. */
const headOf = (vitals: readonly WallVital[]): WallVital | undefined => vitals.find(({ act }) => act) ?? vitals[0];

/** One domain (领域): what is to be acted on, how much there is in all, and how old it is; it opens its tile on the wall. */
function Domain({
  wall,
  source,
  cutFor,
  serverNow,
}: {
  wall: Wall;
  source: Wall['sources'][number];
  cutFor: number | null;
  serverNow: number;
}) {
  const { t, language, age } = useWallTexts();
  const vitals = wall.vitals.filter((vital) => vital.source === source.id);
  const head = headOf(vitals);
  if (!head) return null;
  const stale = staleness(wall, head, cutFor, serverNow);
  const red = !stale && head.act && (head.value ?? 0) > 0;
  const why =
    stale?.why === 'never'
      ? t('never')
      : stale?.why === 'silent'
        ? t('silent', { age: age(stale.ms) })
        : stale
          ? t('cutAge', { age: age(stale.ms) })
          : '';
  return (
    <li>
      <Link to={`/ops?tile=${head.id}`} data-state={stale ? 'stale' : red ? 'act' : 'fresh'}>
        <span className="wall-name">{source.title[language]}</span>
        <b className="wall-figure">{stale || head.value === null ? '—' : formatNumber(head.value, { language })}</b>
        <small className="wall-age">{stale ? why : `${red ? '▲ ' : ''}${head.title[language]}`}</small>
      </Link>
    </li>
  );
}
