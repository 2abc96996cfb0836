import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { useUnitName } from '#web/design/units.tsx';
import { QrCode } from '#web/entrances/account/qr-code.tsx';
import { useBase } from './shapes.ts';
import { useHallTexts } from './texts.ts';

/** The application has arrived (已提交): one code, who has it now, and where its progress is seen. */
export function FiledCase({ filed }: { filed: Reply<'/api/service/cases', 'post', 201> }) {
  const { t, say, language } = useHallTexts();
  const base = useBase();
  const unitName = useUnitName();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className="hall hall-filed">
      <h1 ref={title} tabIndex={-1}>
        {t('filed.title')}
      </h1>
      <div className="hall-receipt">
        <p>
          {t('filed.code')}
          <b className="hall-code">{filed.code}</b>
        </p>
        <QrCode text={`${globalThis.location.origin}/citizen/case-query?code=${filed.code}`} label={t('filed.qr')} />
      </div>
      <p>{t('filed.text')}</p>
      {filed.promisedAt && (
        <p>
          {t('filed.promised', {
            // The end of a time is 24:00: people know it as the day before.
            when: formatMoment(Date.parse(filed.promisedAt) - 1, { language, time: false }),
          })}
        </p>
      )}
      <h2>{t('filed.parts', { n: filed.items.length })}</h2>
      <ul className="hall-items">
        {filed.items.map((item) => (
          <li key={item.no}>
            <b>{say(item.title)}</b>
            <span className="soft">{unitName(item.unit)}</span>
            {item.waits && <span className="soft">{t('filed.waits')}</span>}
          </li>
        ))}
      </ul>
      <p className="acts">
        <Link className="primary" to={`${base}/cases/${filed.code}`}>
          {t('filed.open')}
        </Link>
      </p>
    </section>
  );
}
