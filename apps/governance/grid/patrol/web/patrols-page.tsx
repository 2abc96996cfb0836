import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';
import { GROUND, pointLayer } from '../../web/grid-parts.tsx';

type List = Reply<'/api/grid/patrols'>;
type One = Reply<'/api/grid/patrols/{id}'>;

/** Patrols (巡查路线): proposals that wait, what was decided, and how much of each was walked. */
export default function PatrolsPage() {
  const { t } = useAnalysisTexts();
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
    <form onSubmit={send(series)}>
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
        <input name="street" required pattern="[0-9]{9}" inputMode="numeric" defaultValue={of?.street} />
      </label>
      <label>
        {t('supervisor')}
        <input name="supervisor" required minLength={2} autoComplete="off" />
      </label>
      <label>
        {t('supervisorName')}
        <input name="supervisorName" required autoComplete="off" defaultValue={of?.supervisorName} />
      </label>
      <button type="submit" className="primary" disabled={propose.busy}>
        {series ? t('newVersion') : t('propose')}
      </button>
    </form>
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
              {each.day} · {each.supervisorName} · {t('coverage', each)}
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

function Walk({ patrol }: { patrol: One }) {
  const { t } = useAnalysisTexts();
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
              {point.label} {point.done && '✓'}
            </li>
          ))}
        </ol>
        {left.length > 0 && (
          <p className="soft">
            {t('left')}：{left.map(({ label }) => label).join('、')}
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
