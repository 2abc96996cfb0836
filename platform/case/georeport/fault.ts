/** One fault as GeoReport v2 words it. */
export type Fault = { code: number; description: string };

/**
 * Faults in the words of GeoReport v2 (“Errors”): `<errors><error><code/><description/></error>…</errors>`, all that are wrong at once. The status is 403 for
 * a key, 404 for what does not exist and 400 for any other; 429 with `Retry-After` (RFC 6585) is the one that the standard does not name.
 */
export class GeoReportError extends Error {
  readonly status: number;
  readonly faults: readonly Fault[];
  /** Seconds after which there is room again. */
  readonly retryAfter: number | undefined;
  constructor(faults: readonly Fault[], retryAfter?: number) {
    super(faults.map(({ description }) => description).join('; '));
    this.faults = faults;
    this.status = statusOf(faults.map(({ code }) => code));
    this.retryAfter = retryAfter;
  }
}

const statusOf = (codes: readonly number[]): number => {
  if (codes.includes(403)) return 403;
  const [first = 400] = codes;
  return codes.every((code) => code === first) ? first : 400;
};

export const fault = (code: number, description: string): GeoReportError => new GeoReportError([{ code, description }]);
