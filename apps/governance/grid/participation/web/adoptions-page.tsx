import { type FormEvent, useMemo, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { GROUND, pointLayer } from '../../web/grid-parts.tsx';
import { useGridTexts } from '../../web/grid-texts.ts';
import { pinOf } from '../../web/report-draft.ts';
import { boxOf } from '../../web/report-place.tsx';
import { useParticipationTexts } from './participation-texts.ts';

type List = Reply<'/api/grid/own-adoptions'>;
type Near = Reply<'/api/incident/parts-near'>;
type Asked = Reply<'/api/grid/own-adoptions', 'post', 201>;

/** What I look after (认养): asked for here, approved by the street, ended whenever I want. */
export default function AdoptionsPage() {
  const { t, language } = useParticipationTexts();
  const grid = useGridTexts();
  const list = useApi('own adoptions', (signal) => call<List>('/api/grid/own-adoptions', { signal }));
  const areas = useApi('report areas', (signal) =>
    call<unknown>('/ogc/collections/districts/items', { signal }).catch(() => undefined),
  );
  const [typed, setTyped] = useState({ lat: '', lon: '' });
  const [asked, setAsked] = useState<string>();
  const { busy, problem, submit } = useSubmit(({ path, body }: { path: string; body?: object }, key) =>
    call<Partial<Asked>>(path, { method: 'POST', body, headers: key }),
  );
  const pin = useMemo(() => pinOf(typed), [typed]);
  const near = useApi(pin ? `parts near ${pin.lon} ${pin.lat}` : 'parts near nothing', async (signal) =>
    pin ? call<Near>(`/api/incident/parts-near?lon=${pin.lon}&lat=${pin.lat}`, { signal }) : null,
  );
  const [missing, setMissing] = useState(false);
  const layers = useMemo(() => [...GROUND, pointLayer('pin', pin ? [{ id: 'pin', ...pin }] : [])], [pin]);
  const bounds = useMemo(() => boxOf(areas.data), [areas.data]);
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setMissing(!pin);
    if (!pin) return;
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name) ?? '').trim();
    const part = text('part');
    const body = { ...pin, wish: text('wish'), ...(part && { part }) };
    const made = await submit({ path: '/api/grid/own-adoptions', body });
    if (!made) return;
    setAsked(made.street);
    form.reset();
    list.reload();
  };
  const act = async (id: string, what: 'end' | 'renew') => {
    if (await submit({ path: `/api/grid/own-adoptions/${id}/${what}` })) list.reload();
  };
  const renewed = new Set(
    list.data?.adoptions.filter(({ state }) => state === 'asked' || state === 'approved').map(({ renews }) => renews),
  );
  return (
    <div className="grid-own">
      <h1>{t('adoptions')}</h1>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.adoptions.length === 0 && <EmptyState title={t('adoptNone')} text={t('adoptNoneText')} />}
      <ul className="grid-twins">
        {list.data?.adoptions.map((each) => (
          <li key={each.id}>
            <b>{each.wish}</b>
            <span>
              <span className="badge">{t(`state.${each.state as 'asked'}`)}</span>{' '}
              {each.until && (
                <span className="soft">{t('until', { day: formatMoment(each.until, { language, time: false }) })}</span>
              )}
            </span>
            {each.reason && <span className="soft">{each.reason}</span>}
            {each.state === 'ended' && each.endedBy === 'person' && each.until && <span>{t('endedSelf')}</span>}
            {each.state === 'ended' && each.endedBy === 'term' && (
              <>
                <p className="notice">
                  <b>{t('thanks')}</b>
                  <br />
                  {renewed.has(each.id) ? t('renewed') : t('thanksText')}
                </p>
                {!renewed.has(each.id) && (
                  <button type="button" className="primary" disabled={busy} onClick={() => void act(each.id, 'renew')}>
                    {t('renew')}
                  </button>
                )}
              </>
            )}
            {(each.state === 'asked' || each.state === 'approved') && (
              <button type="button" disabled={busy} onClick={() => void act(each.id, 'end')}>
                {t('end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <p>{t('adoptLead')}</p>
      {asked && <p role="status">{t('asked', { street: asked })}</p>}
      <form onSubmit={(event) => void ask(event)}>
        <LazyMap
          label={grid.t('place')}
          layers={layers}
          bounds={bounds}
          onPoint={(lon, lat) => setTyped({ lon: lon.toFixed(6), lat: lat.toFixed(6) })}
        />
        <p className="soft">{grid.t('pinHint')}</p>
        <details>
          <summary>{t('coordinates')}</summary>
          <div className="grid-pair">
            <label>
              {grid.t('lat')}
              <input
                inputMode="decimal"
                pattern="-?[0-9]{1,2}(\.[0-9]+)?"
                value={typed.lat}
                onChange={(e) => setTyped({ ...typed, lat: e.target.value })}
              />
            </label>
            <label>
              {grid.t('lon')}
              <input
                inputMode="decimal"
                pattern="-?[0-9]{1,3}(\.[0-9]+)?"
                value={typed.lon}
                onChange={(e) => setTyped({ ...typed, lon: e.target.value })}
              />
            </label>
          </div>
        </details>
        {missing && !pin && <p role="alert">{t('placeNeeded')}</p>}
        <label>
          {t('part')}
          <select name="part" disabled={!near.data?.parts.length}>
            <option value="">{t('partNone')}</option>
            {near.data?.parts.map((each) => (
              <option key={each.code} value={each.code}>
                {each.name[language]} · {t('metres', { n: Math.round(each.distanceM) })}
              </option>
            ))}
          </select>
          {!near.data?.parts.length && <small className="soft">{t(near.data ? 'partsNone' : 'partFirst')}</small>}
        </label>
        <label>
          {t('wish')}
          <textarea name="wish" rows={3} minLength={4} maxLength={500} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('ask')}
        </button>
      </form>
    </div>
  );
}
