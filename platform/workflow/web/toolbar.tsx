import { useRef } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type OpenDrawing, fitDrawing, service } from './bpmn-services.ts';
import type { Lint, Process } from './shapes.ts';
import { useProcessTexts } from './texts.ts';

/** What can be done with the whole drawing: undo, save, take a file in and out, publish, retire. */
export function Toolbar({
  process,
  drawing,
  changes,
  editable,
  unsaved,
  busy,
  current,
  lint,
  onSave,
  onOpen,
  onChanged,
}: {
  process: Process;
  drawing: OpenDrawing | null;
  changes: number;
  editable: boolean;
  unsaved: boolean;
  busy: boolean;
  current: () => Promise<string>;
  lint: Lint | undefined;
  onSave: () => void;
  onOpen: (xml: string) => void;
  onChanged: () => void;
}) {
  const { t } = useProcessTexts();
  const file = useRef<HTMLInputElement>(null);
  const path = `/api/workflow/processes/${process.id}`;
  const publish = useSubmit((_: null, headers) =>
    call<Process>(`${path}/publish`, { method: 'POST', body: { revision: process.revision }, headers }),
  );
  const retire = useSubmit((_: null, headers) => call<Process>(`${path}/retire`, { method: 'POST', headers }));
  const stack = drawing && editable ? service(drawing, 'commandStack') : null;
  const problem = publish.problem ?? retire.problem;
  const faulty = lint?.findings.some(({ severity }) => severity === 'error') ?? false;
  const download = async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await current()], { type: 'application/xml' }));
    link.download = `${process.id}.bpmn`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <div className="acts process-toolbar" data-changes={changes}>
        {editable && (
          <>
            <button type="button" className="primary" disabled={busy || !unsaved} onClick={onSave}>
              {t('save')}
            </button>
            <button type="button" disabled={!stack?.canUndo()} onClick={() => stack?.undo()}>
              {t('undo')}
            </button>
            <button type="button" disabled={!stack?.canRedo()} onClick={() => stack?.redo()}>
              {t('redo')}
            </button>
          </>
        )}
        <button type="button" disabled={!drawing} onClick={() => drawing && fitDrawing(drawing, editable)}>
          {t('fit')}
        </button>
        <button type="button" onClick={() => void download()}>
          {t('download')}
        </button>
        {editable && (
          <>
            <button type="button" onClick={() => file.current?.click()}>
              {t('upload')}
            </button>
            <input
              ref={file}
              type="file"
              accept=".bpmn,.xml"
              hidden
              aria-label={t('upload')}
              onChange={(event) => {
                const [chosen] = event.target.files ?? [];
                if (chosen) void chosen.text().then(onOpen);
                event.target.value = '';
              }}
            />
          </>
        )}
        {process.mayEdit && process.changed && !process.retired && (
          <button
            type="button"
            disabled={unsaved || faulty || publish.busy || process.ownDraft}
            title={t('publishLead')}
            onClick={() => void publish.submit(null).then((done) => done && onChanged())}
          >
            {t('publish')}
          </button>
        )}
        {process.mayEdit && process.version !== null && !process.retired && (
          <button
            type="button"
            className="quiet"
            title={t('retireLead')}
            disabled={retire.busy}
            onClick={() => void retire.submit(null).then((done) => done && onChanged())}
          >
            {t('retire')}
          </button>
        )}
        <span role="status" className="soft">
          {unsaved ? t('unsaved') : ''}
        </span>
      </div>
      {process.mayEdit && process.changed && process.ownDraft && <p className="soft">{t('ownDraft')}</p>}
      {problem && <RefusalPanel problem={problem} />}
    </>
  );
}
