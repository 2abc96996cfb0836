/** The part of s3rver that the test uses (the package has no types of its own). */
declare module 's3rver' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  export default class S3rver {
    constructor(options: {
      directory: string;
      silent: boolean;
      configureBuckets: readonly { name: string; configs: readonly string[] }[];
    });
    configureBuckets(): Promise<void>;
    getMiddleware(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
