import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { Act, OneLine } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';
import { RosterPart } from './roster-part.tsx';

const LOOK_MS = 10_000;

/** The shift (值班): who is on duty, what is to be handed over, the log. */
export default function ShiftPage() {
  const { t, language } = useOpsTexts();
  const { me } = useSession();
  const board = useApi('ops shift', (signal) => call<Reply<'/api/ops/shift'>>('/api/ops/shift', { signal }), {
    refreshMs: LOOK_MS,
  });
  const told = useApi('ops told', (signal) => call<Reply<'/api/ops/shift/told'>>('/api/ops/shift/told', { signal }));
  const { data } = board;
  const at = (moment: string) => formatMoment(moment, { language });
  const keeps = me.kind === 'duty-officer' && data?.now;
  return (
    <div className="ops-page">
      <header>
        <h1>{t('shift')}</h1>
        <p className="soft">{t('shiftLead')}</p>
      </header>
      {board.problem && <RefusalPanel problem={board.problem} onRetry={board.reload} />}
      {data && (
        <div className="ops-split">
          <div>
            <section className="ops-card" aria-label={t('onDuty')}>
              <h2>{t('onDuty')}</h2>
              {data.now ? (
                <p>
                  {t('leader')} <b>{data.now.leaderName}</b> · {at(data.now.fromAt)} – {at(data.now.toAt)}{' '}
                  {data.now.sample && <SampleBadge />}
                </p>
              ) : (
                <p className="soft">{t('nobody')}</p>
              )}
              {told.data && (
                <p className={told.data.rostered ? 'soft' : 'notice'}>
                  {t(told.data.rostered ? 'toldNow' : 'toldAll', { names: told.data.names.join('、') })}
                </p>
              )}
              {data.now?.takenAt && (
                <p className="soft">{t('takenBy', { name: data.now.takenName, at: at(data.now.takenAt) })}</p>
              )}
              {data.now?.givenAt && <p className="notice">{t('given')}</p>}
              {keeps && (
                <div className="ops-row">
                  {data.now?.givenAt ? (
                    <Act url="/api/ops/shift/take" text={t('take')} primary onDone={board.reload} />
                  ) : (
                    <Act url="/api/ops/shift/give" text={t('give')} onDone={board.reload} />
                  )}
                </div>
              )}
            </section>
            <section aria-label={t('items')}>
              <h2>{t('items')}</h2>
              {data.items.length === 0 && <p className="soft">{t('noItems')}</p>}
              <ul className="ops-list">
                {data.items.map((item) => (
                  <li key={item.id} className="ops-card">
                    <b>{item.text}</b>
                    <small className="soft">
                      {item.madeName} · {at(item.madeAt)}
                    </small>
                    {keeps && (
                      <OneLine
                        url={`/api/ops/shift/items/${item.id}/done`}
                        field="note"
                        label={t('doneNote')}
                        button={t('done')}
                        onDone={board.reload}
                      />
                    )}
                  </li>
                ))}
              </ul>
              {keeps && (
                <OneLine
                  url="/api/ops/shift/items"
                  field="text"
                  label={t('itemText')}
                  button={t('addItem')}
                  onDone={board.reload}
                />
              )}
            </section>
            <RosterPart
              roster={data.roster}
              keeps={me.kind === 'duty-officer'}
              onDone={() => {
                board.reload();
                told.reload();
              }}
            />
          </div>
          <aside>
            <section aria-label={t('log')}>
              <h2>{t('log')}</h2>
              {keeps && (
                <OneLine
                  url="/api/ops/shift/notes"
                  field="text"
                  label={t('noteText')}
                  button={t('addNote')}
                  onDone={board.reload}
                />
              )}
              <ol className="ops-timeline">
                {data.log.map((entry, i) => (
                  <li key={`${entry.at} ${i}`}>
                    <time dateTime={entry.at}>{at(entry.at)}</time>
                    <div>
                      <b>{t(`logs.${entry.what as 'note'}`)}</b>
                      <p>{entry.text}</p>
                      <small className="soft">{entry.byName}</small>
                    </div>
                  </li>
                ))}
              </ol>
            </section>
          </aside>
        </div>
      )}
    </div>
  );
}
