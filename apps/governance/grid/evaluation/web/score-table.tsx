import type { Reply } from '#web/client/reply.ts';
import { useUnitName } from '#web/design/units.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';

type Published = Reply<'/api/grid/evaluation'>;
export type Score = Published['scores'][number];
export type Formula = Published['formulae'][number];

/** Numbers of one kind of object (评价表): value, what it was made of, and a rank where there are enough. */
export function ScoreTable(props: {
  kind: 'district' | 'area' | 'department';
  scores: readonly Score[];
  formulae: readonly Formula[];
  onDrill?: (score: Score) => void;
}) {
  const { t, language } = useAnalysisTexts();
  const unitName = useUnitName();
  const own = props.scores.filter(({ kind }) => kind === props.kind);
  const objects = [...new Set(own.map(({ object }) => object))];
  if (objects.length === 0) return null;
  const nameOf = (object: string) =>
    props.kind === 'district' ? t('district') : unitName(props.kind === 'area' ? `street-${object}` : object);
  return (
    <section aria-label={t(props.kind)}>
      <h2>{t(props.kind)}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div className="grid-table" tabIndex={0} role="region" aria-label={t(props.kind)}>
        <table>
          <thead>
            <tr>
              <th>{t('object')}</th>
              {props.formulae.map(({ id, title }) => (
                <th key={id}>{title[language]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {objects.map((object) => (
              <tr key={object}>
                <td>{nameOf(object)}</td>
                {props.formulae.map(({ id, better }) => {
                  const score = own.find((each) => each.object === object && each.indicator === id);
                  const value = score?.value ?? null;
                  const text = value === null ? t('noValue') : `${(value * 100).toFixed(1)}%`;
                  return (
                    <td key={id}>
                      {score && props.onDrill ? (
                        <button type="button" onClick={() => props.onDrill?.(score)}>
                          {text}
                        </button>
                      ) : (
                        <b>{text}</b>
                      )}
                      <br />
                      <small className="soft">
                        {score && t('of', { n: score.denominator, hits: score.numerator })}
                        {score && better !== 'none' && props.kind !== 'district' && (
                          <> · {score.rank === null ? t('notRanked') : `${t('rank')} ${score.rank}`}</>
                        )}
                      </small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
