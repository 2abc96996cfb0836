import { Link, useLocation } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { lastDay, StateBadge } from './case-parts.tsx';
import { useCaseTexts } from './case-texts.ts';

type List = Reply<'/api/service/own-cases'>;

/** My cases (我的办件): what waits for me first. */
export default function OwnCasesPage() {
  const { t, language } = useCaseTexts();
  const { pathname } = useLocation();
  const list = useApi('own cases', (signal) => call<List>('/api/service/own-cases', { signal }));
  const cases = list.data?.cases ?? [];
  return (
    <div className="own-case">
      <h1>
        {t('mine.title')} {cases.some(({ sample }) => sample) && <SampleBadge />}
      </h1>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && cases.length === 0 && <EmptyState title={t('mine.none')} text={t('mine.noneText')} />}
      <ul className="own-list">
        {cases.map((each) => (
          <li key={each.code}>
            <Link to={`${pathname.replace(/\/$/, '')}/${each.code}`}>
              <b>{each.title[language]}</b>
              <span>
                <StateBadge state={each.state} />{' '}
                {each.items > 1 && (
                  <span className="soft">{t('mine.done', { done: each.done, items: each.items })}</span>
                )}
              </span>
              <Waits waits={each.waits} />
              <span className="soft">
                {t('mine.begun', { when: formatMoment(each.receivedAt, { language, time: false }) })}
                {each.closedAt === null &&
                  each.promisedAt &&
                  ` · ${t('promised', { when: lastDay(each.promisedAt, language) })}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What waits for the applicant, in a word. */
function Waits({ waits }: { waits: List['cases'][number]['waits'] }) {
  const { t } = useCaseTexts();
  switch (waits) {
    case 'correct':
      return <span className="needs">{t('mine.needsYou')}</span>;
    case 'pay':
      return <span className="needs">{t('mine.payHome')}</span>;
    case 'rate':
      return <span className="soft">{t('mine.ratable')}</span>;
    case 'rate-again':
      return <span className="soft">{t('mine.again')}</span>;
    case null:
      return null;
  }
}
