import { type ApiState, call, useApi } from '#web/client/index.ts';
import type { Vocabulary } from './shapes.ts';

/** What a drawing may name, and how our extension of BPMN is written. */
export function useVocabulary(): ApiState<Vocabulary> {
  return useApi('process vocabulary', (signal) => call<Vocabulary>('/api/workflow/vocabulary', { signal }));
}
