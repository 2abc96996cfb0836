import { useMemo, useRef, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { type OpenDrawing, service, type Shape } from './bpmn-services.ts';
import type { Mark, Note } from './drawing.tsx';
import { nameOf, stepsOf } from './edit-element.ts';
import { SelectField } from './field.tsx';
import { LazyDrawing } from './lazy-drawing.tsx';
import { LintPanel } from './lint-panel.tsx';
import { LogPanel } from './log-panel.tsx';
import { ProcessHead } from './process-head.tsx';
import { Properties } from './properties.tsx';
import type { Finding, Process } from './shapes.ts';
import { SimulationPanel } from './simulation-panel.tsx';
import { Tabs } from './tabs.tsx';
import { useProcessTexts } from './texts.ts';
import { Toolbar } from './toolbar.tsx';
import { useLint } from './use-lint.ts';
import { useVocabulary } from './use-vocabulary.ts';
import { VersionsPanel } from './versions-panel.tsx';

/** The editor of a process (流程编辑器): the drawing, and beside it properties, check, simulation, versions and what really happened. */
export function ProcessStudio({ process, onChanged }: { process: Process; onChanged: () => void }) {
  const { t } = useProcessTexts();
  const unitName = useUnitName();
  const [opened, setOpened] = useState({ xml: process.xml, version: null as number | null });
  const [drawing, setDrawing] = useState<OpenDrawing | null>(null);
  const [selected, setSelected] = useState<Shape | null>(null);
  const [changes, setChanges] = useState(0);
  const [unsaved, setUnsaved] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [tab, setTab] = useState('properties');
  const [marks, setMarks] = useState<Mark[]>([]);
  const [notes, setNotes] = useState<Note[]>([]);
  const editable = process.mayEdit && opened.version === null;
  const vocabulary = useVocabulary();
  const current = async (): Promise<string> =>
    drawing ? ((await drawing.saveXML({ format: true })).xml ?? opened.xml) : opened.xml;
  const lint = useLint({ app: process.app, drawing, changes });
  const shownMarks = useMemo(() => (marks.length > 0 ? marks : marksOf(lint.data?.findings ?? [])), [marks, lint.data]);
  const choose = (id: string | null) => {
    const shape = id === null || !drawing ? undefined : service(drawing, 'elementRegistry').get(id);
    if (!drawing || !shape) return;
    service(drawing, 'selection').select(shape);
    service(drawing, 'canvas').scrollToElement(shape);
  };
  const save = useSubmit<null, Process>(async () => {
    const body = { xml: await current(), revision: process.revision };
    const kept = await call<Process>(`/api/workflow/processes/${process.id}`, { method: 'PUT', body });
    setUnsaved(false);
    onChanged();
    return kept;
  });
  /** What was drawn when an older version was opened to be looked at: it comes back with the draft. */
  const drawn = useRef(process.xml);
  const open = (xml: string, version: number | null = null) => {
    setFault(null);
    setMarks([]);
    setNotes([]);
    setOpened({ xml, version });
  };
  const show = async (xml: string, version: number) => {
    if (opened.version === null) drawn.current = await current();
    open(xml, version);
  };
  return (
    <>
      <ProcessHead process={process} />
      {!process.mayEdit && <p className="soft">{t('notYours', { unit: unitName(process.unit) })}</p>}
      <Toolbar
        process={process}
        drawing={drawing}
        changes={changes}
        editable={editable}
        unsaved={unsaved}
        busy={save.busy}
        current={current}
        lint={lint.data}
        onSave={() => void save.submit(null)}
        onOpen={(xml) => {
          open(xml);
          setUnsaved(true);
          setChanges((n) => n + 1);
        }}
        onChanged={onChanged}
      />
      {vocabulary.problem && <RefusalPanel problem={vocabulary.problem} onRetry={vocabulary.reload} />}
      {save.problem && <RefusalPanel problem={save.problem} />}
      {fault && (
        <p className="notice" role="alert">
          {t('fault')}：{fault}
        </p>
      )}
      {opened.version !== null && (
        <p className="notice">
          {t('showing', { n: opened.version })}{' '}
          <button type="button" className="link" onClick={() => open(drawn.current)}>
            {t('showDraft')}
          </button>
        </p>
      )}
      <div className="process-studio">
        {vocabulary.data && (
          <LazyDrawing
            xml={opened.xml}
            extension={vocabulary.data.extension}
            editable={editable}
            label={t('editor')}
            marks={shownMarks}
            notes={notes}
            onOpen={setDrawing}
            onSelect={setSelected}
            onFault={setFault}
            onChange={() => {
              setChanges((n) => n + 1);
              setUnsaved(true);
            }}
          />
        )}
        <aside className="process-side" aria-label={t('panels')}>
          <Tabs
            label={t('panels')}
            at={tab}
            onGo={setTab}
            tabs={(['properties', 'lint', 'simulation', 'versions', 'log'] as const).map((id) => ({
              id,
              title: t(`tabs.${id}`),
              count: id === 'lint' ? lint.data?.findings.length : undefined,
            }))}
          >
            {tab === 'properties' && drawing && (
              <>
                <SelectField
                  label={t('steps')}
                  value={selected?.id ?? ''}
                  options={[
                    { value: '', title: t('wholeProcess') },
                    ...stepsOf(drawing).map((shape) => ({ value: shape.id, title: nameOf(shape) })),
                    ...(selected && !stepsOf(drawing).some(({ id }) => id === selected.id)
                      ? [{ value: selected.id, title: nameOf(selected) }]
                      : []),
                  ]}
                  onKeep={(id) => (id === '' ? service(drawing, 'selection').select(null) : choose(id))}
                />
                {editable && <Properties drawing={drawing} selected={selected} vocabulary={vocabulary.data} />}
              </>
            )}
            {tab === 'lint' && <LintPanel lint={lint.data} problem={lint.problem} onChoose={choose} />}
            {tab === 'simulation' && (
              <SimulationPanel process={process} current={current} drawing={drawing} vocabulary={vocabulary.data} />
            )}
            {tab === 'versions' && (
              <VersionsPanel process={process} onShow={show} onMarks={setMarks} onChoose={choose} />
            )}
            {tab === 'log' && <LogPanel process={process} drawing={drawing} onNotes={setNotes} />}
          </Tabs>
        </aside>
      </div>
    </>
  );
}

const marksOf = (findings: readonly Finding[]): Mark[] =>
  findings.flatMap(({ element, severity }) => (element === null ? [] : [{ element, kind: severity }]));
