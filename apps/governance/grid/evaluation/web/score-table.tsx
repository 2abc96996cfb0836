import type { Reply } from '#web/client/reply.ts';
import { useUnitName } from '#web/design/units.tsx';
import { useAnalysisTexts } from '../../web/analysis-texts.ts';

type Published = Reply<'/api/grid/evaluation'>;
export type Score = Published['scores'][number];
export type Formula = Published['formulae'][number];

/** Numbers of one kind of object (评价表): value, what it was made of, and a rank where there are enough. */
export function ScoreTable(props: {
  kind: 'district' | 'area' | 'department' | 'post';
  scores: readonly Score[];
  formulae: readonly Formula[];
  onDrill?: (score: Score) => void;
}) {
  const { t, language } = useAnalysisTexts();
  const unitName = useUnitName();
  const own = props.scores.filter(({ kind }) => kind === props.kind);
  const all = [...new Set(own.map(({ object }) => object))];
  // Posts without figures fill no table: they are named in one line.
  const withheldOf = props.kind === 'post' ? own.filter(({ value }) => value === null) : [];
  const objects = all.filter((object) => !withheldOf.some((each) => each.object === object));
  if (all.length === 0) return null;
  const ofPosts = props.kind === 'post';
  const formulae = props.formulae.filter(({ id }) => id.startsWith('post-') === ofPosts);
  const nameOf = (object: string) => {
    if (ofPosts) {
      const [post, unit] = object.split('@');
      return `${unit ? unitName(unit) : t('district')} · ${t(`posts.${post as 'operator'}`)}`;
    }
    return props.kind === 'district' ? t('district') : unitName(props.kind === 'area' ? `street-${object}` : object);
  };
  return (
    <section aria-label={t(props.kind)}>
      <h2>{t(props.kind)}</h2>
      {ofPosts && <p className="soft">{t('postLead')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div className="grid-table" tabIndex={0} role="region" aria-label={t(props.kind)}>
        <table>
          <thead>
            <tr>
              <th>{t('object')}</th>
              {formulae.map(({ id, title }) => (
                <th key={id}>{title[language]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {objects.map((object) => (
              <tr key={object}>
                <td>{nameOf(object)}</td>
                {formulae.map(({ id, better }) => {
                  const score = own.find((each) => each.object === object && each.indicator === id);
                  const value = score?.value ?? null;
                  const text = value === null ? t('noValue') : `${(value * 100).toFixed(1)}%`;
                  const withheld = ofPosts && value === null;
                  return (
                    <td key={id}>
                      {score && props.onDrill && !withheld ? (
                        <button type="button" onClick={() => props.onDrill?.(score)}>
                          {text}
                        </button>
                      ) : (
                        <b>{text}</b>
                      )}
                      <br />
                      <small className="soft">
                        {withheld
                          ? t('fewHolders')
                          : score && t(ofPosts ? 'ofSteps' : 'of', { n: score.denominator, hits: score.numerator })}
                        {score &&
                          better !== 'none' &&
                          props.kind !== 'district' &&
                          !withheld &&
                          (!ofPosts || object.includes('@')) && (
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
      {withheldOf.length > 0 && (
        <p className="soft">
          {t('withheldPosts', {
            posts: withheldOf.map(({ object }) => nameOf(object)).join(language === 'en' ? ', ' : '、'),
          })}
        </p>
      )}
    </section>
  );
}
