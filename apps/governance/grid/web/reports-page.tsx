import { useEffect } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { OutboxList, useKeptPages, useOutbox } from '#web/offline/index.ts';
import { StateBadge, useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { OwnWaiting } from './own-waiting.tsx';

const load = () => Promise.all([import('./report-page.tsx'), import('#web/design/map-view.tsx')]);
const FACTS = ['/api/incident/classes', '/api/incident/own-reports', '/ogc/collections/districts/items'];

type List = Reply<'/api/incident/own-reports'>;

/** My reports (我的上报): what waits for me first. */
export default function ReportsPage() {
  const { t, language } = useGridTexts();
  const classes = useClasses();
  const list = useApi('own reports', (signal) => call<List>('/api/incident/own-reports', { signal }));
  const outbox = useOutbox(['grid.report']);
  const { waiting } = outbox;
  const { reload } = list;
  // What has just gone out stands in the list.
  useEffect(() => {
    if (waiting === 0) reload();
  }, [waiting, reload]);
  useKeptPages({ scope: '/citizen/reports', load, facts: FACTS });
  return (
    <div className="grid-own">
      <link rel="manifest" href="/citizen.webmanifest" />
      <h1>{t('mine')}</h1>
      <p>
        <Link className="button primary grid-go" to="/citizen/reports/new">
          {t('newReport')}
        </Link>
      </p>
      {(outbox.waiting > 0 || outbox.refused > 0) && <OutboxList outbox={outbox} />}
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && <OwnWaiting own={list.data} onDone={list.reload} />}
      {list.data?.reports.length === 0 && list.data.held.length + list.data.outside.length === 0 && (
        <EmptyState title={t('mineNone')} text={t('mineNoneText')} />
      )}
      <ul className="grid-mine">
        {list.data?.reports.map((each) => (
          <li key={each.id}>
            <Link to={`/citizen/reports/${each.id}`}>
              <b>{each.text}</b>
              <span>
                <StateBadge state={each.state} />{' '}
                <span className="soft">{classes.get(each.class)?.name[language] ?? ''}</span>
              </span>
              {each.waits && <span className="needs">{t(`waits.${each.waits}`)}</span>}
              <span className="soft">{t('at', { when: formatMoment(each.at, { language }) })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
