import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { ImpactView } from './impact-view.tsx';
import '#web/entrances/entrances.css';
import './organisation.css';
import { useOrganisationTexts } from './texts.ts';

type Orders = Reply<'/api/identity/orders'>;
type Order = Orders['orders'][number];
type One = Reply<'/api/identity/orders/{id}'>;

const REFRESH_MS = 15_000;

/** Transfer orders (调令): what waits for a decision, what was decided; one of them beside the list with what it will do. */
export default function OrdersPage() {
  const { t, language } = useOrganisationTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const open = search.get('id');
  const state = useApi('orders', (signal) => call<Orders>('/api/identity/orders', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const orders = state.data?.orders ?? [];
  return (
    <article className="org-page" aria-busy={state.loading}>
      <header>
        <h1>
          {t('orders')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('ordersLead')}</p>
        {me.kind === 'staffing-officer' && (
          <p>
            <Link className="primary" to="/gov/admin/orders/new">
              {t('draft')}
            </Link>
          </p>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && orders.length === 0 && <EmptyState title={t('noOrders')} text={t('noOrdersText')} />}
      {orders.length > 0 && (
        <div className="org-split">
          <ul className="org-list">
            {orders.map((order) => (
              <li key={order.id}>
                <div className="org-line">
                  <button
                    type="button"
                    className="link"
                    aria-pressed={order.id === open}
                    onClick={() => setSearch({ id: order.id })}
                  >
                    {t(`kinds.${order.kind}`)} · {order.about}
                  </button>
                  <span className="org-state" data-state={order.state}>
                    {t(`states.${order.state}`)}
                  </span>
                </div>
                <small>
                  {order.no} · {t('effective', { at: formatMoment(order.effectiveAt, { language }) })}
                </small>
              </li>
            ))}
          </ul>
          {open ? (
            <OrderDetail key={open} id={open} onChange={state.reload} />
          ) : (
            <p className="soft">{t('chooseText')}</p>
          )}
        </div>
      )}
    </article>
  );
}

function OrderDetail({ id, onChange }: { id: string; onChange: () => void }) {
  const { t, language } = useOrganisationTexts();
  const [note, setNote] = useState('');
  const state = useApi(`order ${id}`, (signal) => call<One>(`/api/identity/orders/${id}`, { signal }));
  const act = useSubmit(({ to, body }: { to: string; body?: unknown }, key) =>
    call(`/api/identity/orders/${id}/${to}`, { method: 'POST', body, headers: key }),
  );
  const send = async (to: string, body?: unknown) => {
    if (!(await act.submit({ to, body }))) return;
    state.reload();
    onChange();
  };
  const decide = (decision: 'approve' | 'refuse') => send('review', note ? { decision, note } : { decision });
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!state.data) return <p className="waiting">…</p>;
  const { order, impact, faults } = state.data;
  return (
    <section className="org-detail" aria-label={order.no}>
      <div className="org-line">
        <h2>
          {t(`kinds.${order.kind}`)} · {order.about}
        </h2>
        <span className="org-state" data-state={order.state}>
          {t(`states.${order.state}`)}
        </span>
      </div>
      <p>
        {order.no} · {order.reason}
      </p>
      <Steps order={order} />
      {order.failedWhy && <p className="org-faults">{order.failedWhy}</p>}
      {faults.length > 0 && (
        <ul className="org-faults">
          {faults.map((fault) => (
            <li key={fault.pointer}>{fault.message[language]}</li>
          ))}
        </ul>
      )}
      {impact && <ImpactView impact={impact} />}
      {act.problem && <RefusalPanel problem={act.problem} />}
      {order.mayReview && (
        <>
          <div className="field">
            <label htmlFor="order-note">{t('note')}</label>
            <input id="order-note" value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </div>
          <div className="org-acts">
            <button type="button" className="primary" disabled={act.busy} onClick={() => void decide('approve')}>
              {t('approve')}
            </button>
            <button type="button" disabled={act.busy} onClick={() => void decide('refuse')}>
              {t('refuse')}
            </button>
          </div>
        </>
      )}
      {order.mayWithdraw && (
        <div className="org-acts">
          <button type="button" disabled={act.busy} onClick={() => void send('withdraw')}>
            {t('withdraw')}
          </button>
        </div>
      )}
    </section>
  );
}

/** Who did what when, in the order in which it happened. */
function Steps({ order }: { order: Order }) {
  const { t, language } = useOrganisationTexts();
  const moment = (at: string) => formatMoment(at, { language });
  return (
    <ul className="soft">
      <li>{t('drafted', { name: order.draftedBy, at: moment(order.draftedAt) })}</li>
      {order.reviewedAt && (
        <li>
          {t('reviewed', { name: order.reviewedBy, at: moment(order.reviewedAt) })}
          {order.reviewNote && `：${order.reviewNote}`}
        </li>
      )}
      <li>{t('effective', { at: moment(order.effectiveAt) })}</li>
      {order.appliedAt && <li>{t('appliedAt', { at: moment(order.appliedAt) })}</li>}
    </ul>
  );
}
