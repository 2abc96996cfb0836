import type { Reply } from '#web/client/reply.ts';
import { formatNumber } from '#web/design/format.ts';
import { usePopulationTexts } from './population-texts.ts';

type Cell = Reply<'/api/population/statistics'>['pyramid'][number];
type Point = Reply<'/api/population/projection'>['areas'][number]['years'][number];
type Entry = Reply<'/api/population/projection'>['schoolEntry'][number];

/** The population pyramid (人口金字塔): men left, women right, the oldest on top; what is withheld is hatched, never a gap. */
export function Pyramid({ cells }: { cells: readonly Cell[] }) {
  const { t } = usePopulationTexts();
  const ages = [...new Set(cells.map(({ age }) => age))].reverse();
  const of = (sex: string, age: string) => cells.find((c) => c.sex === sex && c.age === age)?.count ?? null;
  const most = Math.max(1, ...cells.filter(({ sex }) => sex !== '*').map(({ count }) => count ?? 0));
  const row = 22;
  const half = 300;
  const middle = 64;
  const width = half * 2 + middle;
  const height = ages.length * row + 26;
  const bar = (sex: string, age: string, at: number) => {
    const count = of(sex, age);
    const long = count === null ? 26 : Math.max(1, (count / most) * (half - 46));
    const x = sex === '1' ? half - long : half + middle;
    return (
      <g key={sex}>
        <rect
          x={x}
          y={at * row + 2}
          width={long}
          height={row - 4}
          rx="2"
          className={count === null ? 'chart-withheld' : `chart-${sex}`}
        />
        <text
          x={sex === '1' ? x - 6 : x + long + 6}
          y={at * row + row / 2 + 5}
          textAnchor={sex === '1' ? 'end' : 'start'}
          className="chart-figure"
        >
          {count === null ? '—' : formatNumber(count)}
        </text>
      </g>
    );
  };
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="chart pyramid" role="img" aria-label={t('pyramid')}>
      <defs>
        <pattern id="withheld" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="chart-hatch-ground" />
          <rect width="2" height="6" className="chart-hatch" />
        </pattern>
      </defs>
      {ages.map((age, at) => (
        <g key={age}>
          <text x={half + middle / 2} y={at * row + row / 2 + 5} textAnchor="middle" className="chart-label">
            {age}
          </text>
          {bar('1', age, at)}
          {bar('2', age, at)}
        </g>
      ))}
      <text x={half} y={height - 6} textAnchor="end" className="chart-label">
        {t('male')}
      </text>
      <text x={half + middle} y={height - 6} textAnchor="start" className="chart-label">
        {t('female')}
      </text>
    </svg>
  );
}

/** A projection (预测): the line of the middle in its band of what may be; the years below, values at both ends. */
export function Fan({
  now,
  from,
  years,
  label,
}: {
  now: number | null;
  from: number;
  years: readonly Point[];
  label: string;
}) {
  const points = [{ year: from, middle: now, low: now, high: now }, ...years].filter(
    (p): p is { year: number; middle: number; low: number; high: number } =>
      p.middle !== null && p.low !== null && p.high !== null,
  );
  const [first] = points;
  if (!first || points.length < 2) return null;
  const least = Math.min(...points.map((p) => p.low)) * 0.98;
  const most = Math.max(...points.map((p) => p.high)) * 1.02;
  const box = { left: 8, right: 66, top: 12, bottom: 28, width: 560, height: 230 };
  const x = (year: number) =>
    box.left +
    ((year - first.year) / ((points.at(-1)?.year ?? first.year) - first.year || 1)) *
      (box.width - box.left - box.right);
  const y = (n: number) => box.top + (1 - (n - least) / (most - least || 1)) * (box.height - box.top - box.bottom);
  const line = (pick: (p: (typeof points)[number]) => number, all = points) =>
    all.map((p) => `${x(p.year).toFixed(1)},${y(pick(p)).toFixed(1)}`).join(' L');
  const last = points.at(-1) as (typeof points)[number];
  return (
    <svg viewBox={`0 0 ${box.width} ${box.height}`} className="chart fan" role="img" aria-label={label}>
      <path d={`M${line((p) => p.high)} L${line((p) => p.low, [...points].reverse())} Z`} className="chart-band" />
      <path d={`M${line((p) => p.middle)}`} className="chart-line" />
      <circle cx={x(first.year)} cy={y(first.middle)} r="4" className="chart-dot" />
      <text x={x(last.year) + 8} y={y(last.middle) + 5} className="chart-figure">
        {formatNumber(last.middle)}
      </text>
      <text x={x(first.year) + 4} y={y(first.middle) - 10} className="chart-figure">
        {formatNumber(first.middle)}
      </text>
      {points
        .filter((_, i) => i % 2 === 0)
        .map((p) => (
          <text
            key={p.year}
            x={x(p.year)}
            y={box.height - 8}
            textAnchor={p.year === first.year ? 'start' : 'middle'}
            className="chart-label"
          >
            {p.year}
          </text>
        ))}
    </svg>
  );
}

/** Children coming to school (入学): born ones dark, estimated ones pale, the range as a fine line. */
export function SchoolBars({ entries }: { entries: readonly Entry[] }) {
  const { t } = usePopulationTexts();
  const most = Math.max(1, ...entries.map(({ high }) => high ?? 0));
  const box = { width: 560, height: 210, bottom: 28, top: 22 };
  const step = box.width / Math.max(1, entries.length);
  const y = (n: number) => box.top + (1 - n / most) * (box.height - box.top - box.bottom);
  return (
    <svg viewBox={`0 0 ${box.width} ${box.height}`} className="chart" role="img" aria-label={t('school')}>
      {entries.map(({ year, born, middle, low, high }, i) => {
        const x = i * step + step * 0.2;
        const wide = step * 0.6;
        const at = x + wide / 2;
        return (
          <g key={year}>
            {middle === null ? (
              <rect x={x} y={y(most * 0.12)} width={wide} height={y(0) - y(most * 0.12)} className="chart-withheld" />
            ) : (
              <>
                <rect
                  x={x}
                  y={y(middle)}
                  width={wide}
                  height={y(0) - y(middle)}
                  rx="2"
                  className={born === null ? 'chart-band' : 'chart-1'}
                />
                <path d={`M${at},${y(low ?? middle)} V${y(high ?? middle)}`} className="chart-range" />
                <text x={at} y={y(high ?? middle) - 6} textAnchor="middle" className="chart-figure">
                  {formatNumber(middle)}
                </text>
              </>
            )}
            <text x={at} y={box.height - 8} textAnchor="middle" className="chart-label">
              {year}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
