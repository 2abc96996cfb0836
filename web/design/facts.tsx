import { useTranslation } from 'react-i18next';
import { StaleBadge } from './badges.tsx';
import { formatMoment, formatNumber, type Language } from './format.ts';

const languageOf = (language: string): Language => (language === 'en' ? 'en' : 'zh');

/** Clock (法定时限): `left` and `total` in working days; a stopped clock says why. State is in words, bar and colour. */
export function Clock({
  left,
  total,
  stopped,
  done,
}: {
  left: number;
  total: number;
  stopped?: string;
  done?: boolean;
}) {
  const { t } = useTranslation();
  const state = done ? 'done' : stopped ? 'stale' : left < 0 ? 'now' : left <= Math.max(1, total / 5) ? 'soon' : 'calm';
  const words = done
    ? t('clock.done')
    : stopped
      ? t('clock.stopped', { why: stopped })
      : left < 0
        ? t('clock.over', { n: -left })
        : left === 0
          ? t('clock.today')
          : t('clock.left', { n: left });
  const used = Math.min(100, Math.max(0, ((total - left) / Math.max(total, 1)) * 100));
  return (
    <div className={`clock clock-${state}`}>
      <span>{words}</span>
      <i aria-hidden="true">
        <b style={{ width: `${done ? 100 : used}%` }} />
      </i>
    </div>
  );
}

/** Entry of a timeline: a case, an application, an alert, an order, an audit trail. */
export type TimelineEntry = { id: string; at: string; title: string; by?: string; note?: string };

/** Timeline (办理过程), newest first as given. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t, i18n } = useTranslation();
  if (entries.length === 0) return <p className="soft">{t('timeline.empty')}</p>;
  return (
    <ol className="timeline">
      {entries.map(({ id, at, title, by, note }) => (
        <li key={id}>
          <time dateTime={at}>{formatMoment(at, { language: languageOf(i18n.language) })}</time>
          <div>
            <b>{title}</b>
            {by && <span>{by}</span>}
            {note && <p>{note}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Number (指标): value, unit, trend, target. `value` null = withheld, with what is missing; `staleAt` turns it grey. */
export function NumberTile({
  title,
  value,
  unit,
  trend,
  target,
  missing,
  staleAt,
  href,
}: {
  title: string;
  value: number | null;
  unit?: string;
  trend?: readonly number[];
  target?: number;
  missing?: string;
  staleAt?: string;
  href?: string;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const [low, high] = trend ? [Math.min(...trend), Math.max(...trend)] : [0, 1];
  const points = trend
    ?.map(
      (entry, index) =>
        `${(index / Math.max(trend.length - 1, 1)) * 96 + 2},${22 - ((entry - low) / (high - low || 1)) * 20}`,
    )
    .join(' ');
  return (
    <section className="number" data-stale={staleAt !== undefined}>
      <h3>{title}</h3>
      {value === null ? (
        <p className="number-withheld">
          {t('number.withheld')}
          <small>{missing}</small>
        </p>
      ) : (
        <p className="number-value">
          {formatNumber(value, { language })}
          <small>{unit}</small>
        </p>
      )}
      {points && (
        <svg viewBox="0 0 100 24" role="img" aria-label={t('number.trend')} preserveAspectRatio="none">
          <polyline points={points} />
        </svg>
      )}
      <footer>
        {target !== undefined && <span>{t('number.target', { value: formatNumber(target, { language }) })}</span>}
        {staleAt && <StaleBadge at={staleAt} />}
        {href && <a href={href}>{t('number.rows')}</a>}
      </footer>
    </section>
  );
}

/** Progress (进度) of a job that may be left and found again; `leftSeconds` when it is known. */
export function Progress({
  label,
  done,
  total,
  leftSeconds,
}: {
  label: string;
  done: number;
  total: number;
  leftSeconds?: number;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const time =
    leftSeconds === undefined
      ? null
      : leftSeconds < 90
        ? t('progress.seconds', { n: Math.ceil(leftSeconds) })
        : t('progress.minutes', { n: Math.ceil(leftSeconds / 60) });
  return (
    <div className="progress">
      <p>
        <b>{label}</b>{' '}
        <span>
          {t('progress.done', { done: formatNumber(done, { language }), total: formatNumber(total, { language }) })}
        </span>{' '}
        {time && <span>{t('progress.left', { time })}</span>}
      </p>
      <progress aria-label={label} value={done} max={total} />
      <p className="soft">{t('progress.leave')}</p>
    </div>
  );
}
