import type { MapLayer } from '#web/design/map-style.ts';
import { categorical } from '#web/design/tokens.ts';
import { useOpsTexts } from './texts.ts';

const IDS = ['roads', 'metro', 'heritage'] as const;
export type OverlayId = (typeof IDS)[number];

const LAYERS: Record<OverlayId, Omit<MapLayer, 'tiles'>> = {
  roads: { id: 'places-osm-roads', kind: 'line', colour: 'inkSoft', width: 0.6, nameField: 'name' },
  metro: { id: 'places-osm-metro', kind: 'line', colour: categorical.night[3], width: 1 },
  heritage: {
    id: 'places-osm-heritage-tourism',
    kind: 'point',
    colour: categorical.night[1],
    width: 4,
    nameField: 'name',
  },
};

/** The chosen overlays as layers of vector tiles. */
export const overlayLayers = (chosen: ReadonlySet<OverlayId>): MapLayer[] =>
  IDS.filter((id) => chosen.has(id)).map((id) => ({ ...LAYERS[id], tiles: `/tiles/${LAYERS[id].id}/{z}/{x}/{y}.mvt` }));

/** Overlays (叠加图层) from open data, with the line that their licence asks for, and what is generated on this map. */
export function Overlays({
  chosen,
  onChoose,
}: {
  chosen: ReadonlySet<OverlayId>;
  onChoose: (next: ReadonlySet<OverlayId>) => void;
}) {
  const t = useOpsTexts();
  const toggle = (id: OverlayId) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <section className="overlays" aria-label={t('overlays')}>
      <fieldset>
        <legend>{t('overlays')}</legend>
        {IDS.map((id) => (
          <label key={id}>
            <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} /> {t(id)}
            <i data-overlay={id} aria-hidden="true" />
          </label>
        ))}
      </fieldset>
      <p className="soft">{t('osm')}</p>
      <p className="soft">{t('generated')}</p>
    </section>
  );
}
