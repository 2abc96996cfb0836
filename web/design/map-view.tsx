import 'maplibre-gl/dist/maplibre-gl.css';
import { type GeoJSONSource, type LngLatBoundsLike, Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import { MapApproval } from './map-approval.tsx';
import { boundsOf, chosenFilter, hatch, type MapLayer, sourceOf, stylesOf } from './map-style.ts';
import { night, paper } from './tokens.ts';

setWorkerUrl(workerUrl);

/** On a wide screen the panels of the page float over both sides of a full map; what is shown stands between them. */
const roomBesidePanels = () =>
  innerWidth > 900 ? { left: 368, right: 298, top: 56, bottom: 56 } : { left: 24, right: 24, top: 24, bottom: 24 };

/**
 * Map (地图) in our own style without outside tiles. It shows one selection and the bounds it is given; the list of the
 * same things for keyboard and screen reader stands beside it.
 */
export default function MapView({
  label,
  layers,
  selected = null,
  bounds,
  onSelect,
  onPoint,
  ground = 'paper',
  full = false,
}: {
  label: string;
  layers: readonly MapLayer[];
  selected?: string | null;
  /** West, south, east, north in degrees; without them the view shows all layers. */
  bounds?: readonly [number, number, number, number] | null;
  onSelect?: (id: string, layer: string) => void;
  /** A place was pointed at, in degrees: to set a pin. */
  onPoint?: (lon: number, lat: number) => void;
  ground?: 'paper' | 'night';
  full?: boolean;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const choose = useRef(onSelect);
  choose.current = onSelect;
  const point = useRef(onPoint);
  point.current = onPoint;
  /** Somebody has moved the view by hand: it is left where it is. */
  const moved = useRef(false);
  const [failed, setFailed] = useState(false);
  const [ready, setReady] = useState(false);
  const colours = ground === 'night' ? night : paper;

  useEffect(() => {
    if (!box.current) return;
    try {
      const made = new MapLibre({
        container: box.current,
        attributionControl: false,
        fadeDuration: 0,
        dragRotate: false,
        pitchWithRotate: false,
        style: {
          version: 8,
          sources: {},
          layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colours.mapLand } }],
        },
      });
      made.addImage('hatch', hatch(colours.mapLine), { pixelRatio: 2 });
      made.on('load', () => {
        // The box may have taken its width after the map measured it.
        made.resize();
        setReady(true);
      });
      map.current = made;
      return () => {
        map.current = null;
        setReady(false);
        made.remove();
      };
    } catch {
      setFailed(true);
    }
  }, [colours]);

  useEffect(() => {
    const drawn = map.current;
    if (!drawn || !ready) return;
    const wanted = new Set(layers.map(({ id }) => id));
    for (const entry of drawn.getStyle().layers) if ('source' in entry) drawn.removeLayer(entry.id);
    for (const id of Object.keys(drawn.getStyle().sources)) if (!wanted.has(id)) drawn.removeSource(id);
    for (const layer of layers) {
      const source = drawn.getSource<GeoJSONSource>(layer.id);
      if (!source) drawn.addSource(layer.id, sourceOf(layer));
      else if (layer.data) source.setData(layer.data);
    }
    // Names stand above every fill, whatever order the layers came in.
    const styles = layers.flatMap((layer) => stylesOf(layer, colours));
    for (const style of [...styles.filter((s) => s.type !== 'symbol'), ...styles.filter((s) => s.type === 'symbol')])
      drawn.addLayer(style);
  }, [layers, ready, colours]);

  useEffect(() => {
    const drawn = map.current;
    if (!drawn || !ready) return;
    for (const layer of layers)
      if (layer.idField && drawn.getLayer(`${layer.id}-chosen`))
        drawn.setFilter(`${layer.id}-chosen`, chosenFilter(layer, selected));
  }, [layers, selected, ready]);

  const key = bounds?.join();
  const fit = (animate: boolean) => {
    moved.current = false;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const target: LngLatBoundsLike | null = bounds ? [...bounds] : boundsOf(layers);
    if (target)
      map.current?.fitBounds(target, {
        padding: full ? roomBesidePanels() : 24,
        maxZoom: 18,
        duration: animate && !still ? 150 : 0,
      });
  };
  const refit = useRef(fit);
  refit.current = fit;
  // A box that takes another size (a window that is enlarged, a wall) shows the same bounds again, as long as nobody has moved the view.
  useEffect(() => {
    const [drawn, canvas] = [map.current, box.current];
    if (!drawn || !canvas || !ready) return;
    const byHand = (event: { originalEvent?: unknown }) => {
      if (event.originalEvent) moved.current = true;
    };
    drawn.on('movestart', byHand);
    const watch = new ResizeObserver(() => {
      drawn.resize();
      if (!moved.current) refit.current(false);
    });
    watch.observe(canvas);
    return () => {
      watch.disconnect();
      drawn.off('movestart', byHand);
    };
  }, [ready]);
  // biome-ignore lint: the view follows the bounds asked for, not every new set of layers.
  useEffect(() => {
    if (ready) fit(true);
  }, [key, ready, bounds ? null : layers]);

  useEffect(() => {
    const drawn = map.current;
    if (!drawn || !ready) return;
    const pickable = layers.flatMap(({ id, idField, kind }) =>
      kind === 'cluster' ? [id, `${id}-single`] : idField ? [id] : [],
    );
    const at = (point: { x: number; y: number }) =>
      pickable.length === 0
        ? undefined
        : drawn.queryRenderedFeatures([point.x, point.y], {
            layers: [...pickable].reverse().filter((id) => drawn.getLayer(id)),
          })[0];
    const click = (event: { point: { x: number; y: number }; lngLat: { lng: number; lat: number } }) => {
      point.current?.(event.lngLat.lng, event.lngLat.lat);
      const found = at(event.point);
      if (found?.properties['cluster'] === true && found.geometry.type === 'Point') {
        const centre = found.geometry.coordinates as [number, number];
        const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
        void drawn
          .getSource<GeoJSONSource>(found.source)
          ?.getClusterExpansionZoom(Number(found.properties['cluster_id']))
          .then((zoom) => drawn.easeTo({ center: centre, zoom, duration: still ? 0 : 150 }));
        return;
      }
      const layer = layers.find(({ id }) => id === found?.layer.id || `${id}-single` === found?.layer.id);
      const id = layer && found?.properties[layer.idField ?? ''];
      if (layer && id !== undefined) choose.current?.(String(id), layer.id);
    };
    const move = (event: { point: { x: number; y: number } }) => {
      drawn.getCanvas().style.cursor = point.current ? 'crosshair' : choose.current && at(event.point) ? 'pointer' : '';
    };
    drawn.on('click', click);
    drawn.on('mousemove', move);
    return () => {
      drawn.off('click', click);
      drawn.off('mousemove', move);
    };
  }, [layers, ready]);

  if (failed) return <EmptyState title={t('map.label')} text={t('map.failed')} />;
  return (
    <section className="map" data-full={full} aria-label={label}>
      <div className="map-canvas" ref={box} />
      <div className="map-tools">
        <button type="button" aria-label={t('map.zoomIn')} onClick={() => map.current?.zoomIn()}>
          ＋
        </button>
        <button type="button" aria-label={t('map.zoomOut')} onClick={() => map.current?.zoomOut()}>
          －
        </button>
        <button type="button" onClick={() => fit(true)}>
          {t('map.whole')}
        </button>
      </div>
      <MapApproval />
    </section>
  );
}
