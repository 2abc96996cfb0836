import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type MapViewType from './map-view.tsx';

// Without a network its script may not be there: what stands around the map goes on working.
const MapView = lazy(() => import('./map-view.tsx').catch(() => ({ default: NoMap })));

function NoMap() {
  const { t } = useTranslation();
  return (
    <div className="map map-waiting" role="status">
      {t('map.away')}
    </div>
  );
}

/** The map, fetched when a page first needs one: its library stays out of every entrance's first script. */
export function LazyMap(props: ComponentProps<typeof MapViewType>) {
  const { t } = useTranslation();
  return (
    <Suspense
      fallback={
        <div className="map map-waiting" data-full={props.full}>
          {t('loading')}
        </div>
      }
    >
      <MapView {...props} />
    </Suspense>
  );
}
