import { useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useHeldTexts } from './held-texts.ts';

type Own = Reply<'/api/incident/own-reports'>;
type Cooling = Own['coolings'][number];

/** What I have sent and is no case (本人的待核、区外上报): where it stands, and a cooling-off with what I can say against it. */
export function OwnWaiting({ own, onDone }: { own: Own; onDone: () => void }) {
  const { t, language } = useHeldTexts();
  const { held, outside, coolings } = own;
  return (
    <>
      {coolings.map((each) => (
        <CoolingNote key={each.id} cooling={each} onDone={onDone} />
      ))}
      {held.length + outside.length > 0 && (
        <ul className="grid-twins">
          {held.map((each) => (
            <li key={each.no}>
              <b>{each.text}</b>
              <span>
                {each.state === 'refused'
                  ? t('own.refused', { reason: t(`reasons.${each.reason as 'repeated'}`), words: each.words })
                  : t('own.held')}
              </span>
              <small className="soft">
                {each.no} · {formatMoment(each.at, { language })}
              </small>
            </li>
          ))}
          {outside.map((each) => (
            <li key={each.no}>
              <b>{each.text}</b>
              <span>
                {each.handedTo
                  ? t('outside.handed', { to: each.handedTo })
                  : each.neighbour
                    ? t('outside.open', { to: each.neighbour[language] })
                    : t('outside.unknown')}
              </span>
              <small className="soft">
                {each.no} · {formatMoment(each.at, { language })}
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function CoolingNote({ cooling, onDone }: { cooling: Cooling; onDone: () => void }) {
  const { t, language } = useHeldTexts();
  const [text, setText] = useState('');
  const { busy, problem, submit } = useSubmit((body: { text: string }, key) =>
    call(`/api/incident/own-coolings/${cooling.id}/object`, { method: 'POST', body, headers: key }),
  );
  if (cooling.state === 'lifted') return <p className="notice">{t('ownLifted', { words: cooling.reviewedWords })}</p>;
  return (
    <section className="grid-next">
      <p>
        {t('ownCooling', { until: formatMoment(cooling.until, { language }), reason: cooling.reason })}
        {cooling.words && ` ${cooling.words}`}
      </p>
      {cooling.objection ? (
        <p>
          {t('objected', { text: cooling.objection })} {cooling.reviewedWords}
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit({ text: text.trim() }).then((done) => done !== undefined && onDone());
          }}
        >
          <label>
            {t('objectText')}
            <textarea
              rows={2}
              minLength={4}
              maxLength={1000}
              required
              value={text}
              onChange={(e) => setText(e.target.value)}
            />
          </label>
          {problem && <RefusalPanel problem={problem} />}
          <button type="submit" disabled={busy}>
            {t('object')}
          </button>
        </form>
      )}
    </section>
  );
}
