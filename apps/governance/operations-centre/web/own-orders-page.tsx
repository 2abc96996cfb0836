import { useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ExerciseMark, OrderLine, Views } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

const LOOK_MS = 3_000;

/** Orders to the own unit (本单位指令), for liaisons: receive with one tap, report in place. */
export default function OwnOrdersPage() {
  const { t, language } = useOpsTexts();
  const [view, setView] = useState<'open' | 'ended'>('open');
  const list = useApi(
    `own orders ${view}`,
    (signal) => call<Reply<'/api/ops/orders'>>(`/api/ops/orders?view=${view}`, { signal }),
    { refreshMs: LOOK_MS },
  );
  return (
    <div className="ops-page">
      <header>
        <h1>{t('own')}</h1>
        <p className="soft">{t('ownLead')}</p>
      </header>
      <Views view={view} onChange={setView} />
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.orders.length === 0 && <EmptyState title={t('noOrders')} text={t('noOrdersText')} />}
      <ul className="ops-list">
        {list.data?.orders.map((order) => (
          <li key={order.id}>
            <article className="ops-card">
              <div className="ops-row">
                {order.urgent && <span className="badge ops-mark">{t('urgentBadge')}</span>}
                <h2>{order.title}</h2>
                {order.exercise && <ExerciseMark />}
                {order.sample && <SampleBadge />}
              </div>
              <p>{order.demand}</p>
              <p className="soft">
                {order.no} · {order.issuedName} · {t('dueBy', { at: formatMoment(order.dueAt, { language }) })}
              </p>
              <ul className="ops-list">
                {order.lines.map((line) => (
                  <OrderLine key={line.unit} order={order.id} line={line} onDone={list.reload} />
                ))}
              </ul>
            </article>
          </li>
        ))}
      </ul>
    </div>
  );
}
