import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type MapViewType from './map-view.tsx';

const MapView = lazy(() => import('./map-view.tsx'));

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
