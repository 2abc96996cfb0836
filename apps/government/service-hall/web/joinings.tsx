import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useRunTexts } from './run-texts.ts';

type List = Reply<'/api/service-hall/joinings'>;
type Found = Reply<'/api/service-hall/receipts/{receipt}'>;

/** Pairs that may be one application (疑似重复收件); the centre of the later one decides. Nothing is joined by itself. */
export function Joinings({ mayDecide, centreName }: { mayDecide: boolean; centreName: (code: string) => string }) {
  const { t, language, say } = useRunTexts();
  const list = useApi('joinings', (signal) => call<List>('/api/service-hall/joinings', { signal }));
  const { busy, problem, submit } = useSubmit(({ id, same }: { id: string; same: boolean }, key) =>
    call<object>(`/api/service-hall/joinings/${id}/decide`, { method: 'POST', body: { same }, headers: key }),
  );
  const decide = async (id: string, same: boolean) => {
    await submit({ id, same });
    list.reload();
  };
  if (list.problem) return <RefusalPanel problem={list.problem} onRetry={list.reload} />;
  if (!list.data || list.data.joinings.length === 0) return null;
  return (
    <section aria-labelledby="hall-joinings">
      <h2 id="hall-joinings">{t('joinings')}</h2>
      <p className="soft">{t('joiningsText')}</p>
      {problem && <RefusalPanel problem={problem} />}
      <ul className="hall-list">
        {list.data.joinings.map(({ id, title, state, mine, ...pair }) => (
          <li key={id}>
            <h3>
              {say(title)} <span className="badge">{t(`joinStates.${state as 'proposed'}`)}</span>
            </h3>
            <p className="hall-code">
              {t('pair', {
                kept: pair.keptCode,
                keptAt: formatMoment(pair.keptAt, { language }),
                keptCentre: centreName(pair.keptCentre),
              })}
              <br />
              {t('pairOther', {
                other: pair.otherCode,
                otherAt: formatMoment(pair.otherAt, { language }),
                otherCentre: centreName(pair.otherCentre),
              })}
            </p>
            {state === 'proposed' && mine && mayDecide && (
              <div className="acts">
                <button type="button" className="primary" disabled={busy} onClick={() => void decide(id, true)}>
                  {t('same')}
                </button>
                <button type="button" disabled={busy} onClick={() => void decide(id, false)}>
                  {t('notSame')}
                </button>
              </div>
            )}
            {state === 'proposed' && !mine && <small className="soft">{t('joinTheirs')}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where a receipt leads (凭回执找办件): somebody comes with the paper that another window gave. */
export function FindReceipt({ centreName }: { centreName: (code: string) => string }) {
  const { t, say } = useRunTexts();
  const [found, setFound] = useState<Found>();
  const { busy, problem, submit } = useSubmit((code: string) =>
    call<Found>(`/api/service-hall/receipts/${encodeURIComponent(code)}`),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('receipt') ?? '').trim();
    // People write the letters of a receipt as they like; a case code has capital ones, a receipt small ones.
    const code = /^r-/i.test(typed) ? `R-${typed.slice(2).toLowerCase()}` : typed.toUpperCase();
    setFound(await submit(code));
  };
  return (
    <section aria-labelledby="hall-receipt">
      <h2 id="hall-receipt">{t('receiptFind')}</h2>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('receiptCode')}
          <input
            name="receipt"
            pattern="[Rr]-[0-9A-Fa-f]{6}-[0-9]{3,6}|[0-9]{18}[0-9A-Za-z]"
            autoComplete="off"
            required
          />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('receiptAct')}
        </button>
      </form>
      <ul role="status">
        {found?.items.map((item) => (
          <li key={item.no}>
            {t('receiptLeads', { title: say(item.title), code: item.case })} {item.joined && t('receiptJoined')}
            <br />
            <small className="soft">{centreName(item.centre)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
