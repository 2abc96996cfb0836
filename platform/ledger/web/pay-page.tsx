import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatExact, formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { QrCode } from '#web/entrances/account/qr-code.tsx';
import { useLedgerTexts, yuan } from './texts.ts';
import './ledger.css';

type Order = Reply<'/api/ledger/orders/{id}'>;
type Payment = Order['payments'][number];

/** How often the page asks while something is under way. */
const ASK_MS = 2_000;

/** Paying an order (缴费): what for and on what basis, a code to scan, how it stands by itself, the receipt. */
export default function PayPage() {
  const { id = '' } = useParams();
  const { t, language } = useLedgerTexts();
  const unitName = useUnitName();
  const [live, setLive] = useState(true);
  const order = useApi(
    `order ${id}`,
    (signal) => call<Order>(`/api/ledger/orders/${encodeURIComponent(id)}`, { signal }),
    { refreshMs: live ? ASK_MS : undefined },
  );
  const { data } = order;
  useEffect(() => setLive(data === undefined || underWay(data)), [data]);
  if (order.problem && !data) return <RefusalPanel problem={order.problem} onRetry={order.reload} />;
  if (!data) return <div className="dc ledger-page" aria-busy="true" />;
  return (
    <div className="dc ledger-page">
      <header className="dc-head">
        <h1>
          {data.title[language]} {data.sample && <SampleBadge />}
        </h1>
        <p className="soft">
          {t('to', { unit: unitName(data.unit) })} · {t('no')} {data.no}
        </p>
      </header>
      <p className="ledger-total">
        <span>{t('total')}</span> <b>{yuan(data.total)}</b>
        <span className="badge" role="status">
          {t(`states.${data.state}`)}
        </span>
      </p>
      <Lines lines={data.lines} />
      {data.state === 'open' && <Pay order={data} onChange={order.reload} />}
      {data.state === 'cancelled' && <p className="notice">{t('cancelledText')}</p>}
      {data.state === 'expired' && <p className="notice">{t('expiredText')}</p>}
      {data.payments
        .filter(({ surplus }) => surplus)
        .map((payment) => (
          <p className="notice" key={payment.id}>
            {t(payment.refunded === payment.amount ? 'surplusDone' : 'surplus', { amount: yuan(payment.amount) })}
          </p>
        ))}
      {data.state === 'paid' && <Receipt order={data} />}
    </div>
  );
}

/** Whether something may change without the reader: a payment or a refund that the provider works on. */
function underWay({ state, refunds }: Order): boolean {
  return state === 'open' || refunds.some((refund) => refund.state === 'approved');
}

function Lines({ lines }: { lines: Order['lines'] }) {
  const { t, language } = useLedgerTexts();
  return (
    <div className="table is-stacked">
      <table aria-label={t('lines')}>
        <thead>
          <tr>
            <th>{t('item')}</th>
            <th>{t('basis')}</th>
            <th className="is-number">{t('amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.item} ${line.title.zh}`}>
              <td data-label={t('item')}>{line.title[language]}</td>
              <td data-label={t('basis')}>{line.basis}</td>
              <td data-label={t('amount')} className="is-number">
                {yuan(line.amount)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pay({ order, onChange }: { order: Order; onChange: () => void }) {
  const { t, language } = useLedgerTexts();
  const { busy, problem, submit } = useSubmit((body: { channel: string }, key) =>
    call(`/api/ledger/orders/${order.id}/payments`, { method: 'POST', body, headers: key }),
  );
  const live = order.payments.findLast(({ state }) => state === 'asking' || state === 'ready');
  const refused = !live && order.payments.at(-1)?.state === 'refused';
  const begin = async (channel: string) => {
    if ((await submit({ channel })) !== undefined) onChange();
  };
  return (
    <section className="ledger-pay">
      <p className="soft">{t('until', { when: formatMoment(order.expiresAt, { language }) })}</p>
      {order.channels.length === 0 && <p className="notice">{t('none')}</p>}
      {refused && <p className="notice">{t('refusedTry')}</p>}
      {problem && <RefusalPanel problem={problem} />}
      {live ? (
        <Code payment={live} order={order} />
      ) : (
        <div className="acts">
          {order.channels.map(({ id, title }) => (
            <button type="button" className="primary" key={id} disabled={busy} onClick={() => void begin(id)}>
              {t('payWith', { channel: title[language] })}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

function Code({ payment, order }: { payment: Payment; order: Order }) {
  const { t, language } = useLedgerTexts();
  const channel = order.channels.find(({ id }) => id === payment.channel)?.title[language] ?? payment.channel;
  if (payment.codeUrl === null) return <p aria-busy="true">{t('asking')}</p>;
  const page = /^https?:/.test(payment.codeUrl) ? payment.codeUrl : undefined;
  return (
    <>
      <p>{t('scan', { channel })}</p>
      <QrCode text={payment.codeUrl} label={t('code')} />
      {order.sample && page && (
        <p>
          <a href={page} target="_blank" rel="noreferrer">
            {t('cashier')}
          </a>{' '}
          <SampleBadge />
        </p>
      )}
      <p className="soft">{t('waiting')}</p>
    </>
  );
}

function Receipt({ order }: { order: Order }) {
  const { t, language } = useLedgerTexts();
  const unitName = useUnitName();
  const payment = order.payments.find(({ state, surplus }) => state === 'paid' && !surplus);
  const refunds = order.refunds.filter(({ kind }) => kind === 'asked');
  return (
    <section className="ledger-receipt" aria-label={t('receipt')}>
      <h2>{t('receipt')}</h2>
      <dl className="facts">
        <dt>{t('no')}</dt>
        <dd>{order.no}</dd>
        <dt>{t('amount')}</dt>
        <dd>{yuan(order.total)}</dd>
        <dt>{t('paidAt')}</dt>
        <dd>{order.paidAt === null ? '—' : formatExact(order.paidAt)}</dd>
        <dt>{t('transaction')}</dt>
        <dd>{payment?.transaction ?? '—'}</dd>
        <dt>{t('chargedBy')}</dt>
        <dd>{unitName(order.unit)}</dd>
        {order.refunded > 0 && (
          <>
            <dt>{t('refunded')}</dt>
            <dd>{yuan(order.refunded)}</dd>
          </>
        )}
      </dl>
      {refunds.map((refund) => (
        <p key={refund.id}>
          {t('refund', { amount: yuan(refund.amount), reason: refund.reason })} ·{' '}
          {t(`refundStates.${refund.state as 'refunded'}`)}
          {refund.refundedAt !== null && ` ${formatMoment(refund.refundedAt, { language })}`}
        </p>
      ))}
      <p className="soft">{t('receiptNote')}</p>
      <button type="button" className="ledger-print" onClick={() => globalThis.print()}>
        {t('print')}
      </button>
    </section>
  );
}
