import { createServer, type Server } from 'node:http';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileStore, localStore } from './file-store.ts';
import { readS3Settings, s3Store, signedHeaders } from './s3-store.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const content = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
const bytesOf = async (store: FileStore, id: string): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of await store.read(id)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};

/** What every store does. */
async function behaves(store: FileStore): Promise<void> {
  const id = '019aa000-0000-7000-8000-000000000001';
  const path = join(folder, 'incoming');
  await writeFile(path, content);
  await store.put(id, path);
  expect((await bytesOf(store, id)).equals(content)).toBe(true);
  await store.remove(id);
  await store.remove(id);
  await expect(bytesOf(store, id)).rejects.toThrow();
}

it('a local directory keeps, gives back and removes', () => behaves(localStore(join(folder, 'local'))));

describe('an S3 service', () => {
  let server: Server;
  let endpoint = '';
  const settings = {
    region: 'us-east-1',
    bucket: 'documents',
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    networks: ['127.0.0.0/8'],
  };
  beforeAll(async () => {
    // It speaks S3's REST protocol and knows its accounts; signatures of version 4 it takes unchecked, so those are held to Amazon's example.
    const s3 = new S3rver({
      directory: join(folder, 's3'),
      silent: true,

      configureBuckets: [{ name: 'documents', configs: [] }],
    });
    await s3.configureBuckets();
    server = createServer(s3.getMiddleware());
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server?.close());

  it('keeps, gives back and removes over its REST protocol, and says so when it is refused', async () => {
    await behaves(s3Store({ ...settings, endpoint }));
    const path = join(folder, 'refused');
    await writeFile(path, content);
    await expect(s3Store({ ...settings, endpoint, accessKey: 'NOBODY' }).put('x', path)).rejects.toThrow('403');
  });

  it('is not called inside the building unless its network is named', async () => {
    const path = join(folder, 'inside');
    await writeFile(path, content);
    await expect(s3Store({ ...settings, endpoint, networks: [] }).put('x', path)).rejects.toMatchObject({
      extra: { reason: 'address' },
    });
  });

  it('gets the signature that Amazon publishes for its example', () => {
    // "GET Bucket Lifecycle" of "Signature Calculations for the Authorization Header" (Amazon S3 API Reference).
    const headers = signedHeaders({
      settings: {
        endpoint: 'https://examplebucket.s3.amazonaws.com',
        region: 'us-east-1',
        accessKey: 'AKIAIOSFODNN7EXAMPLE',
        secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
      method: 'GET',
      path: '/',
      query: 'lifecycle=',
      body: Buffer.alloc(0),
      at: new Date('2013-05-24T00:00:00Z'),
    });
    expect(headers.authorization).toMatch(
      /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/,
    );
  });

  it('is named in a private file of the operator, whole or not at all', async () => {
    const path = join(folder, 's3.json');
    await writeFile(path, JSON.stringify({ ...settings, endpoint: 'https://s3.example/' }));
    expect(() => readS3Settings(path)).toThrow('0600');
    await chmod(path, 0o600);
    expect(readS3Settings(path)).toMatchObject({ endpoint: 'https://s3.example', bucket: 'documents' });
    await writeFile(path, JSON.stringify({ endpoint: 'https://s3.example' }));
    expect(() => readS3Settings(path)).toThrow('S3_FILE');
    expect(await readFile(path, 'utf8')).toContain('s3.example');
  });
});
