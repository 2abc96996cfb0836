import { useCallback, useRef, useState } from 'react';
import { newKey } from './fetch.ts';
import { asProblem, type Problem } from './problem.ts';

/** Key of one submit intent: the same content keeps its key until it succeeds, changed content gets another. */
export type IntentKey = { keyFor: (content: unknown) => string; done: () => void };

/** Makes the key keeper of one form. The server answers 422 to an old key with a new body, hence the comparison. */
export function intentKey(): IntentKey {
  let held: { content: string; key: string } | null = null;
  return {
    keyFor: (content) => {
      const written = JSON.stringify(content) ?? '';
      if (held?.content !== written) held = { content: written, key: newKey() };
      return held.key;
    },
    done: () => {
      held = null;
    },
  };
}

/** State of a submit button: busy, the last problem, and the act itself. */
export type Submit<I, T> = {
  busy: boolean;
  problem: Problem | null;
  submit: (input: I) => Promise<T | undefined>;
  reset: () => void;
};

/** Runs one act of a form. `act` gets the headers that make a retry harmless; on failure the form keeps its content. */
export function useSubmit<I, T>(act: (input: I, headers: { 'Idempotency-Key': string }) => Promise<T>): Submit<I, T> {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const intent = useRef(intentKey());
  const latest = useRef(act);
  latest.current = act;
  const submit = useCallback(async (input: I): Promise<T | undefined> => {
    setState({ busy: true, problem: null });
    try {
      const result = await latest.current(input, { 'Idempotency-Key': intent.current.keyFor(input) });
      intent.current.done();
      setState({ busy: false, problem: null });
      return result;
    } catch (thrown) {
      setState({ busy: false, problem: asProblem(thrown) });
      return undefined;
    }
  }, []);
  const reset = useCallback(() => setState({ busy: false, problem: null }), []);
  return { ...state, submit, reset };
}
