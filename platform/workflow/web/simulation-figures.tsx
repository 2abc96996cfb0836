import type { Shape } from './bpmn-services.ts';
import { nameOf } from './edit-element.ts';
import type { Simulation } from './shapes.ts';
import { useProcessTexts } from './texts.ts';
import { useSpan } from './use-span.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** What came out of a simulation. */
export function SimulationFigures({
  result,
  steps,
  titleOf,
}: {
  result: Simulation;
  steps: readonly Shape[];
  titleOf: (post: string) => string;
}) {
  const { t, language } = useProcessTexts();
  const span = useSpan();
  const name = (id: string | null) => {
    const shape = steps.find((each) => each.id === id);
    return shape ? nameOf(shape) : (id ?? t('wholeProcess'));
  };
  return (
    <div className="process-figures" role="status">
      <dl className="facts">
        <dt>{t('lead50')}</dt>
        <dd>
          <b>{span(result.leadMinutes.p50)}</b>
        </dd>
        <dt>{t('lead90')}</dt>
        <dd>
          <b>{span(result.leadMinutes.p90)}</b>
        </dd>
      </dl>
      <p>{t('finishedOf', { n: result.finished, of: result.runs })}</p>
      {result.stuck.map(({ element, count, message }) => (
        <p key={element} className="notice">
          {t('stuckAt', { n: count, step: name(element), why: message[language] })}
        </p>
      ))}
      <table>
        <caption>{t('waiting')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('waitMean')}</th>
            <th scope="col">{t('waitP90')}</th>
          </tr>
        </thead>
        <tbody>
          {result.tasks.map(({ element, waitMean, waitP90 }) => (
            <tr key={element}>
              <th scope="row">{name(element)}</th>
              <td>{span(waitMean)}</td>
              <td>{span(waitP90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{t('utilisation')}</caption>
        <tbody>
          {result.posts.map(({ post, people, utilisation }) => (
            <tr key={post}>
              <th scope="row">{titleOf(post)}</th>
              <td>{people === 0 ? t('unlimited') : people}</td>
              <td>{people === 0 ? '—' : percent(utilisation)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{t('path')}</caption>
        <tbody>
          {result.paths.map(({ elements, share }) => (
            <tr key={elements.join(' ')}>
              <td>{elements.length > 0 ? elements.map(name).join(' → ') : t('otherPaths')}</td>
              <td>{percent(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
