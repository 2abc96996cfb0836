import { useCallback, useEffect, useMemo, useState } from 'react';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { GROUND, pointLayer } from '../../web/grid-parts.tsx';
import { useFieldTexts } from './field-texts.ts';

/** Below this the position of a phone is good enough; the server asks by its own rule (`incident.place.accuracy`). */
const SURE_M = 50;
const METRES_A_DEGREE = 111_320;
const DIGITS = 6;
const AROUND = 0.0015;
const CORNERS = 48;

export type Pin = { lon: number; lat: number; accuracy?: number; confirmed: boolean };
export const pinIsSure = (pin: Pin): boolean => pin.confirmed || (pin.accuracy ?? 0) <= SURE_M;

/** Where it is (标点): from the position of the phone with the circle that it is sure of; refused or unsure, a person points at the map. */
export function FieldPin({ pin, onPin }: { pin: Pin | null; onPin: (pin: Pin) => void }) {
  const { t } = useFieldTexts();
  const [state, setState] = useState<'idle' | 'busy' | 'refused'>('idle');
  const locate = useCallback(() => {
    if (!navigator.geolocation) return setState('refused');
    setState('busy');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle');
        onPin({
          lon: rounded(coords.longitude),
          lat: rounded(coords.latitude),
          accuracy: Math.round(coords.accuracy),
          confirmed: false,
        });
      },
      () => setState('refused'),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 10_000 },
    );
  }, [onPin]);
  // The one thing that a person in the street should not have to ask for.
  useEffect(() => {
    if (pin === null) locate();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [locate]);
  const layers = useMemo(() => {
    if (!pin) return [...GROUND];
    const ring = pin.accuracy === undefined || pin.confirmed ? [] : [ringLayer(pin, pin.accuracy)];
    return [...GROUND, ...ring, pointLayer('pin', [{ id: 'pin', lon: pin.lon, lat: pin.lat }])];
  }, [pin]);
  const bounds = useMemo((): [number, number, number, number] | null => {
    if (!pin) return null;
    const around = Math.max(AROUND, (1.3 * (pin.accuracy ?? 0)) / METRES_A_DEGREE);
    return [pin.lon - around, pin.lat - around, pin.lon + around, pin.lat + around];
  }, [pin]);
  const unsure = pin !== null && !pinIsSure(pin);
  return (
    <fieldset className="field-pin">
      <legend>{t('place')}</legend>
      <p role="status">
        {state === 'busy' && t('locating')}
        {state === 'refused' && pin === null && t('refused')}
        {state !== 'busy' && pin !== null && !unsure && said(pin)}
        {unsure && t('unsure', { metres: pin.accuracy, most: SURE_M })}
      </p>
      {unsure && (
        <button type="button" className="primary" onClick={() => onPin({ ...pin, confirmed: true })}>
          {t('confirm')}
        </button>
      )}
      <LazyMap
        label={t('place')}
        layers={layers}
        bounds={bounds}
        onPoint={(lon, lat) => onPin({ lon: rounded(lon), lat: rounded(lat), confirmed: true })}
      />
      <button type="button" onClick={locate} disabled={state === 'busy'}>
        {t('again')}
      </button>
      <details>
        <summary>{t('byNumbers')}</summary>
        <Numbers key={`${pin?.lon} ${pin?.lat}`} pin={pin} onPin={onPin} />
      </details>
    </fieldset>
  );

  function said(found: Pin): string {
    if (found.accuracy === undefined) return t('moved');
    return found.confirmed ? t('confirmed') : t('located', { metres: found.accuracy });
  }
}

/** For whoever cannot point at a map. */
function Numbers({ pin, onPin }: { pin: Pin | null; onPin: (pin: Pin) => void }) {
  const { t } = useFieldTexts();
  const [typed, setTyped] = useState({ lat: pin ? String(pin.lat) : '', lon: pin ? String(pin.lon) : '' });
  const put = () => {
    const [lat, lon] = [Number(typed.lat), Number(typed.lon)];
    if (typed.lat.trim() === '' || typed.lon.trim() === '' || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return;
    if (lat !== pin?.lat || lon !== pin.lon) onPin({ lon, lat, confirmed: true });
  };
  return (
    <div className="grid-pair">
      {(['lat', 'lon'] as const).map((name) => (
        <label key={name}>
          {t(name)}
          <input
            inputMode="decimal"
            value={typed[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            onBlur={put}
          />
        </label>
      ))}
    </div>
  );
}

const rounded = (degrees: number): number => Number(degrees.toFixed(DIGITS));

function ringLayer(pin: Pin, metres: number): MapLayer {
  const across = metres / METRES_A_DEGREE;
  const wide = across / Math.cos((pin.lat * Math.PI) / 180);
  const ring = Array.from({ length: CORNERS + 1 }, (_, n): [number, number] => {
    const angle = (2 * Math.PI * n) / CORNERS;
    return [pin.lon + wide * Math.cos(angle), pin.lat + across * Math.sin(angle)];
  });
  return {
    id: 'accuracy',
    kind: 'line',
    idField: 'id',
    colour: 'accent',
    width: 2,
    data: {
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: { id: 'accuracy' }, geometry: { type: 'LineString', coordinates: ring } },
      ],
    },
  };
}
