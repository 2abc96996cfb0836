import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { Radar } from './radar.tsx';
import { useEvaluationTexts } from './texts.ts';
import './evaluation.css';

type Scores = Reply<'/api/evaluation/scores'>;
type Score = Scores['scores'][number];

/** Scores of units against the quarter before (单位绩效), each part with the numbers behind it. In the order of the units, not of the scores. */
export default function ScoresPage() {
  const { t } = useEvaluationTexts();
  const scores = useApi('scores', (signal) => call<Scores>('/api/evaluation/scores', { signal }));
  const { data } = scores;
  return (
    <div className="supervision" aria-busy={scores.loading}>
      <header>
        <h1>
          {t('scores')} {data && <small className="soft">{data.quarter}</small>}
        </h1>
        <p className="soft">{t('scoresLead')}</p>
        {data && !data.verified && <span className="badge">{t('weights')}</span>}
      </header>
      {scores.problem && <RefusalPanel problem={scores.problem} onRetry={scores.reload} />}
      {data && data.scores.length === 0 && <EmptyState title={t('noScores')} text={t('noScoresText')} />}
      {data?.scores.map((score) => (
        <ScoreCard key={`${score.unit} ${score.post}`} score={score} />
      ))}
    </div>
  );
}

function ScoreCard({ score }: { score: Score }) {
  const { t } = useEvaluationTexts();
  const unitName = useUnitName();
  const whole = (value: number) => formatNumber(Math.round(value * 10) / 10);
  return (
    <section className="supervision-score">
      <h2>
        <span>
          {unitName(score.unit)} {score.post}
        </span>
        <span>{whole(score.value)}</span>
        <span className="badge">{t(`grade.${score.grade as 'good'}`)}</span>
        <small className="soft">
          {t('cases', { n: score.cases })} · {t('beforeHead')}{' '}
          {score.before === null ? t('noData') : whole(score.before)}
        </small>
      </h2>
      <div className="supervision-reckoning">
        <figure>
          <Radar parts={score.parts} before={score.partsBefore} />
          <figcaption className="soft">{t(score.partsBefore ? 'radarBoth' : 'radarNow')}</figcaption>
        </figure>
        <dl aria-label={t('mean')}>
          {score.parts.map((part) => (
            <Part
              key={part.part}
              part={part}
              before={score.partsBefore?.find((one) => one.part === part.part)?.value ?? null}
              whole={whole}
            />
          ))}
        </dl>
      </div>
      <p className="soft">
        {t('sum', {
          sum: score.parts
            .filter(({ share }) => share > 0)
            .map(({ share, value }) => `${whole(share * 100)} % × ${whole(value ?? 0)}`)
            .join(' + '),
          value: whole(score.value),
        })}
      </p>
    </section>
  );
}

function Part(props: { part: Score['parts'][number]; before: number | null; whole: (value: number) => string }) {
  const { part, before, whole } = props;
  const { t } = useEvaluationTexts();
  const { own, all, value, n, share } = part;
  return (
    <>
      <dt>{t(`part.${part.part as 'time'}`)}</dt>
      <dd>
        {own === null || all === null || value === null ? (
          <span className="soft">
            {t('noData')}：{t('partNone')}
          </span>
        ) : (
          <>
            <span className="supervision-bar" aria-hidden="true">
              <i style={{ width: `${value}%` }} />
            </span>
            {before !== null && <b>{t('partBefore', { value: whole(before) })}</b>}
            {t('partText', { own: whole(own), all: whole(all), n, value: whole(value), share: whole(share * 100) })}
          </>
        )}
      </dd>
    </>
  );
}
