import { useMemo, useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { GROUND, pointLayer } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { pinOf, type ReportDraft } from './report-draft.ts';
import { useReportTexts } from './report-texts.ts';

/** Below this the pin of a phone is good enough; the server asks by its own rule. */
const SURE_M = 50;
const DIGITS = 6;
/** About 300 m each way around the pin. */
const AROUND = 0.003;

/** Where it is (位置): the phone's position, a pin on the map, or typed coordinates where neither works. */
export function PlaceStep({
  draft,
  put,
  onNext,
  onBack,
}: {
  draft: ReportDraft;
  put: (more: Partial<ReportDraft>) => void;
  onNext: () => void;
  onBack: () => void;
}) {
  const { t } = useGridTexts();
  const r = useReportTexts();
  const [locating, setLocating] = useState<'busy' | 'refused'>();
  const [missing, setMissing] = useState(false);
  const { lat, lon } = draft;
  const pin = useMemo(() => pinOf({ lat, lon }), [lat, lon]);
  const areas = useApi('report areas', (signal) =>
    call<unknown>('/ogc/collections/districts/items', { signal }).catch(() => undefined),
  );
  const layers = useMemo(() => [...GROUND, pointLayer('pin', pin ? [{ id: 'pin', ...pin }] : [])], [pin]);
  const bounds = useMemo((): [number, number, number, number] | null => {
    if (pin) return [pin.lon - AROUND, pin.lat - AROUND, pin.lon + AROUND, pin.lat + AROUND];
    return boxOf(areas.data);
  }, [pin, areas.data]);
  const locate = () => {
    setLocating('busy');
    if (!navigator.geolocation) return setLocating('refused');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        put({
          lon: shown(coords.longitude),
          lat: shown(coords.latitude),
          accuracy: coords.accuracy,
          confirmed: false,
        });
        setLocating(undefined);
      },
      () => setLocating('refused'),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  };
  const set = (x: number, y: number) => put({ lon: shown(x), lat: shown(y), accuracy: undefined, confirmed: true });
  const unsure = draft.accuracy !== undefined && draft.accuracy > SURE_M;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(!pin);
        if (pin) onNext();
      }}
    >
      <button type="button" onClick={locate} disabled={locating === 'busy'}>
        {locating === 'busy' ? t('locating') : t('locate')}
      </button>
      {locating === 'refused' && <p role="alert">{t('noLocate')}</p>}
      <LazyMap label={t('place')} layers={layers} bounds={bounds} onPoint={set} />
      <p className="soft">{t('pinHint')}</p>
      <details open={locating === 'refused'}>
        <summary>{r('coordinates')}</summary>
        <div className="grid-pair">
          <label>
            {t('lat')}
            <input
              inputMode="decimal"
              pattern="-?[0-9]{1,2}(\.[0-9]+)?"
              value={lat}
              aria-invalid={missing && !pin && !within(lat, 90)}
              onChange={(e) => put({ lat: e.target.value })}
            />
          </label>
          <label>
            {t('lon')}
            <input
              inputMode="decimal"
              pattern="-?[0-9]{1,3}(\.[0-9]+)?"
              value={lon}
              aria-invalid={missing && !pin && !within(lon, 180)}
              onChange={(e) => put({ lon: e.target.value })}
            />
          </label>
        </div>
      </details>
      {unsure && (
        <>
          <p className="notice">{t('unsurePin', { metres: Math.round(draft.accuracy ?? 0) })}</p>
          <label className="choice">
            <input
              type="checkbox"
              required
              checked={draft.confirmed}
              onChange={(e) => put({ confirmed: e.target.checked })}
            />
            {t('confirmPin')}
          </label>
        </>
      )}
      <label>
        {t('address')}
        <input minLength={2} maxLength={200} value={draft.address} onChange={(e) => put({ address: e.target.value })} />
      </label>
      {missing && !pin && (
        <p role="alert" className="field-error">
          {r(lat.trim() || lon.trim() ? 'placeWrong' : 'placeNeeded')}
        </p>
      )}
      <div className="grid-steps">
        <button type="button" onClick={onBack}>
          {r('back')}
        </button>
        <button type="submit" className="primary">
          {r('next')}
        </button>
      </div>
    </form>
  );
}

/** Typed degrees that are there and not beyond the most. */
const within = (typed: string, most: number): boolean => typed.trim() !== '' && Math.abs(Number(typed)) <= most;
const shown = (degrees: number): string => String(Number(degrees.toFixed(DIGITS)));

/** The box of whatever coordinates an answer holds: the district, so that the map opens where people are. */
export function boxOf(answer: unknown): [number, number, number, number] | null {
  const [lons, lats]: [number[], number[]] = [[], []];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return void (value && typeof value === 'object' && Object.values(value).forEach(walk));
    const [x, y] = value as unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      lons.push(x);
      lats.push(y);
    } else value.forEach(walk);
  };
  walk(answer);
  return lons.length === 0 ? null : [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
