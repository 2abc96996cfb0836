import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';
import { GROUND, pointLayer, useClasses } from '../../web/grid-parts.tsx';

type List = Reply<'/api/grid/hotspots'>;
type Spot = Reply<'/api/grid/hotspots/{id}'>;
type Risk = Reply<'/api/grid/risk'>;

/** Hot spots (高发点位) on the map and in a list; each leads to its cases. Below, what is to be expected today and how sure that is. */
export default function HotspotsPage() {
  const { t, language } = useAnalysisTexts();
  const { me } = useSession();
  const classes = useClasses();
  const unitName = useUnitName();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useApi('hotspots', (signal) => call<List>('/api/grid/hotspots', { signal }));
  const risk = useApi('grid risk', (signal) => call<Risk>('/api/grid/risk', { signal }));
  const spot = useApi(`hotspot ${chosen}`, async (signal) =>
    chosen ? call<Spot>(`/api/grid/hotspots/${chosen}`, { signal }) : null,
  );
  const run = useSubmit((_: object, key) => call('/api/grid/hotspots/runs', { method: 'POST', headers: key }));
  const [queued, setQueued] = useState(false);
  const spots = list.data?.hotspots ?? [];
  const layers = useMemo(
    () => [
      ...GROUND,
      pointLayer(
        'risk',
        (risk.data?.cells ?? []).map(({ cell, lon, lat }) => ({ id: cell, lon, lat })),
        'mapRoad',
      ),
      pointLayer('hotspots', list.data?.hotspots ?? []),
    ],
    [list.data, risk.data],
  );
  const dayOf = (day: string) => formatMoment(day, { language, time: false });
  const className = (code: string) => classes.get(code)?.name[language] ?? code;
  const number = (value: number | null, digits = 1) => (value === null ? t('notEnough') : value.toFixed(digits));
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('hotspots')} <SampleBadge />
        </h1>
        <p className="soft">{t('hotspotsLead')}</p>
        {me.kind === 'duty-officer' && (
          <button
            type="button"
            disabled={run.busy}
            onClick={() => void run.submit({}).then((done) => setQueued(done !== undefined))}
          >
            {t('analyse')}
          </button>
        )}
        {queued && <p role="status">{t('analysing')}</p>}
      </header>
      {run.problem && <RefusalPanel problem={run.problem} />}
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <div className="grid-split">
        <section aria-label={t('hotspots')}>
          {list.data && spots.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
          <ul className="grid-twins">
            {spots.map((each) => (
              <li key={each.id} data-chosen={each.id === chosen}>
                <b>
                  {className(each.class)} · {unitName(`street-${each.street}`)}
                </b>
                <span>
                  {t('observed', {
                    from: dayOf(each.fromDay),
                    to: dayOf(each.toDay),
                    observed: each.observed,
                    expected: each.expected < 0.05 ? t('lessThan', { n: 0.1 }) : each.expected.toFixed(1),
                  })}
                </span>
                <small className="soft">
                  {t('spotFacts', { radius: Math.round(each.radius), p: each.p.toFixed(3) })}
                </small>
                <span className="grid-acts">
                  <button
                    type="button"
                    aria-expanded={each.id === chosen}
                    onClick={() => setChosen(each.id === chosen ? null : each.id)}
                  >
                    {t('cases')}
                  </button>
                </span>
                {each.id === chosen && spot.data && (
                  <ul>
                    {spot.data.cases.map(({ no }) => (
                      <li key={no}>
                        <Link to={`/gov/incidents/${no}`}>{no}</Link>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </section>
        <div className="grid-side">
          <LazyMap
            label={t('map')}
            layers={layers}
            selected={chosen}
            onSelect={(id, layer) => layer === 'hotspots' && setChosen(id)}
          />
        </div>
      </div>
      <section aria-label={t('risk')}>
        <h2>{t('risk')}</h2>
        <p className="soft">{t('riskLead')}</p>
        <ul className="grid-twins grid-columns">
          {(risk.data?.series ?? []).map((each) => (
            <li key={each.street}>
              <b>{unitName(`street-${each.street}`)}</b>
              <span>
                {each.reliable
                  ? t('reliable', { value: number(each.value), low: number(each.low), high: number(each.high) })
                  : t('unreliable', { naive: each.naive })}
              </span>
              <small className="soft">
                {t('gate', { origins: each.origins, mase: number(each.mase, 2), coverage: number(each.coverage, 2) })}
              </small>
            </li>
          ))}
        </ul>
      </section>
      <details>
        <summary>{t('runs')}</summary>
        <ul>
          {(list.data?.runs ?? []).map((each) => (
            <li key={each.class}>
              {t('run', {
                name: className(each.class),
                from: dayOf(each.fromDay),
                to: dayOf(each.toDay),
                events: each.events,
                replications: each.replications,
                seed: each.seed,
                version: each.dataVersion,
              })}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
