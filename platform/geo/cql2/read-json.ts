import type { Geometry } from 'geojson';
import { type Expression, FilterFault, MAX_DEPTH, MAX_PARTS } from './expression.ts';

const GEOMETRIES = new Set([
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
]);

/** Reads the JSON encoding of CQL2 (OGC 21-065r2, requirement class cql2-json). Throws FilterFault. */
export function readJson(text: string): Expression {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FilterFault({ zh: '不是有效的 JSON', en: 'not valid JSON' });
  }
  let parts = 0;
  const read = (node: unknown, depth: number): Expression => {
    parts += 1;
    if (depth > MAX_DEPTH || parts > MAX_PARTS)
      throw new FilterFault({ zh: '过滤条件过于复杂', en: 'the filter is too complex' });
    if (typeof node === 'string' || typeof node === 'boolean') return node;
    if (typeof node === 'number' && Number.isFinite(node)) return node;
    if (Array.isArray(node)) return node.map((part) => read(part, depth + 1));
    if (typeof node !== 'object' || node === null) throw unreadable(node);
    return readObject(node as Record<string, unknown>, (part) => read(part, depth + 1));
  };
  return read(value, 0);
}

function readObject(node: Record<string, unknown>, read: (part: unknown) => Expression): Expression {
  if (typeof node.op === 'string' && Array.isArray(node.args)) return { op: node.op, args: node.args.map(read) };
  if (typeof node.property === 'string') return { property: node.property };
  if (typeof node.date === 'string') return { date: node.date };
  if (typeof node.timestamp === 'string') return { timestamp: node.timestamp };
  if (Array.isArray(node.interval) && node.interval.length === 2) return { interval: node.interval.map(read) };
  if (Array.isArray(node.bbox) && !('type' in node) && node.bbox.every((part) => typeof part === 'number'))
    return { bbox: node.bbox as number[] };
  // Its coordinates are checked where the reference system of the filter is known. Whatever else stands beside them is left out: it would be taken
  // for another expression.
  if (typeof node.type === 'string' && GEOMETRIES.has(node.type)) {
    const { type, coordinates, geometries } = node;
    return (type === 'GeometryCollection' ? { type, geometries } : { type, coordinates }) as unknown as Geometry;
  }
  throw unreadable(node);
}

function unreadable(node: unknown): FilterFault {
  const shown = JSON.stringify(node).slice(0, 60);
  return new FilterFault({ zh: `无法识别：${shown}`, en: `not a CQL2 expression: ${shown}` });
}
