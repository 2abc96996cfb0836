import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ExerciseMark, LevelMark, State, Views } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

const LOOK_MS = 3_000;

/** Composite incidents (复合事件): the gravest first. */
export default function IncidentsPage() {
  const { t, language } = useOpsTexts();
  const [view, setView] = useState<'open' | 'ended'>('open');
  const list = useApi(
    `ops incidents ${view}`,
    (signal) => call<Reply<'/api/ops/incidents'>>(`/api/ops/incidents?view=${view}`, { signal }),
    { refreshMs: LOOK_MS },
  );
  const since = list.data?.quietSince;
  return (
    <div className="ops-page">
      <header>
        <h1>{t('incidents')}</h1>
        <p className="soft">{t('incidentsLead')}</p>
      </header>
      <Views view={view} onChange={setView} />
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.incidents.length === 0 && (
        <EmptyState
          title={since ? t('quietSince', { at: formatMoment(since, { language }) }) : t('quiet')}
          text={t('quietText')}
        />
      )}
      <ul className="ops-list">
        {list.data?.incidents.map((each) => (
          <li key={each.id}>
            <Link className="ops-card" to={`/ops/incidents/${each.id}`}>
              <div className="ops-row">
                <LevelMark level={each.level} />
                <b>{each.title[language]}</b>
                {each.exercise && <ExerciseMark />}
                {each.sample && <SampleBadge />}
                <State state={each.state} />
              </div>
              <span className="soft">
                {t('members', { n: each.members })}
                {each.ended > 0 && `，${t('endedOf', { n: each.ended })}`} · {t('radius', { n: each.radiusM })} ·{' '}
                {formatMoment(each.firstAt, { language })} – {formatMoment(each.lastAt, { language })} · {each.no}
              </span>
              {each.hypothesis && <span>{each.hypothesis}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
