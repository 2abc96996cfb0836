import { useEffect, useRef, useState } from 'react';
import { formatNumber } from '#web/design/format.ts';
import { useEconomyTexts } from './texts.ts';

export type Line = {
  label: string;
  values: readonly (number | null)[];
  /** Provisional values, drawn hollow. */
  open?: readonly boolean[];
  /** A new line begins here: a cumulative series begins anew each year. */
  starts?: readonly boolean[];
};

const HEIGHT = 260;
const PAD = { top: 12, right: 12, bottom: 26, left: 56 };

/**
 * Line chart (走势图) drawn to measure: a straight scale with round marks, a cursor for pointer and keyboard, and what it shows written
 * out below. A missing value is a gap; provisional ones are hollow.
 */
export function Chart({
  periods,
  lines,
  unit,
  decimals,
  words,
  label,
}: {
  periods: readonly string[];
  lines: readonly Line[];
  unit: string;
  decimals: number;
  words: (period: string) => string;
  label: string;
}) {
  const { t, language } = useEconomyTexts();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  const [at, setAt] = useState(periods.length - 1);
  useEffect(() => setAt(periods.length - 1), [periods.length, periods[0]]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(280, element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const values = lines.flatMap((line) => line.values.filter((v): v is number => v !== null));
  if (values.length === 0 || periods.length < 2) return null;
  const marks = scale(Math.min(...values), Math.max(...values));
  const [low = 0, high = 1] = [marks[0], marks.at(-1)];
  const x = (i: number): number => PAD.left + (i / (periods.length - 1)) * (width - PAD.left - PAD.right);
  const y = (v: number): number => PAD.top + (1 - (v - low) / (high - low)) * (HEIGHT - PAD.top - PAD.bottom);
  const cursor = Math.min(at, periods.length - 1);
  const point = (clientX: number): void => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    const share = (clientX - left - PAD.left) / (width - PAD.left - PAD.right);
    setAt(Math.min(periods.length - 1, Math.max(0, Math.round(share * (periods.length - 1)))));
  };
  const years = yearMarks(periods, width);
  return (
    <figure className="ec-chart">
      <div ref={box}>
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          height={HEIGHT}
          role="img"
          aria-label={label}
          onPointerMove={(event) => point(event.clientX)}
        >
          {marks.map((mark) => (
            <g key={mark}>
              <line className="ec-grid" x1={PAD.left} x2={width - PAD.right} y1={y(mark)} y2={y(mark)} />
              <text className="ec-axis" x={PAD.left - 8} y={y(mark) + 4} textAnchor="end">
                {formatNumber(mark, { language })}
              </text>
            </g>
          ))}
          {years.map(({ index, text }) => (
            <text className="ec-axis" key={text} x={x(index)} y={HEIGHT - 6} textAnchor="middle">
              {text}
            </text>
          ))}
          <line className="ec-cursor" x1={x(cursor)} x2={x(cursor)} y1={PAD.top} y2={HEIGHT - PAD.bottom} />
          {lines.map((line, n) => (
            <g key={line.label}>
              <path className={`ec-line ec-line-${n + 1}`} d={pathOf(line, x, y)} />
              {line.values.map((v, i) =>
                v !== null && line.open?.[i] ? (
                  <circle key={periods[i]} className="ec-open" cx={x(i)} cy={y(v)} r={3} />
                ) : null,
              )}
              {line.values[cursor] !== null && line.values[cursor] !== undefined && (
                <circle className={`ec-dot-${n + 1}`} cx={x(cursor)} cy={y(line.values[cursor] ?? 0)} r={4} />
              )}
            </g>
          ))}
        </svg>
      </div>
      <input
        type="range"
        min={0}
        max={periods.length - 1}
        value={cursor}
        aria-label={t('cursor')}
        aria-valuetext={words(periods[cursor] ?? '')}
        onChange={(event) => setAt(Number(event.target.value))}
      />
      <figcaption aria-live="polite">
        <b>{words(periods[cursor] ?? '')}</b>
        {lines.map((line, n) => {
          const value = line.values[cursor];
          return (
            <span key={line.label} className={`ec-key ec-key-${n + 1}`}>
              {line.label}{' '}
              <b>{value === null || value === undefined ? '—' : formatNumber(value, { language, digits: decimals })}</b>{' '}
              {unit}
            </span>
          );
        })}
      </figcaption>
    </figure>
  );
}

/** Small trend without axes (走势). */
export function Spark({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values
    .map((v, i) => `${2 + (i / (values.length - 1)) * 92},${22 - ((v - low) / (high - low || 1)) * 20}`)
    .join(' ');
  return (
    <svg className="ec-spark" viewBox="0 0 96 24" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points} />
    </svg>
  );
}

function pathOf({ values, starts }: Line, x: (i: number) => number, y: (v: number) => number): string {
  let pen = 'M';
  return values
    .map((v, i) => {
      if (v === null) {
        pen = 'M';
        return '';
      }
      if (starts?.[i]) pen = 'M';
      const step = `${pen}${x(i).toFixed(1)} ${y(v).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** Four to six round marks that hold all values. */
export function scale(low: number, high: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((m) => m >= raw) ?? raw;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** First period of each year, as many as there is room for. */
function yearMarks(periods: readonly string[], width: number): { index: number; text: string }[] {
  const firsts = periods.flatMap((p, index) =>
    index === 0 || p.slice(0, 4) !== periods[index - 1]?.slice(0, 4) ? [{ index, text: p.slice(0, 4) }] : [],
  );
  const every = Math.max(1, Math.ceil((firsts.length * 52) / width));
  return firsts.filter((_, i) => i % every === 0);
}
