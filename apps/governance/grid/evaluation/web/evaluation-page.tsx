import '../../web/grid.css';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';
import { monthName, monthsBefore } from './months.ts';
import { type Score, ScoreTable } from './score-table.tsx';

type List = Reply<'/api/grid/evaluation/editions'>;
type One = Reply<'/api/grid/evaluation/editions/{id}'>;
type Drill = Reply<'/api/grid/evaluation/editions/{id}/cases'>;

/** Monthly evaluation for officials (城市管理评价): editions, numbers, the cases behind each number, and publishing. */
export default function EvaluationPage() {
  const { t, language } = useAnalysisTexts();
  const { me } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const [score, setScore] = useState<Score | null>(null);
  const list = useApi('editions', (signal) => call<List>('/api/grid/evaluation/editions', { signal }));
  const id = chosen ?? list.data?.editions[0]?.id ?? null;
  const one = useApi(`edition ${id}`, async (signal) =>
    id ? call<One>(`/api/grid/evaluation/editions/${id}`, { signal }) : null,
  );
  const drill = useApi(`drill ${id} ${JSON.stringify(score)}`, async (signal) => {
    if (!id || !score) return null;
    const { kind, object, indicator } = score;
    const query = new URLSearchParams({ kind, object, indicator });
    return call<Drill>(`/api/grid/evaluation/editions/${id}/cases?${query}`, { signal });
  });
  const make = useSubmit((body: Record<string, string>, key) =>
    call<{ id: string }>('/api/grid/evaluation/editions', { method: 'POST', body, headers: key }),
  );
  const publish = useSubmit((of: { id: string }, key) =>
    call(`/api/grid/evaluation/editions/${of.id}/publish`, { method: 'POST', headers: key }),
  );
  const publishes = me.kind === 'duty-officer';
  const compute = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [period, reason] = [String(form.get('period')), String(form.get('reason') ?? '')];
    const made = await make.submit(reason ? { period, reason } : { period });
    if (made === undefined) return;
    setChosen(made.id);
    list.reload();
  };
  const editions = list.data?.editions ?? [];
  const shown = one.data;
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('evaluation')} {shown?.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('evaluationLead')}</p>
      </header>
      {[list.problem, one.problem, drill.problem, make.problem, publish.problem].map(
        (problem) => problem && <RefusalPanel key={problem.message} problem={problem} />,
      )}
      {publishes && (
        <details className="grid-own">
          <summary>{t('compute')}</summary>
          <form onSubmit={compute}>
            <label>
              {t('month')}
              <select name="period" required>
                {monthsBefore(new Date()).map((period) => (
                  <option key={period} value={period}>
                    {monthName(period, language)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {t('correction')}
              <input name="reason" minLength={4} maxLength={1000} />
            </label>
            <button type="submit" className="primary" disabled={make.busy}>
              {t('compute')}
            </button>
          </form>
        </details>
      )}
      {list.data && editions.length === 0 && <EmptyState title={t('noEditions')} text={t('noEditionsText')} />}
      <div className="grid-filters" role="group" aria-label={t('month')}>
        {editions.map((each) => (
          <button
            type="button"
            key={each.id}
            aria-pressed={each.id === id}
            onClick={() => {
              setChosen(each.id);
              setScore(null);
            }}
          >
            {t('edition', { period: monthName(each.period, language), n: each.edition })} ·{' '}
            {t(`states.${each.state as 'draft'}`)}
          </button>
        ))}
      </div>
      {shown && (
        <>
          {shown.reason && <p>{t('correctedBecause', { reason: shown.reason })}</p>}
          {publishes && shown.state === 'draft' && (
            <p>
              <button
                type="button"
                className="primary"
                disabled={publish.busy}
                onClick={() =>
                  void publish.submit({ id: shown.id }).then((done) => {
                    if (done === undefined) return;
                    list.reload();
                    one.reload();
                  })
                }
              >
                {t('publish')}
              </button>
            </p>
          )}
          {(['district', 'area', 'department', 'post'] as const).map((kind) => (
            <ScoreTable key={kind} kind={kind} scores={shown.scores} formulae={shown.formulae} onDrill={setScore} />
          ))}
          {score && drill.data && (
            <section aria-label={t('drill')}>
              <h2>
                {t('drill')}：{t('of', { n: drill.data.denominator, hits: drill.data.numerator })}
              </h2>
              <ul>
                {drill.data.cases.map((each, n) => (
                  <li key={`${each.no} ${n}`}>
                    <Link to={`/gov/incidents/${each.no}`}>{each.no}</Link>{' '}
                    <span className="soft">{each.counts ? t('counts') : t('notCounted')}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-label={t('formulae')}>
            <h2>{t('formulae')}</h2>
            <ul>
              {shown.formulae.map((each) => (
                <li key={each.id}>
                  {each[language]}
                  <br />
                  <code style={{ overflowWrap: 'anywhere' }}>{each.feel}</code>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </div>
  );
}
