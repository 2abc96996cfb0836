import Modeler from 'bpmn-js/lib/Modeler.js';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer.js';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { translateModule } from './bpmn-chinese.ts';
import { fitDrawing, type OpenDrawing, service, type Shape } from './bpmn-services.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';

/** Types of the package are written for another way of importing it. */
type Opener = new (options: {
  container: HTMLElement;
  additionalModules: unknown[];
  moddleExtensions: Record<string, unknown>;
}) => OpenDrawing;
const Editor = Modeler as unknown as Opener;
const Viewer = NavigatedViewer as unknown as Opener;

export type Mark = { element: string; kind: 'error' | 'warning' | 'added' | 'removed' | 'changed' };
/** A short text beside an element: how long it waits, how often a way is taken. */
export type Note = { element: string; text: string; tone: 'plain' | 'soon' | 'now' };

/**
 * The drawing of a process (BPMN 2.0) by bpmn-js: to be changed, or to be looked at. What is drawn belongs to bpmn-js; React
 * only says which file is open, what is marked, and hears of changes. Its mark (bpmn.io) stays visible, as its licence asks.
 */
export default function Drawing({
  xml,
  extension,
  editable,
  marks = [],
  notes = [],
  label,
  onOpen,
  onChange,
  onSelect,
  onFault,
}: {
  xml: string;
  /** Descriptor of our extension of BPMN. */
  extension: unknown;
  editable: boolean;
  marks?: readonly Mark[];
  notes?: readonly Note[];
  label: string;
  /** The drawing is open; null: it has closed. */
  onOpen?: (drawing: OpenDrawing | null) => void;
  onChange?: () => void;
  onSelect?: (shape: Shape | null) => void;
  onFault?: (message: string) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const held = useRef<OpenDrawing | null>(null);
  const heard = useRef({ onOpen, onChange, onSelect, onFault });
  heard.current = { onOpen, onChange, onSelect, onFault };
  const shown = useRef({ marks, notes });
  shown.current = { marks, notes };
  const { i18n } = useTranslation();

  useEffect(() => {
    const container = place.current;
    if (!container) return;
    const moddleExtensions = { district: extension };
    const additionalModules = [translateModule(i18n.language)];
    const drawing = editable
      ? new Editor({ container, additionalModules, moddleExtensions })
      : new Viewer({ container, additionalModules, moddleExtensions });
    let closed = false;
    drawing.importXML(xml).then(
      () => {
        if (closed) return;
        held.current = drawing;
        fitDrawing(drawing, editable);
        drawing.on('selection.changed', () => {
          const [shape] = service(drawing, 'selection').get();
          heard.current.onSelect?.(shape?.labelTarget ?? shape ?? null);
        });
        drawing.on('commandStack.changed', () => heard.current.onChange?.());
        show(drawing, shown.current);
        heard.current.onOpen?.(drawing);
      },
      (error: unknown) => {
        if (!closed) heard.current.onFault?.(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      closed = true;
      held.current = null;
      heard.current.onOpen?.(null);
      drawing.destroy();
    };
  }, [xml, extension, editable, i18n.language]);

  useEffect(() => {
    if (held.current) show(held.current, { marks, notes });
  }, [marks, notes]);

  return <div className="process-drawing" ref={place} role="group" aria-label={label} data-editable={editable} />;
}

const KINDS = ['error', 'warning', 'added', 'removed', 'changed'] as const;

function show(drawing: OpenDrawing, { marks, notes }: { marks: readonly Mark[]; notes: readonly Note[] }): void {
  const canvas = service(drawing, 'canvas');
  const registry = service(drawing, 'elementRegistry');
  for (const shape of registry.filter(() => true))
    for (const kind of KINDS) canvas.removeMarker(shape, `process-mark-${kind}`);
  for (const { element, kind } of marks) if (registry.get(element)) canvas.addMarker(element, `process-mark-${kind}`);
  const overlays = service(drawing, 'overlays');
  overlays.remove({ type: 'note' });
  for (const { element, text, tone } of notes) {
    if (!registry.get(element)) continue;
    const html = document.createElement('span');
    html.className = `process-note process-note-${tone}`;
    html.textContent = text;
    overlays.add(element, 'note', { position: { top: -22, left: 0 }, html });
  }
}
