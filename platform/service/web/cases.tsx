import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { StateBadge } from './case-parts.tsx';
import { useCaseTexts } from './case-texts.ts';

type List = Reply<'/api/service/cases'>;
const VIEWS = ['open', 'approve', 'waiting', 'check', 'closed'] as const;

/** Cases of the unit (办件列表), by due time; nobody's name. */
export default function CasesPage() {
  const { t, language } = useCaseTexts();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((each) => each === search.get('view')) ?? 'open';
  const list = useApi(`cases ${view}`, (signal) => call<List>(`/api/service/cases?view=${view}`, { signal }));
  const { cases = [], counts } = list.data ?? {};
  return (
    <div className="cases">
      <header className="dc-head">
        <h1>
          {t('list')} {cases.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('listLead')}</p>
      </header>
      <div className="acts" role="group" aria-label={t('list')}>
        {VIEWS.map((each) => (
          <button type="button" key={each} aria-pressed={each === view} onClick={() => setSearch({ view: each })}>
            {t(`views.${each}`)}
            {counts && each !== 'closed' && ` ${counts[each]}`}
          </button>
        ))}
      </div>
      {counts && counts.overdue > 0 && <p className="notice">{t('overdue', { n: counts.overdue })}</p>}
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && cases.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      <ul className="case-list">
        {cases.map((each) => (
          <li key={`${each.code} ${each.no}`}>
            <Link to={`/gov/cases/${each.code}`}>
              <div>
                <b>{each.title[language]}</b>
                <span className="soft case-code">{each.code}</span>
                {each.parts > 1 && <small className="soft">{t('of', { n: each.parts, no: each.no })}</small>}
              </div>
              <div>
                <StateBadge state={each.state} outcome={each.outcome} />
                <span className="soft">{t(`todo.${each.next as 'accept'}`, { defaultValue: '' })}</span>
              </div>
              <div>
                {each.clock ? (
                  <Clock clock={each.clock} />
                ) : (
                  <span className="soft">{t('received', { when: formatMoment(each.receivedAt, { language }) })}</span>
                )}
                {each.handlerName && <small className="soft">{each.handlerName}</small>}
              </div>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
