import { useEffect, useRef, useState } from 'react';
import { asProblem, call, type Problem } from '#web/client/index.ts';
import type { OpenDrawing } from './bpmn-services.ts';
import type { Lint } from './shapes.ts';

/** After the last change, so long until the check looks again (ms). */
const PAUSE_MS = 600;

type Checked = { data: Lint | undefined; problem: Problem | null };

/** The server's check of what is drawn now, some time after the last change; until then what it said before. */
export function useLint(options: { app: string; drawing: OpenDrawing | null; changes: number }): Checked {
  const { app, drawing, changes } = options;
  const [checked, setChecked] = useState<Checked>({ data: undefined, problem: null });
  const first = useRef(true);
  useEffect(() => {
    if (!drawing) return;
    const abort = new AbortController();
    const look = async () => {
      const { xml } = await drawing.saveXML({ format: true });
      const data = await call<Lint>('/api/workflow/lint', { method: 'POST', body: { xml, app }, signal: abort.signal });
      if (!abort.signal.aborted) setChecked({ data, problem: null });
    };
    const timer = setTimeout(
      () =>
        look().catch((thrown: unknown) => {
          if (!abort.signal.aborted) setChecked((old) => ({ ...old, problem: asProblem(thrown) }));
        }),
      first.current ? 0 : PAUSE_MS,
    );
    first.current = false;
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [app, drawing, changes]);
  return checked;
}
