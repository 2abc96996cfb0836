import { formatNumber } from '#web/design/format.ts';
import { useTexts } from './texts.ts';

type Position = [number, number];
type Shape = { type: string; coordinates: unknown };
export type Row = Record<string, unknown>;

const WIDTH = 720;
const HEIGHT = 420;
/** Features in the sketch; the file has them all. */
export const DRAWN = 400;

/** A sketch of where a set's features lie (位置示意): no tiles, nothing from outside. The table above it says the same in words. */
export function PlaceSketch({ rows, field, label }: { rows: Row[]; field: string; label: string }) {
  const shapes = rows.slice(0, DRAWN).flatMap((row) => {
    const shape = row[field] as Shape | null;
    return shape ? [shape] : [];
  });
  const points = shapes.flatMap(({ coordinates }) => positionsOf(coordinates));
  if (points.length === 0) return null;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // A degree of longitude is shorter than one of latitude.
  const squeeze = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (WIDTH - 20) / Math.max(1e-6, (east - west) * squeeze),
    (HEIGHT - 20) / Math.max(1e-6, north - south),
  );
  const left = (WIDTH - (east - west) * squeeze * scale) / 2;
  const top = (HEIGHT - (north - south) * scale) / 2;
  const at = ([x, y]: Position): string =>
    `${(left + (x - west) * squeeze * scale).toFixed(1)} ${(top + (north - y) * scale).toFixed(1)}`;
  const line = (ring: unknown): string => `M${positionsOf(ring).map(at).join('L')}`;
  return (
    <svg className="od-map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {shapes.map(({ type, coordinates }, no) => {
        if (type === 'Point') {
          const [cx, cy] = at(coordinates as Position).split(' ');
          return <circle key={no} cx={cx} cy={cy} r={3} />;
        }
        const lines = type.endsWith('LineString');
        return (
          <path
            key={no}
            data-line={lines}
            d={ringsOf(coordinates)
              .map((ring) => line(ring) + (lines ? '' : 'Z'))
              .join('')}
          />
        );
      })}
    </svg>
  );
}

const isPosition = (value: unknown): value is Position => Array.isArray(value) && typeof value[0] === 'number';
function positionsOf(value: unknown): Position[] {
  if (isPosition(value)) return [value];
  return Array.isArray(value) ? value.flatMap(positionsOf) : [];
}
/** Lists of positions, however deep they stand. */
function ringsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [];
  return isPosition(value[0]) ? [value] : value.flatMap(ringsOf);
}

/** Value of a dimension in the row that sums over it. */
export const ALL = '合计';
const BAR = 26;

/** Bars of a statistic by its first dimension that has more than one value (图表); a withheld number has no bar, and says so. */
export function CountChart({
  rows,
  fields,
  label,
}: {
  rows: Row[];
  fields: { name: string; title: { zh: string; en: string } }[];
  label: string;
}) {
  const { t, language } = useTexts();
  const dimensions = fields.filter(({ name }) => name !== 'count');
  const [first, ...others] = dimensions;
  if (!first) return null;
  const bars = rows
    .filter((row) => row[first.name] !== ALL && others.every(({ name }) => row[name] === ALL))
    .slice(0, 24);
  if (bars.length < 2) return null;
  const most = Math.max(1, ...bars.map((row) => Number(row['count'] ?? 0)));
  return (
    <svg className="od-chart" viewBox={`0 0 640 ${bars.length * BAR + 4}`} role="img" aria-label={label}>
      {bars.map((row, no) => {
        const count = row['count'] as number | null;
        const long = count === null ? 0 : (count / most) * 400;
        return (
          <g key={no} transform={`translate(0 ${no * BAR + 2})`}>
            <text x={150} y={17} textAnchor="end">
              {String(row[first.name]).slice(0, 12)}
            </text>
            <rect x={160} y={4} width={long} height={16} />
            <text x={166 + long} y={17} data-none={count === null}>
              {count === null ? t('set.withheld') : formatNumber(count, { language })}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
