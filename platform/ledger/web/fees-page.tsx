import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useLedgerTexts, yuan } from './texts.ts';
import './ledger.css';

type Fees = Reply<'/api/ledger/fees'>;
type Order = Fees['orders'][number];
type Refund = Fees['refunds'][number];
type Difference = Fees['differences'][number];

/** Fees of the unit (收费与退费): what waits for a decision first, then differences, then the orders. */
export default function FeesPage() {
  const { t } = useLedgerTexts();
  const fees = useApi('fees', (signal) => call<Fees>('/api/ledger/fees', { signal }), { refreshMs: 30_000 });
  const { data } = fees;
  const waiting = data?.refunds.filter(({ state }) => state === 'requested') ?? [];
  const open = data?.differences.filter(({ state }) => state === 'open') ?? [];
  return (
    <div className="dc ledger-page" aria-busy={fees.loading}>
      <header className="dc-head">
        <h1>{t('fees')}</h1>
        <p className="soft">{t('feesLead')}</p>
      </header>
      {fees.problem && <RefusalPanel problem={fees.problem} onRetry={fees.reload} />}
      {data && (
        <>
          <section aria-labelledby="ledger-refunds">
            {waiting.length > 0 && <h2 id="ledger-refunds">{t('toDecide')}</h2>}
            {waiting.length === 0 && <EmptyState title={t('noneToDecide')} text={t('noneToDecideText')} />}
            {waiting.map((refund) => (
              <Decision key={refund.id} refund={refund} onDone={fees.reload} />
            ))}
          </section>
          <section aria-labelledby="ledger-differences">
            {open.length > 0 && <h2 id="ledger-differences">{t('differences')}</h2>}
            {open.length === 0 && <EmptyState title={t('noneOpen')} text={t('noneOpenText')} />}
            {open.map((difference) => (
              <Settlement key={difference.id} difference={difference} onDone={fees.reload} />
            ))}
          </section>
          <Orders orders={data.orders} onDone={fees.reload} />
          <Refunds refunds={data.refunds.filter(({ state }) => state !== 'requested')} />
        </>
      )}
    </div>
  );
}

