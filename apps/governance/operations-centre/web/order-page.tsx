import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { Act, ExerciseMark, OrderLine, State, Story } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

const LOOK_MS = 3_000;

/** One order (指令): what may be done next, every unit's line, and the timeline. */
export default function OrderPage() {
  const { t, language } = useOpsTexts();
  const { id = '' } = useParams();
  const state = useApi(
    `ops order ${id}`,
    (signal) => call<Reply<'/api/ops/orders/{id}'>>(`/api/ops/orders/${id}`, { signal }),
    { refreshMs: LOOK_MS },
  );
  const found = state.data;
  return (
    <div className="ops-page">
      <header>
        <p>
          <Link to="/ops/orders">{t('back')}</Link>
        </p>
        <h1>
          {found?.title ?? t('orders')} {found?.exercise && <ExerciseMark />}
        </h1>
        {found && (
          <p className="ops-row">
            {found.urgent && <span className="badge ops-mark">{t('urgentBadge')}</span>}
            <State state={found.state} />
            {found.sample && <SampleBadge />}
            <span className="soft">
              {found.no} · {t('dueBy', { at: formatMoment(found.dueAt, { language }) })}
            </span>
          </p>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="ops-split">
          <div>
            <p>{found.demand}</p>
            {found.incident && (
              <p>
                <Link to={`/ops/incidents/${found.incident}`}>{t('ofIncident')}</Link>
              </p>
            )}
            <div className="ops-row">
              {found.acts.map((act) => (
                <Act
                  key={act}
                  url={`/api/ops/orders/${id}/${act}`}
                  text={t(`acts.${act as 'issue'}`)}
                  primary={act === 'issue'}
                  onDone={state.reload}
                />
              ))}
            </div>
            <ul className="ops-list" aria-label={t('units')}>
              {found.lines.map((line) => (
                <OrderLine key={line.unit} order={found.id} line={line} onDone={state.reload} />
              ))}
            </ul>
          </div>
          <aside>
            <section aria-label={t('timeline')}>
              <h2>{t('timeline')}</h2>
              <Story entries={found.timeline.map((entry) => ({ ...entry, kind: `order.${entry.what}` }))} />
            </section>
          </aside>
        </div>
      )}
    </div>
  );
}
