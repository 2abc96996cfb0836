import { type FormEvent, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { differenceHash } from './difference-hash.ts';
import { GROUND, pointLayer, useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { PhotoField } from './photo-field.tsx';

type Sent = Reply<'/api/incident/reports', 'post', 201>;
/** Below this the pin of a phone is good enough; the server asks by its own rule. */
const SURE_M = 50;
const DIGITS = 6;
/** About 300 m each way around the pin. */
const AROUND = 0.003;

/** Reports a problem (上报问题): words, a photo and a pin; without photo or position it still works with words and the map. */
export default function ReportPage() {
  const { t, language } = useGridTexts();
  const classes = useClasses();
  const [clientId] = useState(() => crypto.randomUUID());
  const [files, setFiles] = useState<string[]>([]);
  const [picture, setPicture] = useState<string>();
  // What was typed stays as it was typed; the pin follows where it is a place.
  const [typed, setTyped] = useState({ lat: '', lon: '' });
  const [accuracy, setAccuracy] = useState<number>();
  const [confirmed, setConfirmed] = useState(false);
  const [locating, setLocating] = useState<'busy' | 'refused'>();
  const [sent, setSent] = useState<Sent>();
  const [anonymous, setAnonymous] = useState(false);
  const areas = useApi('report areas', (signal) =>
    call<unknown>('/ogc/collections/districts/items', { signal }).catch(() => undefined),
  );
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<Sent>('/api/incident/reports', { method: 'POST', body, headers: key }),
  );
  const pin = useMemo(() => pinOf(typed), [typed]);
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
        setTyped({ lon: shown(coords.longitude), lat: shown(coords.latitude) });
        setAccuracy(coords.accuracy);
        setConfirmed(false);
        setLocating(undefined);
      },
      () => setLocating('refused'),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  };
  const put = (lon: number, lat: number) => {
    setTyped({ lon: shown(lon), lat: shown(lat) });
    setAccuracy(undefined);
    setConfirmed(true);
  };
  const unsure = accuracy !== undefined && accuracy > SURE_M;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const body = {
      clientId,
      text: text('text'),
      lon: Number(text('lon')),
      lat: Number(text('lat')),
      ...(text('class') && { class: text('class') }),
      ...(text('address') && { address: text('address') }),
      ...(accuracy !== undefined && { accuracy: Math.round(accuracy) }),
      ...(confirmed && { pinConfirmed: true }),
      ...(files.length > 0 && { files }),
      ...(picture && { picture }),
      ...(anonymous ? { anonymous: true } : text('phone') && { contact: { phone: text('phone') } }),
    };
    setSent((await submit(body)) ?? undefined);
  };
  if (sent)
    return (
      <div className="grid-own">
        <h1 role="status">{t('sent', { no: sent.no })}</h1>
        {sent.state === 'outside' ? (
          <p>{t('sentOutside')}</p>
        ) : anonymous ? (
          <p>{t('sentAnonymous', { token: sent.token })}</p>
        ) : (
          <>
            <p>{t('sentText', { street: sent.street })}</p>
            <p>
              <Link className="button primary grid-go" to={`/citizen/reports/${sent.id}`}>
                {t('follow')}
              </Link>
            </p>
          </>
        )}
      </div>
    );
  return (
    <div className="grid-own">
      <h1>{t('newReport')}</h1>
      <form onSubmit={(event) => void send(event)}>
        <PhotoField
          id="report-photo"
          label={t('photo')}
          hint={t('photoHint')}
          files={files}
          onFiles={setFiles}
          onPicture={(file) => void differenceHash(file).then(setPicture)}
        />
        <label>
          {t('what')}
          <textarea name="text" rows={3} minLength={2} maxLength={2000} required aria-describedby="what-hint" />
          <small className="soft" id="what-hint">
            {t('whatHint')}
          </small>
        </label>
        <label>
          {t('which')}
          <select name="class" defaultValue="">
            <option value="">{t('unsure')}</option>
            {[...classes.values()].map(({ code, name }) => (
              <option key={code} value={code}>
                {name[language]}
              </option>
            ))}
          </select>
        </label>
        <fieldset>
          <legend>{t('place')}</legend>
          <button type="button" onClick={locate} disabled={locating === 'busy'}>
            {locating === 'busy' ? t('locating') : t('locate')}
          </button>
          {locating === 'refused' && <p role="alert">{t('noLocate')}</p>}
          <LazyMap label={t('place')} layers={layers} bounds={bounds} onPoint={put} />
          <p className="soft">{t('pinHint')}</p>
          <div className="grid-pair">
            <label>
              {t('lat')}
              <input
                name="lat"
                inputMode="decimal"
                required
                pattern="-?[0-9]{1,2}(\.[0-9]+)?"
                value={typed.lat}
                onChange={(e) => setTyped({ ...typed, lat: e.target.value })}
              />
            </label>
            <label>
              {t('lon')}
              <input
                name="lon"
                inputMode="decimal"
                required
                pattern="-?[0-9]{1,3}(\.[0-9]+)?"
                value={typed.lon}
                onChange={(e) => setTyped({ ...typed, lon: e.target.value })}
              />
            </label>
          </div>
          {unsure && (
            <>
              <p className="notice">{t('unsurePin', { metres: Math.round(accuracy ?? 0) })}</p>
              <label className="choice">
                <input type="checkbox" checked={confirmed} onChange={(e) => setConfirmed(e.target.checked)} />
                {t('confirmPin')}
              </label>
            </>
          )}
          <label>
            {t('address')}
            <input name="address" minLength={2} maxLength={200} />
          </label>
        </fieldset>
        <label className="choice">
          <input type="checkbox" checked={anonymous} onChange={(e) => setAnonymous(e.target.checked)} />
          {t('anonymous')}
        </label>
        {!anonymous && (
          <label>
            {t('phone')}
            <input name="phone" type="tel" pattern="[0-9+\-]{7,20}" autoComplete="tel" />
          </label>
        )}
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('send')}
        </button>
      </form>
    </div>
  );
}

const shown = (degrees: number): string => String(Number(degrees.toFixed(DIGITS)));

function pinOf({ lat, lon }: { lat: string; lon: string }): { lat: number; lon: number } | undefined {
  const [y, x] = [Number(lat), Number(lon)];
  const there = lat.trim() !== '' && lon.trim() !== '' && Math.abs(y) <= 90 && Math.abs(x) <= 180;
  return there ? { lat: y, lon: x } : undefined;
}

/** The box of whatever coordinates an answer holds: the district, so that the map opens where people are. */
function boxOf(answer: unknown): [number, number, number, number] | null {
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
