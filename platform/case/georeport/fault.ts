/** A fault in the words of GeoReport v2: `<errors><error><code/><description/></error></errors>`, with the code as HTTP status. */
export class GeoReportError extends Error {
  readonly status: number;
  constructor(status: number, description: string) {
    super(description);
    this.status = status;
  }
}
