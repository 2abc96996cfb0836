import { useEvaluationTexts } from './texts.ts';

type Step = { step: string; count: number; open: number };
type Way = { from: string; to: string; count: number; wait: number | null };

const WIDTH = 340;
const BOX = { x: 12, width: 186, height: 52 };
const GAP = 62;
/** Lines beside the straight one that are drawn; the list has all of them. */
const MOST_ARCS = 6;
const ARC = { near: 34, apart: 16 };

/** Steps from above in the order in which cases come to them; the width of a line is how often it was gone, its words how long cases waited. */
export function ProcessDrawing({
  steps,
  ways,
  label,
}: {
  steps: readonly Step[];
  ways: readonly Way[];
  label: string;
}) {
  const { t, word, hours } = useEvaluationTexts();
  const top = (index: number) => 8 + index * (BOX.height + GAP);
  const placeOf = new Map(steps.map(({ step }, index) => [step, index]));
  const most = Math.max(1, ...ways.map(({ count }) => count));
  const stroke = (count: number) => 1 + (4 * count) / most;
  const drawn = ways.flatMap((way) => {
    const from = placeOf.get(way.from);
    const to = placeOf.get(way.to);
    return from === undefined || to === undefined ? [] : [{ ...way, from, to }];
  });
  const straight = drawn.filter(({ from, to }) => to === from + 1);
  const arcs = drawn.filter(({ from, to }) => to !== from + 1).slice(0, MOST_ARCS);
  const height = top(steps.length - 1) + BOX.height + 8;
  const middle = BOX.x + BOX.width / 2;
  const right = BOX.x + BOX.width;
  return (
    <svg className="supervision-drawing" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      <defs>
        <marker
          id="map-end"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="9"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {straight.map(({ from, to, count, wait }) => (
        <g key={`${from} ${to}`}>
          <line
            x1={middle}
            x2={middle}
            y1={top(from) + BOX.height}
            y2={top(to) - 1}
            strokeWidth={stroke(count)}
            markerEnd="url(#map-end)"
          />
          <text x={middle + 10} y={top(from) + BOX.height + GAP / 2 - 4}>
            {t('waitShort', { time: hours(wait) })}
          </text>
          <text className="soft" x={middle + 10} y={top(from) + BOX.height + GAP / 2 + 12}>
            {t('times', { n: count })}
          </text>
        </g>
      ))}
      {arcs.map(({ from, to, count }, index) => {
        const [y1, y2] = [top(from) + BOX.height * 0.7, top(to) + BOX.height * 0.3];
        const x = right + ARC.near + index * ARC.apart;
        const path =
          from === to
            ? `M${right} ${top(from) + 12} C ${x} ${top(from)} ${x} ${top(from) + BOX.height} ${right} ${top(from) + BOX.height - 12}`
            : `M${right} ${y1} C ${x} ${y1} ${x} ${y2} ${right} ${y2}`;
        return (
          <path
            key={`${from} ${to}`}
            d={path}
            strokeWidth={stroke(count)}
            markerEnd="url(#map-end)"
            data-back={to <= from}
          />
        );
      })}
      {steps.map(({ step, count, open }, index) => (
        <g key={step}>
          <rect x={BOX.x} y={top(index)} width={BOX.width} height={BOX.height} rx="6" />
          <text className="name" x={BOX.x + 12} y={top(index) + 22}>
            {word('steps', step)}
          </text>
          <text className="soft" x={BOX.x + 12} y={top(index) + 41}>
            {t('times', { n: count })}
            {open > 0 && ` · ${t('openNow', { n: open })}`}
          </text>
        </g>
      ))}
    </svg>
  );
}
