import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type DrawingType from './drawing.tsx';

const Drawing = lazy(() => import('./drawing.tsx'));

/** The drawing, fetched when a page first needs one: bpmn-js stays out of every entrance's first script. */
export function LazyDrawing(props: ComponentProps<typeof DrawingType>) {
  const { t } = useTranslation();
  return (
    <Suspense fallback={<div className="process-drawing map-waiting">{t('loading', { ns: 'shell' })}</div>}>
      <Drawing {...props} />
    </Suspense>
  );
}
