import { type Actor, anonymous } from '#platform/kernel/actor.ts';
import type { MountKernel, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { policy } from '#platform/kernel/ports.ts';
import type { Registry } from '#platform/kernel/registry.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { AREA_LEVELS, type AreaLevel } from './grid-code.ts';
import { declaredLayers, type Layer, mapLayer, type ResolvedLayer, resolveLayer } from './layer.ts';

const AREA_LAYERS: Record<AreaLevel, { id: string; title: Text; minZoom: number }> = {
  district: { id: 'districts', title: { zh: '区', en: 'District' }, minZoom: 0 },
  street: { id: 'streets', title: { zh: '街道', en: 'Streets (subdistricts)' }, minZoom: 9 },
  committee: { id: 'committees', title: { zh: '居委会', en: 'Residents’ committees' }, minZoom: 11 },
  cell: { id: 'cells', title: { zh: '单元网格', en: 'Grid cells' }, minZoom: 13 },
};

/** What geo itself contributes to the map: one layer for each level of area. */
export const areaLayers = AREA_LEVELS.map((level) =>
  mapLayer.provide({
    id: AREA_LAYERS[level].id,
    title: AREA_LAYERS[level].title,
    description: {
      zh: '代码、名称与范围；样例生成的范围以 generated 标明。',
      en: 'Code, name and outline; an outline generated as a sample says so in `generated`.',
    },
    resource: 'geo.area',
    fields: ['code', 'level', 'name', 'nameEn', 'parent', 'generated', 'dataset', 'validFrom', 'validTo'],
    tileFields: ['code', 'name', 'nameEn', 'generated'],
    named: true,
    where: sql`level = ${level} and geometry is not null`,
    period: { from: 'validFrom', to: 'validTo' },
    minZoom: AREA_LAYERS[level].minZoom,
  }),
);

/** One file of places, as its importer declares it (数据集). */
export type Dataset = {
  id: string;
  title: Text;
  licence: string;
  attribution: string | null;
  sourceUrl: string | null;
  badge: 'sample' | 'real' | 'reference';
  osm: boolean;
};

/** All datasets of places; `db` is bound to geo. */
export function listDatasets(db: Db): Promise<Dataset[]> {
  return db.rows<Dataset>(sql`
    select id, title, licence, attribution, source_url as "sourceUrl", badge, osm from geo.dataset order by id`);
}

/** Declared layers and one layer `places-<dataset>` for each dataset; `db` is bound to geo. */
export async function allLayers(registry: Registry, db: Db): Promise<ResolvedLayer[]> {
  const datasets = await listDatasets(db);
  return [
    ...declaredLayers(registry),
    ...datasets.map((dataset) => resolveLayer(registry, placeLayer(dataset), 'geo')),
  ];
}

type Asked = { services: Services; trace: string };
/** Somebody who looks at the map; `trace` names the request. */
export type Reader = { services: Services; actor: Actor };

type Request = { headers: Record<string, unknown>; id: string };

/**
 * Who reads the map. Nobody is asked for where every layer is for everybody, and where the request brings no session: a
 * tile costs no look into the sessions then.
 */
export async function readerOf(kernel: MountKernel, request: Request): Promise<Reader> {
  const { services } = kernel;
  const asked =
    request.headers.cookie !== undefined && declaredLayers(services.registry).some(({ readers }) => readers);
  return { services, actor: asked ? await kernel.tx(request, async (_db, actor) => actor) : anonymous(request.id) };
}

/** Whether this reader may see the layer. */
export function maySee({ services, actor }: Reader, layer: ResolvedLayer): boolean {
  if (!layer.readers) return true;
  if (layer.readers === 'signed-in') return actor.kind === 'person';
  const [rules] = services.registry.provided(policy);
  return rules?.value.may({ actor, action: layer.readers, services }) ?? false;
}

/** All layers that this reader may see. */
export async function visibleLayers(reader: Reader): Promise<ResolvedLayer[]> {
  const { services, actor } = reader;
  const layers = await inGeo({ services, trace: actor.trace }, (db) => allLayers(services.registry, db));
  return layers.filter((layer) => maySee(reader, layer));
}

/** The layer of this name, or undefined: also where it is one that this reader may not see. */
export async function findLayer(reader: Reader, id: string): Promise<ResolvedLayer | undefined> {
  const declared = declaredLayers(reader.services.registry).find((layer) => layer.id === id);
  if (declared || !id.startsWith('places-')) return declared && maySee(reader, declared) ? declared : undefined;
  const layers = await visibleLayers(reader);
  return layers.find((layer) => layer.id === id);
}

/**
 * A reading transaction under the role of the module that provides the layer: geo itself has no right on its table. A layer
 * for everybody is read as nobody, so that its answers are the same for all; others in the reader's name, under row security.
 */
export function inLayer<T>(
  { services, actor }: Reader,
  layer: ResolvedLayer,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const reader = layer.readers ? actor : anonymous(actor.trace);
  return services.database.tx({ module: layer.module, actor: reader, readOnly: true }, work);
}

/** The same on geo's own tables, as nobody. */
function inGeo<T>({ services, trace }: Asked, work: (db: Db) => Promise<T>): Promise<T> {
  return services.database.tx({ module: 'geo', actor: anonymous(trace), readOnly: true }, work);
}

function placeLayer(dataset: Dataset): Layer {
  return {
    id: `places-${dataset.id}`,
    title: dataset.title,
    description: {
      zh: `许可：${dataset.licence}${dataset.attribution ? `；${dataset.attribution}` : ''}`,
      en: `Licence: ${dataset.licence}${dataset.attribution ? `; ${dataset.attribution}` : ''}`,
    },
    resource: dataset.osm ? 'geo.osm-place' : 'geo.place',
    fields: ['name', 'nameEn', 'kind', 'category', 'dataset', 'placeId', 'licence', 'properties'],
    tileFields: ['name', 'nameEn', 'kind', 'category'],
    where: sql`dataset = ${dataset.id}`,
    badge: dataset.badge,
    licence: dataset.licence,
    attribution: dataset.attribution ?? undefined,
  };
}
