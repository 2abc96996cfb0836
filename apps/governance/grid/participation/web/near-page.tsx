import { useMemo, useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { GROUND, pointLayer } from '../../web/grid-parts.tsx';
import { useGridTexts } from '../../web/grid-texts.ts';
import { JoinedNote, type Joined, NearList } from '../../web/report-near.tsx';
import { useParticipationTexts } from './participation-texts.ts';

type Near = Reply<'/api/incident/near'>;
const AROUND_M = 500;
const AROUND = 0.005;
/** The middle of the district, until somebody says where they are. */
const MIDDLE = { lon: 121.4737, lat: 31.2205 };

/** Public problems around a place (我身边的问题): map and list of one selection, each to be followed. */
export default function NearPage() {
  const { t } = useParticipationTexts();
  const grid = useGridTexts();
  const [at, setAt] = useState(MIDDLE);
  const [refused, setRefused] = useState(false);
  const [joined, setJoined] = useState<Joined>();
  const near = useApi(`near me ${at.lon} ${at.lat}`, (signal) =>
    call<Near>(`/api/incident/near?lon=${at.lon}&lat=${at.lat}&within=${AROUND_M}`, { signal }),
  );
  const cases = near.data?.cases;
  const layers = useMemo(
    () => [
      ...GROUND,
      pointLayer(
        'cases',
        (cases ?? []).map(({ no, lon, lat }) => ({ id: no, lon, lat })),
      ),
    ],
    [cases],
  );
  const bounds = useMemo(
    (): [number, number, number, number] => [at.lon - AROUND, at.lat - AROUND, at.lon + AROUND, at.lat + AROUND],
    [at],
  );
  const locate = () =>
    navigator.geolocation
      ? navigator.geolocation.getCurrentPosition(
          ({ coords }) => setAt({ lon: coords.longitude, lat: coords.latitude }),
          () => setRefused(true),
          { timeout: 10_000 },
        )
      : setRefused(true);
  if (joined) return <JoinedNote joined={joined} />;
  return (
    <div className="grid-own">
      <h1>{t('near')}</h1>
      <p>{t('nearLead')}</p>
      <p>
        <button type="button" className="primary" onClick={locate}>
          {grid.t('locate')}
        </button>
      </p>
      {refused && <p role="alert">{t('nearNoneText')}</p>}
      <LazyMap
        label={t('near')}
        layers={layers}
        bounds={bounds}
        onPoint={(lon, lat) => setAt({ lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) })}
      />
      <h2>{t('within', { metres: AROUND_M })}</h2>
      {near.problem && <RefusalPanel problem={near.problem} onRetry={near.reload} />}
      {cases?.length === 0 && <EmptyState title={t('nearNone')} text={t('nearNoneText')} level={2} />}
      {cases && <NearList cases={cases} more={() => ({ clientId: crypto.randomUUID() })} onJoined={setJoined} />}
    </div>
  );
}
