/** A refused or failed request as the server explains it (RFC 9457 problem details, application/problem+json). */
export type ProblemDetails = {
  type?: string;
  /** Machine code such as `PURPOSE_REQUIRED` or `GRANT_WITHDRAWN`. */
  code: string;
  title: string;
  status: number;
  /** What it means for the person who asked. */
  detail?: string;
  /** What to do now. */
  action?: string;
  /** Reference to quote (追踪号). */
  trace?: string;
  /** Faults of single fields, `pointer` as a JSON pointer such as `/name`. */
  fields?: { pointer: string; rule: string; message: string }[];
  /** Of a refused share: since when, by whom, of which unit and why; what was shared and which unit answers for it. */
  since?: string;
  by?: string;
  unit?: string;
  reason?: string;
  resource?: { zh: string; en: string };
  owner?: string;
  /** Until when a sign-in is locked. */
  lockedUntil?: string;
  /** Seconds after which there is room again, where the server said so. */
  retryAfter?: number;
  /** Of STEP_UP_REQUIRED: `password` where nothing else is enrolled. */
  proof?: string;
};

/** The error that every call of the client rejects with; `status` 0 means that no answer came. */
export class Problem extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.title);
    this.name = 'Problem';
    this.details = details;
  }

  get code(): string {
    return this.details.code;
  }

  get status(): number {
    return this.details.status;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const fieldsOf = (value: unknown): ProblemDetails['fields'] => {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { pointer, rule, message } = entry as Record<string, unknown>;
    return [{ pointer: text(pointer) ?? '', rule: text(rule) ?? '', message: text(message) ?? '' }];
  });
};

const titleOf = (value: unknown): ProblemDetails['resource'] => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { zh, en } = value as Record<string, unknown>;
  return { zh: text(zh) ?? '', en: text(en) ?? '' };
};

const codeOfType = (type: string | undefined): string | undefined =>
  type?.split(/[/:#]/).pop()?.toUpperCase().replaceAll('-', '_');

/** Reads the body of a failed answer; a body of another kind (a proxy's page) still becomes a usable problem. */
export function problemFrom({
  status,
  body,
  traceId,
}: {
  status: number;
  body: unknown;
  traceId?: string | null;
}): Problem {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const type = text(fields['type']);
  return new Problem({
    type,
    code: text(fields['code']) ?? (type && type !== 'about:blank' ? codeOfType(type) : undefined) ?? `HTTP_${status}`,
    title: text(fields['title']) ?? '',
    status,
    detail: text(fields['detail']),
    action: text(fields['action']),
    trace: text(fields['trace']) ?? text(traceId),
    fields: fieldsOf(fields['fields']),
    since: text(fields['since']),
    by: text(fields['by']),
    unit: text(fields['unit']),
    reason: text(fields['reason']),
    resource: titleOf(fields['resource']),
    owner: text(fields['owner']),
    lockedUntil: text(fields['lockedUntil']),
    ...(typeof fields['retryAfter'] === 'number' && { retryAfter: fields['retryAfter'] }),
    proof: text(fields['proof']),
  });
}

/** Any thrown value as a problem: what is not ours is a fault of the page or the line. The browser's own words are for nobody who reads the page. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem({ code: 'NO_ANSWER', title: '', status: 0 });
}
