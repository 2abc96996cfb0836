import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useStreets } from '#web/design/unit-select.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';
import { GROUND, pointLayer, usePointName } from '../../web/grid-parts.tsx';

type List = Reply<'/api/grid/patrols'>;
type One = Reply<'/api/grid/patrols/{id}'>;
type Supervisors = Reply<'/api/grid/supervisors'>;

/** Patrols (巡查路线): proposals that wait, what was decided, and how much of each was walked. */
export default function PatrolsPage() {
  const { t, language } = useAnalysisTexts();
  const { me } = useSession();
  const unitName = useUnitName();
  const [shown, setShown] = useState<string | null>(null);
  const list = useApi('patrols', (signal) => call<List>('/api/grid/patrols', { signal }));
  const one = useApi(`patrol ${shown}`, async (signal) =>
    shown ? call<One>(`/api/grid/patrols/${shown}`, { signal }) : null,
  );
  const decide = useSubmit(({ id, ...body }: { id: string; approve: boolean; reason?: string }, key) =>
    call(`/api/grid/patrols/${id}/decide`, { method: 'POST', body, headers: key }),
  );
  const propose = useSubmit((body: Record<string, string>, key) =>
    call<{ id: string }>('/api/grid/patrols', { method: 'POST', body, headers: key }),
  );
  const send = (series?: string) => async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const made = await propose.submit(series ? { ...body, series } : body);
    if (made === undefined) return;
    list.reload();
    setShown(made.id);
  };
  const settle = async (id: string, approve: boolean, reason?: string) => {
    if ((await decide.submit({ id, approve, reason })) !== undefined) list.reload();
  };
  const patrols = list.data?.patrols ?? [];
  const proposes = me.kind === 'duty-officer' || me.kind === 'street-clerk';
  const form = (series?: string, of?: List['patrols'][number]) => (
    <ProposeForm of={of} busy={propose.busy} label={series ? t('newVersion') : t('propose')} onSend={send(series)} />
  );
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('patrols')} {patrols.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('patrolsLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {decide.problem && <RefusalPanel problem={decide.problem} />}
      {propose.problem && <RefusalPanel problem={propose.problem} />}
      {proposes && (
        <details className="grid-own">
          <summary>{t('propose')}</summary>
          {form()}
        </details>
      )}
      {list.data && patrols.length === 0 && <EmptyState title={t('noPatrols')} text={t('noPatrolsText')} />}
      <ul className="grid-twins">
        {patrols.map((each) => (
          <li key={each.id} className="grid-own">
            <b>
              {each.title} · {unitName(`street-${each.street}`)}
            </b>
            <span>
              <span className="badge">{t(`states.${each.state as 'proposed'}`)}</span>{' '}
              <span className="badge">{t('version', { n: each.version })}</span>{' '}
              {each.method === 'heuristic' && <span className="badge">{t('heuristic')}</span>}
            </span>
            <span>
              {formatMoment(each.day, { language, time: false })} · {each.supervisorName} · {t('coverage', each)}
            </span>
            <span className="soft">
              {t('patrolFacts', {
                minutes: Math.round(each.minutes),
                budget: each.budget,
                worth: each.worth.toFixed(2),
                bound: each.bound?.toFixed(2),
              })}
            </span>
            {each.decidedName && (
              <span className="soft">{[each.decidedName, each.reason].filter(Boolean).join(' · ')}</span>
            )}
            <span className="grid-acts">
              <button
                type="button"
                aria-expanded={shown === each.id}
                onClick={() => setShown(shown === each.id ? null : each.id)}
              >
                {t('show')}
              </button>
              {each.state === 'proposed' && (
                <button
                  type="button"
                  className="primary"
                  disabled={decide.busy}
                  onClick={() => void settle(each.id, true)}
                >
                  {t('approve')}
                </button>
              )}
            </span>
            {each.state === 'proposed' && (
              <details>
                <summary>{t('reject')}</summary>
                <form
                  onSubmit={(event) => {
                    event.preventDefault();
                    void settle(each.id, false, String(new FormData(event.currentTarget).get('reason')));
                  }}
                >
                  <label>
                    {t('reason')}
                    <textarea name="reason" required minLength={2} maxLength={1000} />
                  </label>
                  <button type="submit" disabled={decide.busy}>
                    {t('reject')}
                  </button>
                </form>
              </details>
            )}
            {proposes && each.state === 'approved' && (
              <details>
                <summary>{t('newVersion')}</summary>
                {form(each.series, each)}
              </details>
            )}
            {shown === each.id && one.data && <Walk patrol={one.data} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A walk for a day, a street and somebody who holds the post there (提出路线). */
function ProposeForm(props: {
  of?: List['patrols'][number];
  busy: boolean;
  label: string;
  onSend: (event: FormEvent<HTMLFormElement>) => Promise<void>;
}) {
  const { t } = useAnalysisTexts();
  const { me } = useSession();
  const unitName = useUnitName();
  const { of } = props;
  const streets = useStreets();
  const own = me.area && me.area.length >= 9 ? me.area.slice(0, 9) : null;
  const [street, setStreet] = useState(of?.street ?? own ?? '');
  const there = useApi(`supervisors ${street}`, async (signal) =>
    street ? call<Supervisors>(`/api/grid/supervisors?street=${street}`, { signal }) : null,
  );
  const found = there.data?.supervisors ?? [];
  const before = found.find(({ name }) => name === of?.supervisorName)?.account;
  return (
    <form onSubmit={(event) => void props.onSend(event)}>
      <label>
        {t('title')}
        <input name="title" required minLength={2} maxLength={120} defaultValue={of?.title} />
      </label>
      <label>
        {t('day')}
        <input name="day" type="date" required defaultValue={of?.day} />
      </label>
      <label>
        {t('street')}
        <select name="street" required value={street} onChange={(event) => setStreet(event.target.value)}>
          <option value="" disabled>
            {t('chooseOne')}
          </option>
          {streets
            .filter(({ code }) => own === null || code === own)
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </select>
      </label>
      <label>
        {t('supervisor')}
        <select key={`${street} ${found.length}`} name="supervisor" required defaultValue={before ?? ''}>
          <option value="" disabled>
            {t('chooseOne')}
          </option>
          {found.map(({ account, name, post, unit }) => (
            <option key={account} value={account}>
              {name} · {t(`walkers.${post as 'grid-supervisor'}`)} · {unitName(unit)}
            </option>
          ))}
        </select>
        {there.data && found.length === 0 && <small className="soft">{t('nobodyThere')}</small>}
      </label>
      {there.problem && <RefusalPanel problem={there.problem} onRetry={there.reload} />}
      <button type="submit" className="primary" disabled={props.busy}>
        {props.label}
      </button>
    </form>
  );
}

function Walk({ patrol }: { patrol: One }) {
  const { t } = useAnalysisTexts();
  const nameOf = usePointName();
  const walked: MapLayer = {
    id: 'walk',
    kind: 'line',
    colour: 'accent',
    width: 3,
    data: {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: patrol.line } }],
    },
  };
  const required = patrol.points.filter((point) => point.required);
  const left = patrol.points.filter((point) => !point.required);
  const points = required.map(({ point, lon, lat }) => ({ id: point, lon, lat }));
  return (
    <div className="grid-case">
      <section aria-label={t('points')}>
        <ol>
          {required.map((point) => (
            <li key={point.point}>
              {nameOf(point)} {point.done && '✓'}
            </li>
          ))}
        </ol>
        {left.length > 0 && (
          <p className="soft">
            {t('left')}：{left.map(nameOf).join('、')}
          </p>
        )}
      </section>
      <div>
        <LazyMap
          label={t('map')}
          layers={[...GROUND, ...(patrol.line.length > 1 ? [walked] : []), pointLayer('points', points)]}
        />
        {patrol.attribution && <small className="soft">{patrol.attribution}</small>}
      </div>
    </div>
  );
}
