import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { allLayers, maySee } from './layers.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const Maybe = Type.Union([Type.String(), Type.Null()]);

/** Layers of the map with the addresses of their tiles and features (图层目录). */
export const listLayers = route({
  method: 'GET',
  path: '/api/geo/layers',
  summary: { zh: '地图图层目录', en: 'Layers of the map' },
  allow: 'public',
  reply: Type.Object({
    approval: Type.Union([Type.String(), Type.Null()], {
      description: 'approval number of the public base map (审图号); null = not obtained',
    }),
    layers: Type.Array(
      Type.Object({
        id: Type.String(),
        title: TextSchema,
        description: TextSchema,
        resource: Type.String(),
        tiles: Type.String({
          description: 'URL template of vector tiles; the layer in a tile has the id of this layer',
        }),
        tileJson: Type.String({ description: 'TileJSON 3.0 of the layer' }),
        items: Type.String({ description: 'OGC API Features' }),
        minZoom: Type.Integer(),
        badge: Maybe,
        licence: Maybe,
        attribution: Maybe,
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ actor, db, services }) => {
    const all = await allLayers(services.registry, db);
    const layers = all.filter((layer) => maySee({ services, actor }, layer));
    return {
      approval: services.config.mapApproval ?? null,
      layers: layers.map((layer) => ({
        id: layer.id,
        title: layer.title,
        description: layer.description,
        resource: layer.resource,
        tiles: `/tiles/${layer.id}/{z}/{x}/{y}.mvt`,
        tileJson: `/tiles/${layer.id}.json`,
        items: `/ogc/collections/${layer.id}/items`,
        minZoom: layer.minZoom ?? 0,
        badge: layer.badge ?? null,
        licence: layer.licence ?? null,
        attribution: layer.attribution ?? null,
      })),
    };
  },
});
