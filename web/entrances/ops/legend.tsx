import { formatNumber } from '#web/design/format.ts';
import type { Measure } from './map-page.tsx';
import { useOpsTexts } from './texts.ts';

/** Legend (图例) of the coloured map: measure, class breaks, and what hatching means. */
export function Legend({
  measure,
  onMeasure,
  breaks,
  colours,
}: {
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  breaks: readonly number[];
  colours: readonly string[];
}) {
  const t = useOpsTexts();
  const words = (index: number) => {
    const from = breaks[index - 1];
    const to = breaks[index];
    if (from === undefined) return t('below', { to: formatNumber(to ?? 0) });
    if (to === undefined) return t('above', { from: formatNumber(from) });
    return t('between', { from: formatNumber(from), to: formatNumber(to) });
  };
  return (
    <section className="legend" aria-label={t('measure')}>
      <fieldset>
        <legend>{t('measure')}</legend>
        {(['density', 'old'] as const).map((id) => (
          <label key={id}>
            <input type="radio" name="measure" checked={measure === id} onChange={() => onMeasure(id)} /> {t(id)}
            <small>{t(`${id}Unit`)}</small>
          </label>
        ))}
      </fieldset>
      {breaks.length > 0 && (
        <ul>
          {[...breaks, null].map((_, index) => (
            <li key={colours[index]}>
              <i style={{ background: colours[index] }} aria-hidden="true" />
              {words(index)}
            </li>
          ))}
          <li>
            <i className="hatched" aria-hidden="true" />
            {t('missing')}
          </li>
        </ul>
      )}
    </section>
  );
}
