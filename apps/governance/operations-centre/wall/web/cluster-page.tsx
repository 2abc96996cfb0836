import './wall.css';
import { useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { GROUND_LAYERS } from '#web/design/ground-layers.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useWallTexts } from './wall-texts.ts';

type Cluster = Reply<'/api/ops/clusters/{id}'>;
type Line = Cluster['counted'][number];
const LOOK_MS = 10_000;
const DEGREE_M = 111_320;
const DAY_MS = 86_400_000;

/** One cluster of cases (案件聚集): how many against how many, where, day by day, its cases, and the way to an incident. */
export default function ClusterPage() {
  const { t, language } = useWallTexts();
  const { id = '' } = useParams();
  const { me } = useSession();
  const go = useNavigate();
  const state = useApi(`ops cluster ${id}`, (signal) => call<Cluster>(`/api/ops/clusters/${id}`, { signal }), {
    refreshMs: LOOK_MS,
  });
  const { busy, problem, submit } = useSubmit((_: null, key) =>
    call<{ id: string }>(`/api/ops/clusters/${id}/incident`, { method: 'POST', body: {}, headers: key }),
  );
  const found = state.data;
  const layers = useMemo<readonly MapLayer[]>(() => [...GROUND_LAYERS, ...(found ? drawn(found) : [])], [found]);
  const around = found ? Math.max(found.radiusM, 150) * 1.6 : 0;
  return (
    <div className="cluster">
      <header>
        <p>
          <Link to="/ops">{t('title')}</Link>
        </p>
        <h1>{found?.title[language] ?? t('kinds.cluster')}</h1>
        {found && (
          <p>
            <b data-rising={found.rising}>{found.rising ? `▲ ${t('rising')}` : t('past')}</b>{' '}
            {found.sample && <SampleBadge />}{' '}
            <span className="soft">{t('asOf', { when: formatMoment(found.asOf, { language }) })}</span>
          </p>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="cluster-split">
          <div>
            <p className="cockpit-line">
              {t('clusterLead', {
                from: found.fromDay,
                to: found.toDay,
                radius: Math.round(found.radiusM),
                observed: found.observed,
                expected: found.expected.toFixed(1),
              })}
            </p>
            <Days found={found} />
            <p className="soft">
              {t('clusterFacts', { n: found.replications, p: found.p.toFixed(3), to: found.scannedTo })}
            </p>
            {found.incident ? (
              <p>
                <Link to={`/ops/incidents/${found.incident}`}>{t('openIncident')}</Link>
              </p>
            ) : (
              (me.kind === 'duty-officer' || me.kind === 'district-leader') && (
                <>
                  <p>
                    <button
                      type="button"
                      className="primary"
                      disabled={busy}
                      onClick={async () => {
                        const made = await submit(null);
                        if (made) void go(`/ops/incidents/${made.id}`);
                      }}
                    >
                      {t('toIncident')}
                    </button>
                  </p>
                  <p className="soft">{t('toIncidentText')}</p>
                </>
              )
            )}
            {problem && <RefusalPanel problem={problem} />}
            <h2>{t('clusterSince')}</h2>
            {found.since.length === 0 ? <p className="soft">{t('clusterSinceNone')}</p> : <Cases lines={found.since} />}
            <h2>
              {t('clusterCounted')} {found.counted.length}
            </h2>
            <Cases lines={found.counted} />
          </div>
          <LazyMap
            label={t('clusterCounted')}
            ground="night"
            layers={layers}
            bounds={[
              found.lon - around / 95_300,
              found.lat - around / DEGREE_M,
              found.lon + around / 95_300,
              found.lat + around / DEGREE_M,
            ]}
            onSelect={(no) => void go(`/gov/incidents/${no}`)}
          />
        </div>
      )}
    </div>
  );
}

function Cases({ lines }: { lines: readonly Line[] }) {
  const { t, language } = useWallTexts();
  return (
    <ul className="wall-list">
      {lines.map((line) => (
        <li key={line.no}>
          <Link to={`/gov/incidents/${line.no}`}>
            <span className="wall-kind">{line.no}</span>
            <b>{line.description}</b>
            <small>
              {t(`states.${line.state as 'open'}`, { defaultValue: line.state })} ·{' '}
              {formatMoment(line.reportedAt, { language })} {line.sample && <SampleBadge />}
            </small>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Cases a day, from the first day of the cluster until today; words for who cannot see it. */
function Days({ found }: { found: Cluster }) {
  const { t } = useWallTexts();
  const dayOf = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
  const [from, to] = [Date.parse(found.fromDay), Date.parse(dayOf(found.asOf))];
  const days = Array.from({ length: Math.max(1, Math.round((to - from) / DAY_MS) + 1) }, (_, n) =>
    new Date(from + n * DAY_MS).toISOString().slice(0, 10),
  );
  const counts = days.map(
    (day) => [...found.counted, ...found.since].filter(({ reportedAt }) => dayOf(reportedAt) === day).length,
  );
  const most = Math.max(1, ...counts);
  return (
    <svg className="cluster-days" viewBox={`0 0 ${days.length * 10} 44`} preserveAspectRatio="none" role="img">
      <title>{t('byDay', { list: days.map((day, n) => `${day.slice(5)} ${counts[n]}`).join('、') })}</title>
      {counts.map((n, at) => (
        <rect key={days[at]} x={at * 10 + 1} y={42 - (n / most) * 40} width={8} height={(n / most) * 40 + 1} />
      ))}
    </svg>
  );
}

/** The circle, and the cases within: those counted and those that came since. */
function drawn(found: Cluster): MapLayer[] {
  const ring = Array.from({ length: 49 }, (_, n) => {
    const turn = (n / 48) * 2 * Math.PI;
    const radius = Math.max(found.radiusM, 40);
    return [found.lon + (radius * Math.cos(turn)) / 95_300, found.lat + (radius * Math.sin(turn)) / DEGREE_M];
  });
  const points = [...found.counted, ...found.since].map(({ no, lon, lat }) => ({
    type: 'Feature' as const,
    properties: { id: no },
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  }));
  return [
    {
      id: 'circle',
      kind: 'line',
      colour: 'actNow',
      width: 2,
      data: {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ring } }],
      },
    },
    {
      id: 'members',
      kind: 'point',
      colour: 'accent',
      idField: 'id',
      data: { type: 'FeatureCollection', features: points },
    },
  ];
}
