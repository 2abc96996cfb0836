import { useEffect, useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { OpenDrawing } from './bpmn-services.ts';
import type { Note } from './drawing.tsx';
import { nameOf, stepsOf } from './edit-element.ts';
import type { Process, StepTimes } from './shapes.ts';
import { useProcessTexts } from './texts.ts';
import { useSpan } from './use-span.ts';

/** What the log of a version tells: how long each step waited, and whether the drawing was followed. */
export function LogPanel({
  process,
  drawing,
  onNotes,
}: {
  process: Process;
  drawing: OpenDrawing | null;
  onNotes: (notes: Note[]) => void;
}) {
  const { t } = useProcessTexts();
  const span = useSpan();
  const [overlay, setOverlay] = useState(true);
  const path = `/api/workflow/processes/${process.id}/log`;
  const state = useApi(process.version === null ? null : `process log ${process.id} ${process.version}`, (signal) =>
    call<StepTimes>(path, { signal }),
  );
  const steps = state.data?.steps;
  useEffect(() => {
    const worst = Math.max(0, ...(steps ?? []).map(({ waitMean }) => waitMean));
    const tone = (wait: number): Note['tone'] => (wait > 0 && wait === worst ? 'soon' : 'plain');
    onNotes(
      overlay
        ? (steps ?? []).map(({ element, waitMean }) => ({ element, text: span(waitMean), tone: tone(waitMean) }))
        : [],
    );
    return () => onNotes([]);
    // The texts of spans change with the language only, and then everything is drawn anew.
  }, [steps, overlay, onNotes]);
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!state.data || state.data.cases === 0) return <EmptyState title={t('logNone')} text={t('logLead')} />;
  const { cases, fitting, fitness } = state.data;
  const name = (id: string) => {
    const shape = drawing && stepsOf(drawing).find((each) => each.id === id);
    return shape ? nameOf(shape) : id;
  };
  return (
    <section aria-label={t('tabs.log')} className="process-figures">
      <p className="soft">{t('logLead')}</p>
      <dl className="facts">
        <dt>{t('fitness')}</dt>
        <dd>
          <b>{fitness.toFixed(3)}</b> <small className="soft">{t('fitnessText', { n: cases, fit: fitting })}</small>
        </dd>
      </dl>
      <label className="process-tick">
        <input type="checkbox" checked={overlay} onChange={(event) => setOverlay(event.target.checked)} />{' '}
        {t('overlay')}
      </label>
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
          {state.data.steps.map(({ element, waitMean, waitP90 }) => (
            <tr key={element}>
              <th scope="row">{name(element)}</th>
              <td>{span(waitMean)}</td>
              <td>{span(waitP90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="acts">
        <a href={`/export/processes/${process.id}/log.xes`} download>
          {t('exportXes')}
        </a>
        <a href={`/export/processes/${process.id}/log.ocel.json`} download>
          {t('exportOcel')}
        </a>
      </div>
      <small className="soft">{t('exportNote')}</small>
    </section>
  );
}