const field = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** A refund that waits (待审批): never shown to decide on to whoever asked for it. */
function Decision({ refund, onDone }: { refund: Refund; onDone: () => void }) {
  const { t, language } = useLedgerTexts();
  const { busy, problem, submit } = useSubmit((body: { approve: boolean; note: string }, key) =>
    call(`/api/ledger/refunds/${refund.id}/decision`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const note = field(event.currentTarget, 'note');
    if ((await submit({ approve: button?.value === 'approve', note })) !== undefined) onDone();
  };
  const id = `note-${refund.id}`;
  return (
    <article className="ledger-card">
      <p>
        <b>{yuan(refund.amount)}</b> {refund.reason}
      </p>
      <p className="soft">
        {t('no')} {refund.orderNo} ·{' '}
        {t('askedBy', { name: refund.askedName, when: formatMoment(refund.askedAt, { language }) })}
      </p>
      {refund.mine && <p className="notice">{t('mine')}</p>}
      {refund.mayDecide && (
        <form onSubmit={(event) => void send(event)}>
          <label htmlFor={id}>{t('note')}</label>
          <input id={id} name="note" minLength={2} maxLength={200} required />
          {problem && <RefusalPanel problem={problem} />}
          <div className="acts">
            <button type="submit" value="approve" className="primary" disabled={busy}>
              {t('approve')}
            </button>
            <button type="submit" value="refuse" disabled={busy}>
              {t('refuse')}
            </button>
          </div>
        </form>
      )}
    </article>
  );
}

function Settlement({ difference, onDone }: { difference: Difference; onDone: () => void }) {
  const { t } = useLedgerTexts();
  const { busy, problem, submit } = useSubmit((body: { note: string }, key) =>
    call(`/api/ledger/differences/${difference.id}/settlement`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if ((await submit({ note: field(event.currentTarget, 'note') })) !== undefined) onDone();
  };
  const id = `settle-${difference.id}`;
  const sum = (fen: number | null) => (fen === null ? '—' : yuan(fen));
  return (
    <article className="ledger-card">
      <p>
        <b>{t(`kinds.${difference.kind as 'amount'}`)}</b> {t(`subjects.${difference.subject as 'payment'}`)} ·{' '}
        {t('sums', { ours: sum(difference.ours), theirs: sum(difference.theirs) })}
        {difference.booked && <span className="badge">{t('booked')}</span>}
      </p>
      <p className="soft ledger-number">
        {difference.day} · {difference.number}
      </p>
      <form onSubmit={(event) => void send(event)}>
        <label htmlFor={id}>{t('settleNote')}</label>
        <input id={id} name="note" minLength={2} maxLength={500} required />
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('settle')}
        </button>
      </form>
    </article>
  );
}

function Orders({ orders, onDone }: { orders: readonly Order[]; onDone: () => void }) {
  const { t, language } = useLedgerTexts();
  const [chosen, setChosen] = useState<string>();
  if (orders.length === 0) return <EmptyState title={t('noOrders')} text={t('noOrdersText')} />;
  return (
    <section aria-labelledby="ledger-orders">
      <h2 id="ledger-orders">{t('orders')}</h2>
      <div className="table is-stacked">
        <table aria-labelledby="ledger-orders">
          <thead>
            <tr>
              {(['no', 'item', 'created', 'state', 'amount'] as const).map((each) => (
                <th key={each}>{t(each)}</th>
              ))}
              <th aria-label={t('askRefund')} />
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => {
              const payment = order.payments.find(({ state, surplus }) => state === 'paid' && !surplus);
              const left = payment ? payment.amount - payment.refunding : 0;
              return (
                <tr key={order.id}>
                  <td data-label={t('no')}>{order.no}</td>
                  <td data-label={t('item')}>{order.title[language]}</td>
                  <td data-label={t('created')}>{formatMoment(order.createdAt, { language })}</td>
                  <td data-label={t('state')}>
                    {t(`states.${order.state}`)}
                    {order.refunded > 0 && ` · ${t('refunded')} ${yuan(order.refunded)}`}
                  </td>
                  <td data-label={t('amount')}>{yuan(order.total)}</td>
                  <td>
                    {payment && left > 0 && chosen !== order.id && (
                      <button type="button" onClick={() => setChosen(order.id)}>
                        {t('askRefund')}
                      </button>
                    )}
                    {payment && chosen === order.id && (
                      <AskRefund
                        payment={payment.id}
                        left={left}
                        onDone={() => {
                          setChosen(undefined);
                          onDone();
                        }}
                        onCancel={() => setChosen(undefined)}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function AskRefund(props: { payment: string; left: number; onDone: () => void; onCancel: () => void }) {
  const { t } = useLedgerTexts();
  const { busy, problem, submit } = useSubmit((body: { amount: number; reason: string }, key) =>
    call(`/api/ledger/payments/${props.payment}/refunds`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const amount = Math.round(Number(field(event.currentTarget, 'amount')) * 100);
    if ((await submit({ amount, reason: field(event.currentTarget, 'reason') })) !== undefined) props.onDone();
  };
  return (
    <form className="ledger-ask" onSubmit={(event) => void send(event)}>
      <label>
        {t('refundAmount')}
        <input name="amount" type="number" min="0.01" max={props.left / 100} step="0.01" required />
      </label>
      <small className="soft">{t('left', { amount: yuan(props.left) })}</small>
      <label>
        {t('reason')}
        <input name="reason" minLength={2} maxLength={200} required />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('send')}
        </button>
        <button type="button" onClick={props.onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function Refunds({ refunds }: { refunds: readonly Refund[] }) {
  const { t, language } = useLedgerTexts();
  if (refunds.length === 0) return null;
  return (
    <section aria-labelledby="ledger-done">
      <h2 id="ledger-done">{t('refunds')}</h2>
      <ul className="ledger-done">
        {refunds.map((refund) => (
          <li key={refund.id}>
            {t('refund', { amount: yuan(refund.amount), reason: refund.reason })} ·{' '}
            {t(`refundStates.${refund.state as 'refunded'}`)}
            <span className="soft">
              {' '}
              {t('no')} {refund.orderNo} · {formatMoment(refund.refundedAt ?? refund.askedAt, { language })}
              {refund.problem !== null && ` · ${refund.problem}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
