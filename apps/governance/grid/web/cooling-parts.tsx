import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment, type Language } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useHeldTexts } from './held-texts.ts';

type Coolings = Reply<'/api/incident/coolings'>;
type Cooling = Coolings['coolings'][number];

/** Proposes a cooling-off for the sender of a heap (提请冷静期): a person's words, and another person decides. */
export function ProposeCooling({ heap, onDone }: { heap: string; onDone: () => void }) {
  const { t } = useHeldTexts();
  const [reason, setReason] = useState('');
  const { busy, problem, submit } = useSubmit((body: { heap: string; reason: string }, key) =>
    call('/api/incident/coolings', { method: 'POST', body, headers: key }),
  );
  return (
    <form
      className="grid-next"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ heap, reason: reason.trim() }).then((done) => done !== undefined && onDone());
      }}
    >
      <p className="soft">{t('proposeLead')}</p>
      <label>
        {t('reason')}
        <textarea
          rows={2}
          minLength={10}
          maxLength={1000}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {t('propose')}
      </button>
    </form>
  );
}

/** Proposals and objections (冷静期) for the officers of the centre; what waits for one stands first. */
export function CoolingList({ language }: { language: Language }) {
  const { t } = useHeldTexts();
  const list = useApi('coolings', (signal) => call<Coolings>('/api/incident/coolings', { signal }));
  if (list.problem) return <RefusalPanel problem={list.problem} onRetry={list.reload} />;
  if (!list.data || list.data.coolings.length === 0) return null;
  return (
    <section>
      <h2>{t('coolings')}</h2>
      <ul className="grid-twins">
        {list.data.coolings.map((each) => (
          <li key={each.id}>
            <span className="badge">{t(`states.${each.state as 'on'}`)}</span>
            <span>{t('by', { name: each.proposedName, reason: each.reason })}</span>
            {each.decidedName && (
              <span>
                {t('decided', {
                  name: each.decidedName,
                  words: each.decidedWords,
                  until: each.until === null ? '–' : formatMoment(each.until, { language }),
                })}
              </span>
            )}
            {each.objection && <span>{t('objection', { text: each.objection })}</span>}
            {each.reviewedName && <span>{t('reviewed', { name: each.reviewedName, words: each.reviewedWords })}</span>}
            {each.state === 'proposed' && <Decide cooling={each} onDone={list.reload} />}
            {each.state === 'on' && each.objection && !each.reviewedName && (
              <Review cooling={each} onDone={list.reload} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decide({ cooling, onDone }: { cooling: Cooling; onDone: () => void }) {
  const { t } = useHeldTexts();
  const [days, setDays] = useState('7');
  const [text, setText] = useState('');
  const { busy, problem, submit } = useSubmit((body: { days: number; text: string }, key) =>
    call(`/api/incident/coolings/${cooling.id}/decide`, { method: 'POST', body, headers: key }),
  );
  return (
    <form
      className="grid-next"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ days: Number(days), text: text.trim() }).then((done) => done !== undefined && onDone());
      }}
    >
      <label>
        {t('days')}
        <input type="number" min={0} max={365} required value={days} onChange={(e) => setDays(e.target.value)} />
      </label>
      <label>
        {t('words')}
        <input minLength={4} maxLength={1000} required value={text} onChange={(e) => setText(e.target.value)} />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {t('decide')}
      </button>
    </form>
  );
}

function Review({ cooling, onDone }: { cooling: Cooling; onDone: () => void }) {
  const { t } = useHeldTexts();
  const [text, setText] = useState('');
  const { busy, problem, submit } = useSubmit((body: { lift: boolean; text: string }, key) =>
    call(`/api/incident/coolings/${cooling.id}/review`, { method: 'POST', body, headers: key }),
  );
  const send = (lift: boolean) =>
    void submit({ lift, text: text.trim() }).then((done) => done !== undefined && onDone());
  return (
    <form
      className="grid-next"
      onSubmit={(event) => {
        event.preventDefault();
        send(true);
      }}
    >
      <label>
        {t('review')}
        <input minLength={4} maxLength={1000} required value={text} onChange={(e) => setText(e.target.value)} />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <div className="grid-acts">
        <button type="submit" disabled={busy}>
          {t('lift')}
        </button>
        <button type="button" disabled={busy || text.trim().length < 4} onClick={() => send(false)}>
          {t('keep')}
        </button>
      </div>
    </form>
  );
}
