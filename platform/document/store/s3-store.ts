import { createHash, createHmac } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createOutbound } from '#platform/kernel/outbound.ts';
import type { FileStore } from './file-store.ts';

/** An S3 service (对象存储), as the operator's file names it; the file is private, because it holds the secret key. */
export type S3Settings = {
  /** `https://s3.example` or an address inside; the bucket stands in the path. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** Networks of the endpoint, where it is no public address (CIDR). */
  networks: readonly string[];
};

export function readS3Settings(path: string): S3Settings {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new Error('S3_FILE can be read by other users: set its mode to 0600');
  const read = JSON.parse(readFileSync(path, 'utf8')) as Partial<S3Settings>;
  const { endpoint, region = 'us-east-1', bucket, accessKey, secretKey, networks = [] } = read;
  if (!endpoint || !bucket || !accessKey || !secretKey || !URL.canParse(endpoint))
    throw new Error('S3_FILE: endpoint, bucket, accessKey and secretKey are needed');
  return { endpoint: new URL(endpoint).origin, region, bucket, accessKey, secretKey, networks };
}

/** Whole contents travel in one request: no kind of file is larger than this. */
const MOST = 256 * 1024 ** 2;
const TIMEOUT_MS = 120_000;

/** Objects of one bucket over the S3 REST protocol, signed with AWS Signature Version 4. */
export function s3Store(settings: S3Settings): FileStore {
  const send = createOutbound({
    targets: [{ origin: settings.endpoint, networks: [...settings.networks] }],
    maxBytes: MOST,
    timeoutMs: TIMEOUT_MS,
    maxRedirects: 0,
  });
  const call = async (method: 'GET' | 'PUT' | 'DELETE', id: string, body?: Buffer) => {
    const path = `/${settings.bucket}/documents/${id}`;
    const headers = signedHeaders({ settings, method, path, body: body ?? Buffer.alloc(0), at: new Date() });
    const reply = await send(`${settings.endpoint}${path}`, { method, headers, body });
    if (reply.status >= 300 && !(method === 'DELETE' && reply.status === 404))
      throw new Error(`S3 answers ${method} with ${reply.status}`);
    return reply.body;
  };
  return {
    async put(id, path) {
      await call('PUT', id, await readFile(path));
    },
    read: async (id) => Readable.from([await call('GET', id)], { objectMode: false }),
    async remove(id) {
      await call('DELETE', id);
    },
  };
}

/**
 * Headers of a signed request: canonical request, string to sign and signing key as "AWS Signature Version 4" has them. The path holds
 * no character that would have to be encoded.
 */
export function signedHeaders(request: {
  settings: Pick<S3Settings, 'endpoint' | 'region' | 'accessKey' | 'secretKey'>;
  method: string;
  path: string;
  query?: string;
  body: Buffer;
  at: Date;
}): Record<string, string> {
  const { settings, method, path, query = '', body, at } = request;
  const stamp = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = stamp.slice(0, 8);
  const digest = sha256(body);
  const signed = { host: new URL(settings.endpoint).host, 'x-amz-content-sha256': digest, 'x-amz-date': stamp };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, path, query, lines.join(''), names, digest].join('\n');
  const scope = `${day}/${settings.region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const key = [day, settings.region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${settings.secretKey}`);
  const signature = hmac(key, text).toString('hex');
  return {
    'x-amz-content-sha256': digest,
    'x-amz-date': stamp,
    authorization: `AWS4-HMAC-SHA256 Credential=${settings.accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
