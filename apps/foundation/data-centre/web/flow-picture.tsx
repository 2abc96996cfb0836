import { useLanguage, useUnits } from './use-names.ts';
import type { Flow } from './shapes.ts';

const ROW = 44;
const WIDTH = 960;
const LEFT = 210;
const RIGHT = WIDTH - 250;

/** Providers left, takers right, one line a resource; a line's dash says that it is not in force. Wide screens only. */
export function FlowPicture({
  label,
  flows,
  chosen,
  onChoose,
}: {
  label: string;
  flows: readonly Flow[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const { say } = useLanguage();
  const unit = useUnits();
  const owners = [...new Set(flows.map((flow) => flow.owner))];
  const takers = [...new Map(flows.map((flow) => [flow.taker, flow.takerTitle]))];
  const height = Math.max(owners.length, takers.length) * ROW + 16;
  const place = (index: number, count: number) => 8 + (height - 16) * ((index + 0.5) / count);
  const ownerAt = (id: string) => place(owners.indexOf(id), owners.length);
  const takerAt = (id: string) =>
    place(
      takers.findIndex(([key]) => key === id),
      takers.length,
    );
  const node = (id: string, text: string, x: number, y: number, end: boolean) => (
    <g
      key={id}
      role="button"
      tabIndex={0}
      aria-pressed={chosen === id}
      aria-label={text}
      className="dc-node"
      onClick={() => onChoose(id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          onChoose(id);
        }
      }}
    >
      <rect x={end ? x - 4 : x - 206} y={y - 17} width={254} height={34} rx={6} />
      <circle cx={x} cy={y} r={4} />
      <text x={end ? x + 12 : x - 12} y={y} dy="0.35em" textAnchor={end ? 'start' : 'end'}>
        {text}
      </text>
    </g>
  );
  // Several resources between the same two ends lie beside each other instead of on top.
  const seen = new Map<string, number>();
  return (
    <svg className="dc-flow" viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={label}>
      {flows.map((flow) => {
        const pair = `${flow.owner} ${flow.taker}`;
        const turn = seen.get(pair) ?? 0;
        seen.set(pair, turn + 1);
        const shift = (turn % 2 === 0 ? 1 : -1) * Math.ceil(turn / 2) * 5;
        const [from, to] = [ownerAt(flow.owner) + shift, takerAt(flow.taker) + shift];
        const middle = (LEFT + RIGHT) / 2;
        return (
          <path
            key={`${pair} ${flow.resource}`}
            d={`M${LEFT} ${from}C${middle} ${from} ${middle} ${to} ${RIGHT} ${to}`}
            data-state={flow.state}
            data-dim={chosen !== null && chosen !== flow.owner && chosen !== flow.taker}
          >
            <title>{`${unit(flow.owner)} → ${say(flow.title)} → ${say(flow.takerTitle)}`}</title>
          </path>
        );
      })}
      {owners.map((id) => node(id, unit(id), LEFT, ownerAt(id), false))}
      {takers.map(([id, title]) => node(id, say(title), RIGHT, takerAt(id), true))}
    </svg>
  );
}
