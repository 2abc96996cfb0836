import { asProblem, Problem, problemFrom } from './problem.ts';

let language = 'zh';

/** The language that answers and problems come in; the language switch sets it. */
export function setClientLanguage(next: string): void {
  language = next;
}

/** Random UUID that also works on a plain-http address inside a building, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const readBody = async (response: Response): Promise<unknown> => {
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

const isAbort = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'AbortError';

/** Asks the person for proof (a code, say); true once the session was raised. */
export type StepUp = (problem: Problem) => Promise<boolean>;
let stepUp: StepUp | null = null;

/** The shell sets here who asks; without anyone a refused request stays refused. */
export function setStepUp(ask: StepUp | null): void {
  stepUp = ask;
}

/**
 * The one way out of the page: adds language and, on POST, an idempotency key (幂等键); rejects with a `Problem`.
 * A POST that got no answer is sent once more with the same key, so that it cannot take effect twice. Where the server wants to
 * be surer who is there (STEP_UP_REQUIRED), the person is asked and the request repeated once, with the same key.
 */
export async function districtFetch(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('accept-language', language === 'en' ? 'en' : 'zh-CN');
  if (request.method === 'POST' && !headers.has('idempotency-key')) headers.set('idempotency-key', newKey());
  const prepared = new Request(request, { headers, credentials: 'same-origin' });
  const spare = prepared.clone();
  const response = await send(prepared);
  if (response.ok) return response;
  const problem = await problemOfReply(response);
  if (problem.code !== 'STEP_UP_REQUIRED' || stepUp === null || !(await stepUp(problem))) throw problem;
  const second = await send(spare);
  if (second.ok) return second;
  throw await problemOfReply(second);
}

async function send(request: Request): Promise<Response> {
  const again = request.method === 'POST' ? request.clone() : null;
  try {
    return await fetch(request);
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    if (again === null) throw asProblem(thrown);
    return fetch(again).catch((second: unknown) => {
      throw isAbort(second) ? second : asProblem(second);
    });
  }
}

/** The problem that a refused answer holds. */
export async function problemOfReply(response: Response): Promise<Problem> {
  return problemFrom({
    status: response.status,
    body: await readBody(response),
    traceId: response.headers.get('x-trace-id'),
  });
}

/** Untyped call for the few operations that the shell needs before any generated client exists. */
export async function call<T>(
  path: string,
  {
    method = 'GET',
    body,
    signal,
    headers,
    keepalive = false,
  }: {
    method?: string;
    body?: unknown;
    signal?: AbortSignal;
    headers?: HeadersInit;
    /** Goes on although the page is left meanwhile. */
    keepalive?: boolean;
  } = {},
): Promise<T> {
  const sent = new Headers(headers);
  if (body !== undefined) sent.set('content-type', 'application/json');
  const url = new URL(path, globalThis.location?.href);
  const response = await districtFetch(
    new Request(url, {
      method,
      headers: sent,
      signal,
      keepalive,
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  );
  if (response.status === 204) return undefined as T;
  // A web server's page in place of data would otherwise reach a part as a string.
  if (!/json/.test(response.headers.get('content-type') ?? '')) {
    throw new Problem({ code: 'NO_ANSWER', title: '', status: response.status });
  }
  return (await response.json()) as T;
}
