import '../../web/grid.css';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { AsideList } from './aside-list.tsx';
import { useHotlineTexts } from './hotline-texts.ts';
import { dueWords, OrderPanel, toneOf } from './order-panel.tsx';

type List = Reply<'/api/grid/hotline/orders'>;
type Order = List['orders'][number];
const SHOWS = ['open', 'finished', 'all'] as const;

/** Orders of the city's hotline (市热线工单): the city's clock first, what is known here and there, one order beside; on top how the connection is. */
export default function HotlinePage() {
  const { t } = useHotlineTexts();
  const [search, setSearch] = useSearchParams();
  const show = SHOWS.find((each) => each === search.get('show')) ?? 'open';
  const chosen = search.get('order');
  const list = useApi(`hotline ${show}`, (signal) => call<List>(`/api/grid/hotline/orders?show=${show}`, { signal }));
  const side = useRef<HTMLDivElement>(null);
  // On a phone the order lies below the list.
  useEffect(() => {
    if (chosen !== null && matchMedia('(max-width:900px)').matches) side.current?.scrollIntoView();
  }, [chosen]);
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    if (name === 'show') next.delete('order');
    setSearch(next);
  };
  const orders = list.data?.orders ?? [];
  const counts = list.data?.counts;
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('title')} {orders.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {list.data && <Health health={list.data.health} onDone={list.reload} />}
      {list.data && <AsideList aside={list.data.aside} onDone={list.reload} />}
      <div className="grid-filters" role="group" aria-label={t('title')}>
        {SHOWS.map((each) => (
          <button type="button" key={each} aria-pressed={each === show} onClick={() => change('show', each)}>
            {t(`show.${each}`)} {counts && each !== 'all' && counts[each]}
          </button>
        ))}
        {counts !== undefined && counts.late > 0 && (
          <span className="clock clock-now">
            <span>{t('late', { n: counts.late })}</span>
          </span>
        )}
      </div>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && orders.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {orders.length > 0 && (
        <div className="grid-split">
          <ul className="grid-twins">
            {orders.map((order) => (
              <OrderLine
                key={order.id}
                order={order}
                chosen={order.no === chosen}
                onChoose={() => change('order', order.no)}
              />
            ))}
          </ul>
          <div className="grid-side" ref={side}>
            {chosen === null ? (
              <p className="soft">{t('choose')}</p>
            ) : (
              <OrderPanel key={chosen} no={chosen} onDone={list.reload} />
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function OrderLine({ order, chosen, onChoose }: { order: Order; chosen: boolean; onChoose: () => void }) {
  const { t, language } = useHotlineTexts();
  return (
    <li data-chosen={chosen}>
      <button type="button" className="link" aria-pressed={chosen} onClick={onChoose}>
        {order.title}
      </button>
      <span>
        <span className="badge">{t(`kinds.${order.kind as 'help'}`)}</span>{' '}
        <span className="badge">{t(`states.${order.state as 'filed'}`)}</span>{' '}
        {order.confidential && <span className="badge">{t('confidential')}</span>}
      </span>
      <span className={`clock ${toneOf(order)}`}>
        <span>{dueWords(order, t, language)}</span>
      </span>
      <span>
        {order.confirmed ? t('told', { status: t(`statuses.${order.confirmed as 'closed'}`) }) : t('toldNothing')}
        {order.waiting > 0 && ` · ${t('behind', { n: order.waiting })}`}
      </span>
      <span className="soft">
        <span className="grid-no">{order.no}</span> · {formatMoment(order.receivedAt, { language })}
        {order.callerName && ` · ${order.callerName}`}
        {order.callerPhone && ` ${order.callerPhone}`}
      </span>
    </li>
  );
}

/** How the connection is (接口状态): a broken city is seen here, and a person has it tried again. */
function Health({ health, onDone }: { health: List['health']; onDone: () => void }) {
  const { t, language } = useHotlineTexts();
  const [retried, setRetried] = useState<number | null>(null);
  const { busy, problem, submit } = useSubmit((_: null, key) =>
    call<{ waiting: number }>('/api/grid/hotline/retry', { method: 'POST', headers: key }),
  );
  const when = (at: string | null) => (at === null ? t('never') : formatMoment(at, { language }));
  return (
    <section aria-label={t('health')}>
      <h2>{t('health')}</h2>
      <dl className="grid-facts">
        <div>
          <dt>{t('lastTaken')}</dt>
          <dd>{when(health.lastTaken)}</dd>
        </div>
        <div>
          <dt>{t('lastSent')}</dt>
          <dd>{when(health.lastSent)}</dd>
        </div>
        <div>
          <dt>{t('waiting')}</dt>
          <dd>{health.waiting === 0 ? t('noWaits') : t('waits', { n: health.waiting, when: when(health.since) })}</dd>
        </div>
        {health.error && (
          <div>
            <dt>{t('error')}</dt>
            <dd>
              {health.error[language]}
              {health.nextTry && ` · ${t('nextTry', { when: when(health.nextTry) })}`}
            </dd>
          </div>
        )}
      </dl>
      {problem && <RefusalPanel problem={problem} />}
      {health.waiting > 0 && (
        <span className="grid-acts">
          <button
            type="button"
            disabled={busy}
            onClick={() =>
              void submit(null).then((done) => {
                if (done === undefined) return;
                setRetried(done.waiting);
                onDone();
              })
            }
          >
            {t('retry')}
          </button>
        </span>
      )}
      {retried !== null && <p role="status">{t('retried', { n: retried })}</p>}
    </section>
  );
}
