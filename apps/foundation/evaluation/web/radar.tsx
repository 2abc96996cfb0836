import { useEvaluationTexts } from './texts.ts';

type Part = { part: string; value: number | null };
const SIZE = 220;
const CENTRE = SIZE / 2;
const RADIUS = 74;
const FULL = 100;
const RINGS = [25, 50, 75, 100];

/** A unit's parts now (solid) against those of the quarter before (broken line). The same numbers stand in words beside it. */
export function Radar({ parts, before }: { parts: readonly Part[]; before: readonly Part[] | null }) {
  const { t } = useEvaluationTexts();
  const at = (index: number, value: number): [number, number] => {
    const angle = (2 * Math.PI * index) / parts.length - Math.PI / 2;
    const length = (RADIUS * value) / FULL;
    return [CENTRE + length * Math.cos(angle), CENTRE + length * Math.sin(angle)];
  };
  // A part without data has no point: the line goes past it.
  const shape = (of: readonly Part[]): string =>
    parts
      .flatMap(({ part }, index) => {
        const value = of.find((one) => one.part === part)?.value ?? null;
        return value === null
          ? []
          : [
              at(index, value)
                .map((n) => n.toFixed(1))
                .join(','),
            ];
      })
      .join(' ');
  const ring = (value: number): string => parts.map((_, index) => at(index, value).join(',')).join(' ');
  return (
    <svg className="supervision-radar" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t('radar')}>
      {RINGS.map((value) => (
        <polygon key={value} className="ring" points={ring(value)} />
      ))}
      {before && <polygon className="before" points={shape(before)} />}
      <polygon className="now" points={shape(parts)} />
      {parts.map(({ part, value }, index) => {
        const [x, y] = at(index, FULL + 22);
        return (
          <text key={part} x={x} y={y} data-empty={value === null} textAnchor="middle" dominantBaseline="middle">
            {t(`part.${part as 'time'}`)}
          </text>
        );
      })}
    </svg>
  );
}
