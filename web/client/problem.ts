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
  remedy?: string;
  /** Reference to quote (追踪号). */
  traceId?: string;
  /** When a grant was withdrawn, and by which unit or post. */
  since?: string;
  by?: string;
  /** Who could grant what was refused. */
  grantor?: string;
  /** Errors of single fields, `path` as a JSON pointer or field name. */
  errors?: { path: string; message: string }[];
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

const fieldErrors = (value: unknown): ProblemDetails['errors'] => {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { pointer, path, field, message, detail } = entry as Record<string, unknown>;
    return [{ path: text(pointer) ?? text(path) ?? text(field) ?? '', message: text(message) ?? text(detail) ?? '' }];
  });
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
    remedy: text(fields['remedy']) ?? text(fields['action']),
    traceId: text(fields['traceId']) ?? text(fields['trace']) ?? text(fields['instance']) ?? text(traceId),
    since: text(fields['since']) ?? text(fields['withdrawnAt']),
    by: text(fields['by']) ?? text(fields['withdrawnBy']),
    grantor: text(fields['grantor']),
    errors: fieldErrors(fields['fields'] ?? fields['errors']),
  });
}

/** Any thrown value as a problem: what is not ours is a fault of the page or the line. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem({
    code: 'NO_ANSWER',
    title: '',
    status: 0,
    detail: thrown instanceof Error ? thrown.message : undefined,
  });
}
