import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useInspectionTexts } from './texts.ts';
import './inspection.css';

const LOOK_MS = 10_000;

/** Inspections of the unit and the orders that are open (监督检查). */
export default function InspectionsPage() {
  const { t, language } = useInspectionTexts();
  const list = useApi(
    'inspections',
    (signal) => call<Reply<'/api/inspection/tasks'>>('/api/inspection/tasks', { signal }),
    {
      refreshMs: LOOK_MS,
    },
  );
  return (
    <div className="inspect" aria-busy={list.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.tasks.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      <ul className="inspect-list">
        {list.data?.tasks.map((task) => (
          <li key={task.id} data-state={task.state}>
            <h3>
              <Link to={`/gov/inspections/${task.id}`}>
                {task.targetName} · {task.title[language]}
              </Link>
            </h3>
            <p className="soft">
              <b>{t(`state.${task.state as 'open'}`)}</b>
              <span>{t('due', { day: task.dueOn })}</span>
              <span>{task.number}</span>
              {task.findings > 0 && <span>{t('findings', { n: task.findings })}</span>}
            </p>
          </li>
        ))}
      </ul>
      <section>
        <h2>{t('orders')}</h2>
        {list.data?.orders.length === 0 && <p className="soft">{t('noOrders')}</p>}
        <ul className="inspect-list">
          {list.data?.orders.map((order) => (
            <li key={order.id} data-overdue={order.overdue}>
              <h3>
                <Link to={`/gov/inspections/${order.task}`}>
                  {order.targetName} · {order.number}
                </Link>
              </h3>
              <p className="soft">
                <b>{order.overdue ? t('overdue') : t(`ostate.${order.state as 'issued'}`)}</b>
                <Clock clock={order.clock} />
              </p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
