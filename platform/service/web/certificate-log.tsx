import { formatMoment } from '#web/design/format.ts';
import { useUnitName } from '#web/design/units.tsx';
import type { Reply } from '#web/client/reply.ts';
import { type ActText, type UseText, useWalletTexts } from './wallet-texts.ts';

type Certificate = Reply<'/api/service/own-certificates/{id}'>;

/** Who used a certificate and when (用证记录). */
export function Uses({ uses }: { uses: Certificate['uses'] }) {
  const { t, language } = useWalletTexts();
  const unitName = useUnitName();
  return (
    <section aria-label={t('uses')}>
      <h2>{t('uses')}</h2>
      {uses.length === 0 && <p className="soft">{t('noUses')}</p>}
      <ol className="wallet-log">
        {uses.map(({ at, kind, unit, caseCode }, index) => (
          <li key={`${at} ${kind} ${index}`}>
            <time dateTime={at}>{formatMoment(at, { language })}</time>
            <div>
              {t(`use.${kind as UseText}`)}
              <small>
                {[
                  kind === 'present' ? '' : unit ? unitName(unit) : t('anyone'),
                  caseCode ? t('forCase', { code: caseCode }) : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was done to it, with basis and reason (证照变动). */
export function History({ acts }: { acts: Certificate['acts'] }) {
  const { t, language } = useWalletTexts();
  return (
    <section aria-label={t('history')}>
      <h2>{t('history')}</h2>
      <ol className="wallet-log">
        {acts.map(({ at, act, basis, reason }) => (
          <li key={`${at} ${act}`}>
            <time dateTime={at}>{formatMoment(at, { language })}</time>
            <div>
              {t(`act.${act as ActText}`)}
              {reason && (
                <small>
                  {reason} {basis}
                </small>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
