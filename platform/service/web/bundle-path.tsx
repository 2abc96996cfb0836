import { formatMoment } from '#web/design/format.ts';
import { useUnitName } from '#web/design/units.tsx';
import type { BundleDefinition, DeskBundle } from './desk-bundle.tsx';
import { useServiceTexts } from './texts.ts';

const WHOLE = 100;
const DAY_MS = 86_400_000;

/**
 * The order of a bundle as it would run if somebody applied today (并联审批): a bar for each item, the chain that decides when the whole is
 * done (关键路径) marked and named in words as well.
 */
export function BundlePath({
  outlook,
  definition,
}: {
  outlook: DeskBundle['outlook'];
  definition: Pick<BundleDefinition, 'items'>;
}) {
  const { t, say, language } = useServiceTexts();
  const unitName = useUnitName();
  const { plan, saving, items } = outlook;
  const named = (code: string) => {
    const found = items.find((item) => item.code === code);
    return found ? say(found.title) : code;
  };
  const from = plan ? Date.parse(plan.from) : 0;
  const span = plan ? Math.max(Date.parse(plan.end) - from, 1) : 1;
  // A time ends at 24:00: people know it as the day before.
  const day = (moment: string) => formatMoment(Date.parse(moment) - 1, { language, time: false });
  return (
    <section className="svc-section" aria-label={t('path')}>
      <h2>
        {t('path')} <small>{t('pathItems', { n: definition.items.length })}</small>
      </h2>
      {saving && <p className="soft">{t('saved', saving)}</p>}
      {plan ? (
        <>
          <p>
            {t('pathEnd', { day: day(plan.end), days: Math.round(span / DAY_MS) })}
            <br />
            <span className="svc-chain">{plan.critical.map(named).join(' → ')}</span>
          </p>
          <ol className="svc-path">
            {plan.items.map(({ item, start, end, critical }) => {
              const after = definition.items.find((each) => each.item === item)?.after ?? [];
              const unit = items.find((each) => each.code === item)?.unit;
              return (
                <li key={item} data-critical={critical}>
                  <span>
                    <b>{named(item)}</b> {unit && <small>{unitName(unit)}</small>}
                    <br />
                    <small>
                      {after.length > 0 ? t('pathAfter', { items: after.map(named).join('、') }) : t('pathAtOnce')}
                    </small>
                  </span>
                  <span>
                    <i>
                      <b
                        style={{
                          left: `${((Date.parse(start) - from) / span) * WHOLE}%`,
                          width: `${((Date.parse(end) - Date.parse(start)) / span) * WHOLE}%`,
                        }}
                      />
                    </i>
                    <small>
                      {t('pathBy', { day: day(end) })}
                      {critical && ` · ${t('pathCritical')}`}
                    </small>
                  </span>
                </li>
              );
            })}
          </ol>
        </>
      ) : (
        <p className="soft">{t('pathNone')}</p>
      )}
    </section>
  );
}
