import './wall.css';
import { Link } from 'react-router';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { useWallTexts } from './wall-texts.ts';
import { staleness, type Wall, type WallLine, type WallVital } from './use-wall.ts';

/** The last 24 hours as a line (走势); words for who cannot see it. */
function Spark({ hourly }: { hourly: readonly number[] }) {
  const { t } = useWallTexts();
  const most = Math.max(1, ...hourly);
  const points = hourly.map((n, at) => `${(at / (hourly.length - 1)) * 100},${28 - (n / most) * 26}`).join(' ');
  return (
    <svg className="wall-spark" viewBox="0 0 100 30" preserveAspectRatio="none" role="img">
      <title>{t('hourly', { list: hourly.join('、') })}</title>
      <polyline points={points} />
    </svg>
  );
}

/** One vital (体征): figure, what it is made of, how old its source is. It opens what is behind it. */
export function Tile({
  wall,
  vital,
  cutFor,
  serverNow,
  open,
  to,
}: {
  wall: Wall;
  vital: WallVital;
  cutFor: number | null;
  serverNow: number;
  open: boolean;
  to: string;
}) {
  const { t, language, age } = useWallTexts();
  const stale = staleness(wall, vital, cutFor, serverNow);
  const red = !stale && vital.act && (vital.value ?? 0) > 0;
  const source = wall.sources.find(({ id }) => id === vital.source);
  return (
    <Link
      to={to}
      className="wall-tile"
      data-tile={vital.id}
      data-state={stale ? 'stale' : red ? 'act' : 'fresh'}
      aria-current={open ? 'true' : undefined}
    >
      <span className="wall-name">
        {red && <i aria-hidden="true">▲</i>}
        {vital.title[language]}
      </span>
      <b className="wall-figure">
        {stale || vital.value === null
          ? '—'
          : formatNumber(vital.value, { language, digits: vital.unit === 'count' ? undefined : 1 })}
        {!stale && vital.value !== null && vital.unit === 'percent' && <small> %</small>}
        {!stale && vital.value !== null && vital.unit === 'minute' && <small> {t('unitMinute')}</small>}
      </b>
      {!stale && vital.hourly.length > 1 && <Spark hourly={vital.hourly} />}
      {!stale && vital.parts.length > 0 && (
        <span className="wall-made">
          {vital.parts
            .filter(({ n }) => n > 0)
            .map(({ id, title, n }) => (
              <span key={id}>
                {title[language]} <b>{n}</b>
              </span>
            ))}
        </span>
      )}
      <small className="wall-age">
        {stale?.why === 'never' && t('never')}
        {stale?.why === 'silent' && t('silent', { age: age(stale.ms) })}
        {stale?.why === 'cut' && t('cutAge', { age: age(stale.ms) })}
        {!stale && vital.quality === 'S' && t('suspect')}
        {!stale && vital.value === null && vital.quality !== 'S' && t('noFigure')}
        {!stale && vital.value !== null && vital.about.of && (
          <span className={vital.few ? 'wall-few' : undefined}>
            {vital.few
              ? t('few', { d: vital.about.of.d })
              : t('fraction', { n: vital.about.of.n, d: vital.about.of.d })}
            {' · '}
          </span>
        )}
        {source?.skewed && t('skewed')}
        {!stale && source?.heard && vital.value !== null && formatMoment(source.heard, { language })}
        {!stale && vital.unit === 'percent' && vital.target !== null && ` · ${t('target', { n: vital.target })}`}
      </small>
    </Link>
  );
}

/** Index of the running state, or why it is withheld (运行指数). */
export function IndexLine({ wall, cutFor }: { wall: Wall; cutFor: number | null }) {
  const { t, language } = useWallTexts();
  const { value, fresh, missing } = wall.index;
  const percent = Math.round(fresh * 100);
  const names = missing.map((id) => {
    const found = wall.vitals.find((vital) => vital.id === id)?.title[language];
    return found ?? t(`orders_names.${id as 'order.receipt'}`, { defaultValue: id });
  });
  const shown = value !== null && cutFor === null;
  return (
    <div className="wall-index" data-state={shown ? 'fresh' : 'stale'}>
      <span className="wall-name">{t('index')}</span>
      <b className="wall-figure">{shown ? formatNumber(value, { language, digits: 1 }) : t('withheld')}</b>
      <small className="wall-age">
        {!wall.weights.consistent
          ? t('weightsWrong', { ratio: wall.weights.ratio.toFixed(3) })
          : value === null
            ? t('withheldWhy', { n: percent })
            : t('fresh', { n: percent })}
        {names.length > 0 && ` · ${t('missing', { names: names.join('、') })}`}
      </small>
    </div>
  );
}

/** What a vital is (指标口径): shown over what is behind it. */
export function Definition({ vital }: { vital: WallVital }) {
  const { t, language } = useWallTexts();
  const { what, period, from, of } = vital.about;
  return (
    <dl className="wall-about">
      <div>
        <dt>{t('what')}</dt>
        <dd>{what[language]}</dd>
      </div>
      {of && (
        <div>
          <dt>{t('made')}</dt>
          <dd>
            {t('madeOf', { n: of.n, d: of.d, name: of.names.n[language], base: of.names.d[language] })}
            {vital.few && <b className="wall-few"> {t('few', { d: of.d })}</b>}
          </dd>
        </div>
      )}
      <div>
        <dt>{t('period')}</dt>
        <dd>{period[language]}</dd>
      </div>
      <div>
        <dt>{t('from')}</dt>
        <dd>{from[language]}</dd>
      </div>
    </dl>
  );
}

/** What waits or is behind a tile, each with its clock: the list that stands for the map as well. */
export function ItemList({
  items,
  serverNow,
  chosen,
  onPoint,
}: {
  items: readonly WallLine[];
  serverNow: number;
  chosen?: string | null;
  onPoint?: (id: string | null) => void;
}) {
  const { t, language, age } = useWallTexts();
  return (
    <ul className="wall-list">
      {items.map((item) => {
        const left = item.dueAt === null ? null : Date.parse(item.dueAt) - serverNow;
        const unseen = item.kind === 'alert' && item.state === 'open';
        const act = (left !== null && left <= 0) || unseen || (item.kind === 'cluster' && item.state === 'rising');
        return (
          <li key={`${item.kind} ${item.id}`} data-chosen={item.id === chosen}>
            <Link
              to={item.path}
              onFocus={() => onPoint?.(item.id)}
              onMouseEnter={() => onPoint?.(item.id)}
              data-state={act ? 'act' : 'fresh'}
            >
              <span className="wall-kind">
                {t(`kinds.${item.kind}`)}
                {item.level !== null && ` ${t(`levels.${item.level as 1}`)}`}
              </span>
              <b>{item.title[language]}</b>
              <span className="wall-when">
                {left === null
                  ? item.kind === 'cluster'
                    ? t(item.state === 'rising' ? 'rising' : 'past')
                    : t('noClock')
                  : left <= 0
                    ? t('over', { age: age(left) })
                    : t('left', { age: age(left) })}
              </span>
              <small>
                {t(`states.${item.state as 'open'}`, { defaultValue: item.state })} ·{' '}
                {formatMoment(item.at, { language })} {item.sample && <SampleBadge />}
              </small>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
