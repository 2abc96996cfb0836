import { type FormEvent, useMemo, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { GROUND, pointLayer } from '../../web/grid-parts.tsx';
import { useGridTexts } from '../../web/grid-texts.ts';
import { pinOf } from '../../web/report-draft.ts';
import { boxOf } from '../../web/report-place.tsx';
import { useParticipationTexts } from './participation-texts.ts';

type List = Reply<'/api/grid/own-adoptions'>;
type Asked = Reply<'/api/grid/own-adoptions', 'post', 201>;

/** What I look after (认养): asked for here, approved by the street, ended whenever I want. */
export default function AdoptionsPage() {
  const { t } = useParticipationTexts();
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
  const layers = useMemo(() => [...GROUND, pointLayer('pin', pin ? [{ id: 'pin', ...pin }] : [])], [pin]);
  const bounds = useMemo(() => boxOf(areas.data), [areas.data]);
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
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
  const end = async (id: string) => {
    if (await submit({ path: `/api/grid/own-adoptions/${id}/end` })) list.reload();
  };
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
              {each.until && <span className="soft">{t('until', { day: each.until })}</span>}
            </span>
            {each.reason && <span className="soft">{each.reason}</span>}
            {(each.state === 'asked' || each.state === 'approved') && (
              <button type="button" disabled={busy} onClick={() => void end(each.id)}>
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
        <div className="grid-pair">
          <label>
            {grid.t('lat')}
            <input
              inputMode="decimal"
              required
              pattern="-?[0-9]{1,2}(\.[0-9]+)?"
              value={typed.lat}
              onChange={(e) => setTyped({ ...typed, lat: e.target.value })}
            />
          </label>
          <label>
            {grid.t('lon')}
            <input
              inputMode="decimal"
              required
              pattern="-?[0-9]{1,3}(\.[0-9]+)?"
              value={typed.lon}
              onChange={(e) => setTyped({ ...typed, lon: e.target.value })}
            />
          </label>
        </div>
        <label>
          {t('wish')}
          <textarea name="wish" rows={3} minLength={4} maxLength={500} required />
        </label>
        <label>
          {t('part')}
          <input name="part" inputMode="numeric" pattern="[0-9]{16}" />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('ask')}
        </button>
      </form>
    </div>
  );
}
