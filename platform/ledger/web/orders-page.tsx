import { Link, useLocation } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useLedgerTexts, yuan } from './texts.ts';
import './ledger.css';

type Orders = Reply<'/api/ledger/orders'>;

/** The payer's own orders (我的缴费): what is to be paid first. */
export default function OrdersPage() {
  const { t, language } = useLedgerTexts();
  const { pathname } = useLocation();
  const list = useApi('orders', (signal) => call<Orders>('/api/ledger/orders', { signal }));
  const orders = list.data?.orders.toSorted((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
  return (
    <div className="dc ledger-page" aria-busy={list.loading}>
      <header className="dc-head">
        <h1>{t('mineTitle')}</h1>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {orders?.length === 0 && <EmptyState title={t('noMine')} text={t('noMineText')} />}
      <ul className="ledger-orders">
        {orders?.map((order) => (
          <li key={order.id}>
            <Link to={`${pathname.replace(/\/$/, '')}/${order.id}`}>{order.title[language]}</Link>
            <b>{yuan(order.total)}</b>
            <span className="badge">{t(`states.${order.state}`)}</span>
            <span className="soft">
              {order.state === 'open'
                ? t('until', { when: formatMoment(order.expiresAt, { language }) })
                : formatMoment(order.paidAt ?? order.createdAt, { language })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
