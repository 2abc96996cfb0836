import { useState } from 'react';
import { Link } from 'react-router';
import { type OpenDrawing, service, type Shape } from './bpmn-services.ts';
import { kindOf, nameOf, stepsOf, textOf } from './edit-element.ts';
import { LazyDrawing } from './lazy-drawing.tsx';
import { ProcessHead } from './process-head.tsx';
import type { Process } from './shapes.ts';
import { useProcessTexts } from './texts.ts';
import { useVocabulary } from './use-vocabulary.ts';

/** The process on a phone: the drawing to be moved and zoomed, and its steps as a list that selects them. */
export function ProcessViewer({ process }: { process: Process }) {
  const { t } = useProcessTexts();
  const [drawing, setDrawing] = useState<OpenDrawing | null>(null);
  const [selected, setSelected] = useState<Shape | null>(null);
  const vocabulary = useVocabulary();
  const choose = (shape: Shape) => {
    if (!drawing) return;
    service(drawing, 'selection').select(shape);
    service(drawing, 'canvas').scrollToElement(shape);
  };
  return (
    <>
      <ProcessHead process={process} />
      <p className="notice">{t('readOnly')}</p>
      {process.version !== null && (
        <p>
          <Link to={`/gov/processes/${process.id}/moves`}>{t('moves')}</Link>
        </p>
      )}
      {vocabulary.data && (
        <LazyDrawing
          xml={process.xml}
          extension={vocabulary.data.extension}
          editable={false}
          label={t('drawing')}
          onOpen={setDrawing}
          onSelect={setSelected}
        />
      )}
      <h2>{t('steps')}</h2>
      <ol className="process-steps">
        {drawing &&
          stepsOf(drawing)
            .filter((shape) => textOf(shape.businessObject, 'name') !== '')
            .map((shape) => (
              <li key={shape.id}>
                <button type="button" aria-pressed={selected?.id === shape.id} onClick={() => choose(shape)}>
                  {nameOf(shape)} <small className="soft">{t(`kinds.${kindOf(shape)}`, kindOf(shape))}</small>
                </button>
              </li>
            ))}
      </ol>
    </>
  );
}
