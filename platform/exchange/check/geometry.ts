/** Validity of GeoJSON geometries (RFC 7946) as far as a row check goes; self-intersection is PostGIS's to say. */

/** The first fault of a geometry. */
export type GeometryFault = 'geometry-type' | 'geometry-position' | 'geometry-range' | 'geometry-ring' | 'geometry-short' | 'geometry-parts';

/** Points of one geometry; more is a mistake and would stop the database for everybody. */
const MAX_POSITIONS = 200_000;

/** Finite positions, longitude and latitude in range, rings closed with four positions or more. `undefined` if valid. */
export function checkGeometry(geometry: unknown): GeometryFault | undefined {
  if (!isObject(geometry)) return 'geometry-type';
  const budget = { left: MAX_POSITIONS };
  const { type, coordinates } = geometry;
  switch (type) {
    case 'Point':
      return position(coordinates, budget);
    case 'MultiPoint':
      return each(coordinates, (part) => position(part, budget));
    case 'LineString':
      return line(coordinates, budget);
    case 'MultiLineString':
      return each(coordinates, (part) => line(part, budget));
    case 'Polygon':
      return each(coordinates, (part) => ring(part, budget));
    case 'MultiPolygon':
      return each(coordinates, (part) => each(part, (inner) => ring(inner, budget)));
    case 'GeometryCollection':
      return each(geometry['geometries'], (part) => (isObject(part) && part['type'] === 'GeometryCollection' ? 'geometry-type' : checkGeometry(part)));
    default:
      return 'geometry-type';
  }
}

type Budget = { left: number };

function each(parts: unknown, check: (part: unknown) => GeometryFault | undefined): GeometryFault | undefined {
  if (!Array.isArray(parts)) return 'geometry-position';
  if (parts.length === 0) return 'geometry-short';
  for (const part of parts) {
    const fault = check(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function position(value: unknown, budget: Budget): GeometryFault | undefined {
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) return 'geometry-position';
  const [longitude, latitude] = value as unknown[];
  if (!value.every((number) => typeof number === 'number' && Number.isFinite(number))) return 'geometry-position';
  budget.left -= 1;
  if (budget.left < 0) return 'geometry-parts';
  return Math.abs(longitude as number) <= 180 && Math.abs(latitude as number) <= 90 ? undefined : 'geometry-range';
}

function line(value: unknown, budget: Budget): GeometryFault | undefined {
  return each(value, (part) => position(part, budget)) ?? ((value as unknown[]).length < 2 ? 'geometry-short' : undefined);
}

function ring(value: unknown, budget: Budget): GeometryFault | undefined {
  const fault = line(value, budget);
  if (fault !== undefined) return fault;
  const positions = value as number[][];
  if (positions.length < 4) return 'geometry-short';
  const first = positions[0];
  const last = positions.at(-1);
  return first?.[0] === last?.[0] && first?.[1] === last?.[1] ? undefined : 'geometry-ring';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
