import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { lastDay, StateBadge } from './case-parts.tsx';
import { type EventText, useCaseTexts } from './case-texts.ts';

type Found = Reply<'/api/service/case-query', 'post'>;

/** One code (一码查询): where a case stands, for who has the code and the last digits. The code may come from the QR code of the receipt. */
export default function CaseQueryPage() {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  const [search] = useSearchParams();
  const [found, setFound] = useState<Found>();
  const { busy, problem, submit } = useSubmit((body: { code: string; digits: string }) =>
    call<Found>('/api/service/case-query', { method: 'POST', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setFound(await submit({ code: String(form.get('code') ?? ''), digits: String(form.get('digits') ?? '') }));
  };
  return (
    <div className="own-case">
      <h1>{t('query.title')}</h1>
      <p className="soft">{t('query.lead')}</p>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('query.code')}
          <input name="code" defaultValue={search.get('code') ?? ''} autoComplete="off" maxLength={40} required />
        </label>
        <label>
          {t('query.digits')}
          <input
            name="digits"
            inputMode="numeric"
            pattern="[0-9]{3}[0-9Xx]"
            maxLength={4}
            autoComplete="off"
            required
          />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('query.send')}
        </button>
      </form>
      {found && (
        <section className="own-item" aria-label={found.title[language]} role="status">
          <h2>
            {found.title[language]} <StateBadge state={found.state} />
          </h2>
          {found.promisedAt && <p>{t('promised', { when: lastDay(found.promisedAt, language) })}</p>}
          <ol className="case-items">
            {found.items.map((item) => (
              <li key={item.no}>
                <b>{item.title[language]}</b> <span className="soft">{unitName(item.unit)}</span>
                <StateBadge state={item.state} outcome={item.outcome} />
              </li>
            ))}
          </ol>
          <ol className="timeline case-timeline">
            {[...found.timeline].reverse().map((event) => (
              <li key={`${event.at} ${event.kind} ${event.no}`}>
                <time dateTime={event.at}>{formatMoment(event.at, { language })}</time>
                <div>
                  <b>{t(`event.${event.kind as EventText}`)}</b>
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
