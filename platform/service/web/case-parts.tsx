import { Link } from 'react-router';
import { useUnitName } from '#web/design/units.tsx';
import { formatMoment } from '#web/design/format.ts';
import type { Reply } from '#web/client/reply.ts';
import { type CaseStateText, type EventText, useCaseTexts } from './case-texts.ts';
import './cases.css';

export type CaseView = Reply<'/api/service/cases/{code}'>;
export type CaseItem = CaseView['items'][number];
type Event = CaseView['timeline'][number];

/** State (状态) in a word and, where there is one, the outcome. */
export function StateBadge({ state, outcome }: { state: string; outcome?: string | null }) {
  const { t } = useCaseTexts();
  const tone = outcome === 'granted' ? 'done' : state === 'correction' ? 'soon' : 'plain';
  return (
    <span className={`badge case-badge-${tone}`}>
      {t(`state.${state as CaseStateText}`)}
      {outcome && ` · ${t(`outcome.${outcome as 'granted'}`)}`}
    </span>
  );
}

/** The one timeline (一站反馈): what happened, newest first, in plain words, each with what was told. */
export function Timeline({
  events,
  parts,
  payAt,
}: {
  events: readonly Event[];
  parts: CaseView['parts'];
  /** Where the order of a fee is paid, while it can be. */
  payAt?: (order: string) => string | undefined;
}) {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  return (
    <ol className="timeline case-timeline">
      {[...events].reverse().map((event) => (
        <li key={event.seq}>
          <time dateTime={event.at}>{formatMoment(event.at, { language })}</time>
          <div>
            <b>{t(`event.${event.kind as EventText}`)}</b>
            {event.no !== null && parts.length > 1 && (
              <small className="soft">{parts.find(({ no }) => no === event.no)?.title[language]}</small>
            )}
            {event.text && <p>{event.text}</p>}
            {event.kind === 'fee' && event.order && payAt?.(event.order) && (
              <Link to={payAt(event.order) ?? ''}>{t('mine.payNow')}</Link>
            )}
            {event.items?.map((item) => (
              <section key={item.no} className="case-defects">
                <small className="soft">
                  {item.title[language]} · {unitName(item.unit)}
                </small>
                <ul>
                  {item.defects.map(({ what, how }) => (
                    <li key={what}>
                      <b>{what}</b> {how}
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            {(event.byName ?? event.unit) && (
              <span>
                {event.unit && unitName(event.unit)} {event.byName}
              </span>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** All items of a case with their state (全部事项). */
export function Parts({ parts }: { parts: CaseView['parts'] }) {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  return (
    <ol className="case-items">
      {parts.map((part) => (
        <li key={part.no}>
          <b>{part.title[language]}</b>
          <span className="soft">{unitName(part.unit)}</span>
          <StateBadge state={part.state} outcome={part.outcome} />
          {part.waits && <span className="soft">{t('waits')}</span>}
          {part.plannedEnd && part.outcome === null && (
            <span className="soft">{t('by', { when: lastDay(part.plannedEnd, language) })}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The end of a time is 24:00: people know it as the day before. */
export const lastDay = (moment: string | null, language: 'zh' | 'en'): string =>
  moment === null ? '' : formatMoment(Date.parse(moment) - 1, { language, time: false });

/** Fen, as people write an amount. */
export const yuan = (fen: string): string => `¥${(Number(fen) / 100).toFixed(2)}`;
