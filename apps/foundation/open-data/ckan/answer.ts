/** What CKAN says of a fault (API guide, “Making an API request”): type and words inside the envelope, with its own status. */
export class CkanError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.message ?? body.__type));
    this.status = status;
    this.body = body;
  }
}

export const notFound = (what?: string): CkanError =>
  new CkanError(404, { __type: 'Not Found Error', message: what === undefined ? 'Not found' : `Not found: ${what}` });
export const invalid = (faults: Record<string, string[]>): CkanError =>
  new CkanError(409, { __type: 'Validation Error', ...faults });
export const denied = (message: string): CkanError =>
  new CkanError(403, { __type: 'Authorization Error', message: `Access denied: ${message}` });
export const searchError = (message: string): CkanError =>
  new CkanError(409, { __type: 'Search Query Error', message: `Search Query is invalid: ${message}` });
