import { port } from '#platform/kernel/app.ts';
import { columnOf, type Resource } from '#platform/kernel/resource.ts';
import type { Registry } from '#platform/kernel/registry.ts';
import type { Sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

/**
 * A layer of the map (图层): rows of one catalogued resource that are shown as features and tiles.
 * Higher modules contribute theirs with `provides: [mapLayer.provide({...})]`; geo reads it under the role of the module
 * that provides it. Without `readers` everybody sees it, and geo refuses at start to show a field above L1; with them, those
 * whom the policy lets do that action see it, each the rows that row security gives them, and fields up to L2. Positions of
 * persons are L3 and never a layer.
 */
export type Layer = {
  /** Name in addresses, e.g. `buildings`. */
  id: string;
  title: Text;
  description: Text;
  /** Resource of the providing module; its `geometry` names the geometry field, its `key` the feature id. */
  resource: string;
  /** Fields that become properties. */
  fields: readonly string[];
  /** Fields that tiles carry, if not all: a tile is drawn, not read. */
  tileFields?: readonly string[];
  /** Areas are named on the map: tiles carry a second layer, `{id}-names`, with one point inside each area, so that its name stands once however many tiles cut it. */
  named?: boolean;
  /** Who may see it (图层权限): 'signed-in', or an action of the providing module's manifest. Absent = everybody. */
  readers?: string;
  /** Limits the rows; columns are those of the resource's table. */
  where?: Sql;
  /** Period in which a row holds, as fields of type date: `datetime` of OGC API Features asks it. */
  period?: { from: string; to: string };
  /** Lowest zoom level at which tiles are worth showing. */
  minZoom?: number;
  badge?: 'sample' | 'real' | 'reference';
  licence?: string;
  attribution?: string;
};

export const mapLayer = port<Layer>('geo.layer');

/** A layer with its names looked up: what the queries need. */
export type ResolvedLayer = Layer & {
  module: string;
  table: string;
  key: string;
  geometryColumn: string;
  /** Property name and column. */
  columns: readonly { name: string; column: string; field: Resource['fields'][string] }[];
  periodColumns?: { from: string; to: string };
};

const resolved = new WeakMap<Registry, readonly ResolvedLayer[]>();

/** The layers that the manifests provide. Throws if one names what does not exist or what may not be shown to everybody. */
export function declaredLayers(registry: Registry): readonly ResolvedLayer[] {
  const known = resolved.get(registry);
  if (known) return known;
  const layers = registry.provided(mapLayer).map(({ value, module }) => resolveLayer(registry, value, module.id));
  const ids = new Set(layers.map((layer) => layer.id));
  if (ids.size !== layers.length) throw new Error('two map layers have the same id');
  resolved.set(registry, layers);
  return layers;
}

export function resolveLayer(registry: Registry, layer: Layer, moduleId: string): ResolvedLayer {
  const found = registry.resource(layer.resource);
  if (!found || found.module.id !== moduleId)
    throw new Error(`layer ${layer.id}: ${moduleId} has no resource ${layer.resource}`);
  const { resource } = found;
  const column = (name: string) => {
    const field = resource.fields[name];
    if (!field) throw new Error(`layer ${layer.id}: ${resource.id} has no field ${name}`);
    if (field.level !== 'L1' && !(field.level === 'L2' && layer.readers))
      throw new Error(
        `layer ${layer.id}: ${resource.id}.${name} is ${field.level}, the map shows ${layer.readers ? 'L2 at most' : 'L1 only'}`,
      );
    return columnOf(name, field);
  };
  if (!resource.geometry) throw new Error(`layer ${layer.id}: ${resource.id} has no geometry`);
  return {
    ...layer,
    module: moduleId,
    table: resource.table,
    key: column(resource.key),
    geometryColumn: column(resource.geometry),
    columns: layer.fields.map((name) => ({
      name,
      column: column(name),
      field: resource.fields[name] as Resource['fields'][string],
    })),
    periodColumns: layer.period && { from: column(layer.period.from), to: column(layer.period.to) },
  };
}
