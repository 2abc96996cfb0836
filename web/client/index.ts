import createClient from 'openapi-fetch';
import type { paths } from './api.gen.ts';
import { districtFetch } from './fetch.ts';

export { call, newKey, problemOfReply, setClientLanguage, setStepUp, type StepUp } from './fetch.ts';
export { asProblem, Problem, type ProblemDetails } from './problem.ts';
export { intentKey, type Submit, useSubmit } from './submit.ts';
export { type ApiState, useApi } from './use-api.ts';
export { type LiveEvent, useEvents, useLive } from './use-live.ts';

/** The typed client of every JSON operation: `read(api.GET('/api/…', { params }))`. Rejects with `Problem`. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: districtFetch });

/** The data of a call of `api`, without the envelope: a failed call has already rejected with its `Problem`. */
export async function read<T>(reply: Promise<{ data?: T }>): Promise<T> {
  return (await reply).data as T;
}
