import { type FormEvent, useState } from 'react';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useHotlineTexts } from './hotline-texts.ts';
import { limitWords } from './limit-words.ts';

type Order = Reply<'/api/grid/hotline/orders/{no}'>;
type Sent = { act: string; body: Record<string, unknown> };
type Props = {
  order: Order;
  busy: boolean;
  problem: Parameters<typeof RefusalPanel>[0]['problem'] | null | undefined;
  send: (sent: Sent) => Promise<boolean>;
};

/** The day of a moment in Shanghai, as a date field wants it. */
const dayOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

/** More time (延期): what the unit asks for, what the centre says to it, and what the city decided. */
export function OrderExtension({ order, busy, problem, send }: Props) {
  const { t, language } = useHotlineTexts();
  const unitName = useUnitName();
  const [day, setDay] = useState('');
  const [text, setText] = useState('');
  const open = order.extensions.find(({ state }) => state === 'asked' || state === 'sent');
  if (order.extensions.length === 0) return null;
  const decide = (approve: boolean) => {
    const until = day || (open?.until ? dayOf(open.until) : '');
    void send({ act: 'extension', body: { approve, text: text.trim(), ...(approve && until && { until }) } });
  };
  return (
    <section className="grid-next grid-page" aria-label={t('extension')}>
      <h3>{t('extension')}</h3>
      <ul className="grid-twins">
        {order.extensions.map((each) => (
          <li key={`${each.state} ${each.at}`}>
            <b>{t(`extensionStates.${each.state as 'asked'}`)}</b>
            <span>
              {each.unit !== null && `${unitName(each.unit)} · `}
              {each.reason}（{each.document}）
              {each.until && ` · ${t('extensionUntil', { when: limitWords(each.until, language) })}`}
            </span>
            {each.dueAfter && <span>{t('extensionDue', { when: limitWords(each.dueAfter, language) })}</span>}
            {(each.words || each.answerWords) && (
              <span className="soft">{[each.words, each.answerWords].filter(Boolean).join(' · ')}</span>
            )}
          </li>
        ))}
      </ul>
      {open?.mine && <p className="notice">{t('extensionMine')}</p>}
      {open && !open.mine && order.next !== null && (
        <form
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            decide(open.state === 'asked');
          }}
        >
          <p className="soft">{t('extensionLead')}</p>
          {open.state === 'asked' && (
            <label>
              {t('extensionDay')}
              <input
                type="date"
                required
                value={day || (open.until ? dayOf(open.until) : '')}
                onChange={(event) => setDay(event.target.value)}
              />
            </label>
          )}
          <label>
            {t('extensionWords')}
            <textarea
              rows={2}
              minLength={4}
              maxLength={500}
              required
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          {problem && <RefusalPanel problem={problem} />}
          <span className="grid-acts">
            {open.state === 'asked' ? (
              <>
                <button type="submit" className="primary" disabled={busy}>
                  {t('extensionSend')}
                </button>
                <button type="button" disabled={busy || text.trim().length < 4} onClick={() => decide(false)}>
                  {t('extensionDeny')}
                </button>
              </>
            ) : (
              <button type="submit" disabled={busy}>
                {t('extensionBack')}
              </button>
            )}
          </span>
        </form>
      )}
    </section>
  );
}
