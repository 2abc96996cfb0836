import { useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useHotlineTexts } from './hotline-texts.ts';

type Aside = Reply<'/api/grid/hotline/orders'>['aside'][number];

/** What the city refused again and again (搁置的回传): a person puts it right and sends it again, or drops it with a reason. */
export function AsideList({ aside, onDone }: { aside: readonly Aside[]; onDone: () => void }) {
  const { t } = useHotlineTexts();
  if (aside.length === 0) return null;
  return (
    <section className="grid-next" aria-label={t('aside')}>
      <h2>{t('aside')}</h2>
      <p className="soft">{t('asideLead')}</p>
      <ul className="grid-twins">
        {aside.map((each) => (
          <AsideLine key={`${each.no} ${each.seq}`} each={each} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}

function AsideLine({ each, onDone }: { each: Aside; onDone: () => void }) {
  const { t, language } = useHotlineTexts();
  const [text, setText] = useState(each.text ?? '');
  const [reason, setReason] = useState('');
  const { busy, problem, submit } = useSubmit(({ act, body }: { act: string; body: object }, key) =>
    call(`/api/grid/hotline/orders/${each.no}/messages/${each.seq}/${act}`, { method: 'POST', body, headers: key }),
  );
  const send = (act: string, body: object) => void submit({ act, body }).then((done) => done !== undefined && onDone());
  return (
    <li>
      <b>
        {each.title} · {t(`statuses.${each.status as 'closed'}`)}
      </b>
      <span>
        {each.error?.[language]} · {t('asideTries', { n: each.tries })}
        {each.behind > 0 && ` · ${t('asideBehind', { n: each.behind })}`}
      </span>
      <span className="soft">
        <span className="grid-no">{each.no}</span> · {formatMoment(each.asideAt, { language })}
      </span>
      {problem && <RefusalPanel problem={problem} />}
      <details>
        <summary>{t('correct')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send('correct', { text: text.trim() });
          }}
        >
          <label>
            {t('correctText')}
            <textarea
              rows={3}
              minLength={4}
              maxLength={1000}
              required
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button type="submit" className="primary" disabled={busy}>
            {t('correct')}
          </button>
        </form>
      </details>
      <details>
        <summary>{t('drop')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send('drop', { reason: reason.trim() });
          }}
        >
          <label>
            {t('dropReason')}
            <textarea
              rows={2}
              minLength={4}
              maxLength={1000}
              required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <button type="submit" disabled={busy}>
            {t('drop')}
          </button>
        </form>
      </details>
    </li>
  );
}
