import { Link } from 'react-router';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { StateBadge, useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { useReportTexts } from './report-texts.ts';

export type NearCase = Reply<'/api/incident/near'>['cases'][number];
export type Joined = Reply<'/api/incident/near/{no}/join', 'post', 201>;

/** Known problems near a pin, each to be followed at one touch (就是这件，我要关注). */
export function NearList({
  cases,
  more,
  onJoined,
  onKept,
}: {
  cases: readonly NearCase[];
  /** Of a report that was begun: its id and photos go along. */
  more: () => { clientId: string; files?: string[] };
  onJoined: (joined: Joined) => void;
  /** Where photos are not out yet: it goes by the outbox. */
  onKept?: (no: string) => Promise<void>;
}) {
  const { t, language } = useGridTexts();
  const r = useReportTexts();
  const classes = useClasses();
  const { busy, problem, submit } = useSubmit((no: string, key) =>
    call<Joined>(`/api/incident/near/${no}/join`, { method: 'POST', body: more(), headers: key }),
  );
  const join = async (no: string) => {
    if (onKept) return onKept(no);
    const joined = await submit(no);
    if (joined) onJoined(joined);
  };
  return (
    <>
      {problem && <RefusalPanel problem={problem} />}
      <ul className="grid-twins">
        {cases.map((each) => (
          <li key={each.no}>
            <b>{each.text ?? classes.get(each.class)?.name[language] ?? each.no}</b>
            <span>
              <StateBadge state={each.state} />{' '}
              <span className="soft">{classes.get(each.class)?.name[language] ?? ''}</span>
            </span>
            <span className="soft">
              {r('away', { metres: each.metres })} · {t('reports', { count: each.reports, n: each.reports })}
            </span>
            <button type="button" disabled={busy} onClick={() => void join(each.no)}>
              {r('same')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a follower reads once it is done. */
export function JoinedNote({ joined }: { joined: Joined }) {
  const { t } = useGridTexts();
  const r = useReportTexts();
  return (
    <div className="grid-own">
      <h1 role="status">{r(joined.fresh ? 'joined' : 'joinedAlready', { no: joined.no })}</h1>
      <p>{r('joinedText')}</p>
      <p>
        <Link className="button primary grid-go" to={`/citizen/reports/${joined.id}`}>
          {t('follow')}
        </Link>
      </p>
    </div>
  );
}
