import { Link } from 'react-router';
import type { Reply } from '#web/client/reply.ts';
import { formatNumber } from '#web/design/format.ts';
import { Growth } from './parts.tsx';
import { useEconomyTexts, usePeriodWords } from './texts.ts';

export type HeadlineLine = Reply<'/api/economy/releases/{id}'>['headlines'][number];

/** Headline figures (主要指标): value, growth, the year before, and what was revised; each opens its rows. */
export function HeadlineCards({ lines }: { lines: readonly HeadlineLine[] }) {
  const { t, language, say } = useEconomyTexts();
  const words = usePeriodWords();
  const number = (value: number, digits: number) => formatNumber(value, { language, digits });
  return (
    <div className="ec-cards">
      {lines.map((line) => (
        <Link className="ec-card" key={line.series} to={`/data/economy/series/${encodeURIComponent(line.series)}`}>
          <h3>{say(line.title)}</h3>
          <small>{words(line.period, line.accumulation)}</small>
          <strong>
            {line.value === null ? '—' : number(line.value, line.decimals)}
            <small>{say(line.unit)}</small>
          </strong>
          <span>
            <Growth value={line.growth} /> <small>{t(line.published ? 'growthPublished' : 'growthOwn')}</small>
          </span>
          {line.yearBefore !== null && (
            <small>{t('compared', { value: number(line.yearBefore, line.decimals) })}</small>
          )}
          {line.revision && (
            <small className="ec-revised">
              {t('revision', {
                period: words(line.revision.period, line.accumulation),
                from: number(line.revision.from, line.decimals),
                to: number(line.revision.to, line.decimals),
              })}
            </small>
          )}
        </Link>
      ))}
    </div>
  );
}
