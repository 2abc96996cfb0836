import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { DraftForm } from './draft-form.tsx';
import { ExerciseMark, State, Views } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

const LOOK_MS = 3_000;

/** Orders of the district (指令): urgent ones first, with every unit's state. */
export default function OrdersPage() {
  const { t, language } = useOpsTexts();
  const unitName = useUnitName();
  const [view, setView] = useState<'open' | 'ended'>('open');
  const list = useApi(
    `ops orders ${view}`,
    (signal) => call<Reply<'/api/ops/orders'>>(`/api/ops/orders?view=${view}`, { signal }),
    { refreshMs: LOOK_MS },
  );
  const counts = list.data?.counts;
  return (
    <div className="ops-page">
      <header>
        <h1>{t('orders')}</h1>
        <p className="soft">{t('ordersLead')}</p>
      </header>
      <div className="ops-row">
        <Views view={view} onChange={setView} />
        {counts && counts.waiting > 0 && <span className="badge">{t('waiting', { n: counts.waiting })}</span>}
        {counts && counts.late > 0 && <span className="badge ops-late">{t('late', { n: counts.late })}</span>}
      </div>
      <details>
        <summary>{t('draft')}</summary>
        <DraftForm onDone={list.reload} />
      </details>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.orders.length === 0 && <EmptyState title={t('noOrders')} text={t('noOrdersText')} />}
      <ul className="ops-list">
        {list.data?.orders.map((order) => (
          <li key={order.id}>
            <Link className="ops-card" to={`/ops/orders/${order.id}`}>
              <div className="ops-row">
                {order.urgent && <span className="badge ops-mark">{t('urgentBadge')}</span>}
                <b>{order.title}</b>
                {order.exercise && <ExerciseMark />}
                {order.sample && <SampleBadge />}
                <State state={order.state} />
              </div>
              <span className="soft">
                {order.no} · {t('dueBy', { at: formatMoment(order.dueAt, { language }) })}
              </span>
              <span className="ops-row">
                {order.lines.map((line) => (
                  <span key={line.unit}>
                    {unitName(line.unit)} <State state={line.state} />
                  </span>
                ))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
