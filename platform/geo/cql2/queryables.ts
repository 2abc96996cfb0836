import type { TSchema } from 'typebox';
import type { ResolvedLayer } from '../layer.ts';

/** What a value is, as far as a filter may compare it. */
export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'timestamp' | 'geometry' | 'array';

/** A property that filters may name (可过滤属性). */
export type Queryable = { name: string; column: string; type: ValueType; title: { zh: string; en: string } };

/** Name under which filters call the geometry, as it stands in GeoJSON. */
export const GEOMETRY = 'geometry';

const known = new WeakMap<ResolvedLayer, readonly Queryable[]>();

/** The properties of a layer that can be compared; what is nested (an object) cannot. */
export function queryablesOf(layer: ResolvedLayer): readonly Queryable[] {
  const found = known.get(layer);
  if (found) return found;
  const made = layer.columns.flatMap(({ name, column, field }): Queryable[] => {
    // A period is stored as dates, whatever form its fields are given out in.
    const dated = name === layer.period?.from || name === layer.period?.to;
    const type = dated ? 'date' : typeOf(field.schema);
    return type ? [{ name, column, type, title: field.title }] : [];
  });
  const geometry: Queryable = {
    name: GEOMETRY,
    column: layer.geometryColumn,
    type: 'geometry',
    title: { zh: '几何', en: 'Geometry' },
  };
  const all = [...made.filter(({ name }) => name !== GEOMETRY), geometry];
  known.set(layer, all);
  return all;
}

type Plain = { type?: string; format?: string; anyOf?: Plain[]; const?: unknown; enum?: unknown[] };

function typeOf(schema: TSchema): ValueType | null {
  const plain = schema as Plain;
  const parts = plain.anyOf?.filter((part) => part.type !== 'null');
  if (parts?.length) {
    const types = new Set(parts.map((part) => typeOf(part as TSchema)));
    return types.size === 1 ? ([...types][0] ?? null) : null;
  }
  switch (plain.type ?? typeof plain.const) {
    case 'string':
      return plain.format === 'date' ? 'date' : plain.format === 'date-time' ? 'timestamp' : 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'array';
    default:
      return null;
  }
}

const JSON_TYPES: Record<ValueType, Record<string, unknown>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  timestamp: { type: 'string', format: 'date-time' },
  array: { type: 'array' },
  geometry: { format: 'geometry-any', 'x-ogc-role': 'primary-geometry' },
};

/** The queryables as JSON Schema, as OGC 19-079r2 wants it at `/collections/{id}/queryables`. */
export function queryablesSchema(layer: ResolvedLayer, address: string): Record<string, unknown> {
  const properties = queryablesOf(layer).map(({ name, type, title }) => [
    name,
    { title: `${title.zh} / ${title.en}`, ...JSON_TYPES[type] },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: address,
    type: 'object',
    title: `${layer.title.zh} / ${layer.title.en}`,
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}
