import type { Reply } from '#web/client/reply.ts';
import { useEntityTexts } from './texts.ts';

type Graph = Reply<'/api/legal-entity/entities/{uscc}/graph'>;
type Node = Graph['nodes'][number];
const BOX = { width: 168, height: 52, gapX: 20, gapY: 64 };
const SHOWN = 8;

export const percentText = (percent: number): string => `${Number(percent.toFixed(2))} %`;

/** Place of each node: a row a level, the enterprise in the middle row, the greatest holders first; a row holds what fits. */
function layout(nodes: readonly Node[]): {
  placed: Map<string, { x: number; y: number; node: Node }>;
  width: number;
  height: number;
  hidden: number;
} {
  const levels = [...new Set(nodes.map((n) => n.level))].sort((a, b) => b - a);
  const rows = levels.map((level) =>
    nodes
      .filter((n) => n.level === level)
      .sort((a, b) => (b.effective ?? 0) - (a.effective ?? 0) || (a.id < b.id ? -1 : 1)),
  );
  const shown = rows.map((row) => row.slice(0, SHOWN));
  const most = Math.max(1, ...shown.map((row) => row.length));
  const width = most * (BOX.width + BOX.gapX) + BOX.gapX;
  const placed = new Map<string, { x: number; y: number; node: Node }>();
  shown.forEach((row, at) => {
    const left = (width - row.length * (BOX.width + BOX.gapX) + BOX.gapX) / 2;
    row.forEach((node, i) =>
      placed.set(node.id, {
        x: left + i * (BOX.width + BOX.gapX),
        y: BOX.gapX + at * (BOX.height + BOX.gapY),
        node,
      }),
    );
  });
  return {
    placed,
    width,
    height: rows.length * (BOX.height + BOX.gapY) - BOX.gapY + 2 * BOX.gapX,
    hidden: rows.reduce((n, row) => n + Math.max(0, row.length - SHOWN), 0),
  };
}

/** The graph of holdings (股权穿透图): drawn, and as a table for whoever cannot see the drawing. */
export function OwnershipGraph({ graph }: { graph: Graph }) {
  const { t } = useEntityTexts();
  const { placed, width, height } = layout(graph.nodes);
  const me = `uscc:${graph.uscc}`;
  const edges = graph.edges.filter((e) => placed.has(e.from) && placed.has(e.to));
  const short = (text: string): string => (text.length > 11 ? `${text.slice(0, 10)}…` : text);
  return (
    <div className="graph-scroll" tabIndex={0} role="group" aria-label={t('card.graph')}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <defs>
          <marker id="graph-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" className="graph-tip" />
          </marker>
        </defs>
        {edges.map((e) => {
          const [a, b] = [placed.get(e.from), placed.get(e.to)];
          if (!a || !b) return null;
          // A holding that goes up again closes a loop: drawn beside, dashed.
          const back = a.y >= b.y;
          const [x1, y1] = back ? [a.x + BOX.width, a.y + BOX.height / 2] : [a.x + BOX.width / 2, a.y + BOX.height];
          const [x2, y2] = back ? [b.x + BOX.width, b.y + BOX.height / 2] : [b.x + BOX.width / 2, b.y];
          const bend = back ? Math.max(x1, x2) + 46 : (x1 + x2) / 2;
          const path = back
            ? `M${x1} ${y1} C${bend} ${y1} ${bend} ${y2} ${x2 + 4} ${y2}`
            : `M${x1} ${y1} C${x1} ${y1 + 34} ${x2} ${y2 - 34} ${x2} ${y2 - 2}`;
          const [lx, ly] = back ? [bend - 10, (y1 + y2) / 2] : [x1 + (x2 - x1) * 0.35, y1 + (y2 - y1) * 0.42];
          return (
            <g key={`${e.from}${e.to}`}>
              <path d={path} className="graph-line" data-back={back} markerEnd="url(#graph-tip)" />
              {e.percent !== null && (
                <text x={lx} y={ly} textAnchor="middle" className="graph-percent">
                  {percentText(e.percent)}
                </text>
              )}
            </g>
          );
        })}
        {[...placed.values()].map(({ x, y, node }) => (
          <g key={node.id}>
            <rect
              x={x}
              y={y}
              width={BOX.width}
              height={BOX.height}
              rx={node.kind === 'person' ? BOX.height / 2 : 4}
              className="graph-box"
              data-me={node.id === me}
              data-kind={node.kind}
            />
            <text x={x + BOX.width / 2} y={y + 22} textAnchor="middle" className="graph-name">
              {short(node.name ?? node.id.replace(/^\w+:/, ''))}
            </text>
            <text x={x + BOX.width / 2} y={y + 40} textAnchor="middle" className="graph-share">
              {node.id === me
                ? t('card.self')
                : [node.effective === null ? '' : percentText(node.effective), node.more ? t('card.more') : '']
                    .filter(Boolean)
                    .join(' · ')}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
