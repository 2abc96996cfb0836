import { Transformer } from '@napi-rs/image';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openCaseHouse, type Who } from './fixtures/case-house.ts';
import { sql } from '#platform/kernel/sql.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { withExif } from '#platform/document/photo/exif-example.ts';

let house: TestHouse;
let picture: Buffer;
let other: Buffer;
beforeAll(async () => {
  house = await openCaseHouse();
  const made = (grey: number) =>
    Transformer.fromRgbaPixels(new Uint8Array(64 * 48 * 4).fill(grey), 64, 48).jpeg(80) as Promise<Buffer>;
  [picture, other] = [await made(90), await made(200)];
}, 300_000);
afterAll(() => house?.close());

const send = (who: Who, photos: readonly Uint8Array[], more: { sizes?: string; key?: string; headers?: object } = {}) =>
  house.server.fastify.inject({
    method: 'POST',
    url: `/api/document/photos?kind=incident.photo&sizes=${more.sizes ?? photos.map(({ length }) => length).join(',')}`,
    headers: {
      cookie: `sid=${who}`,
      'content-type': 'application/octet-stream',
      'idempotency-key': more.key ?? crypto.randomUUID(),
      ...more.headers,
    },
    payload: Buffer.concat(photos),
  });
const sent = async (who: Who, photos: readonly Uint8Array[]): Promise<string[]> => {
  const reply = await send(who, photos);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ files: string[] }>().files;
};
const contentOf = async (who: Who, id: string): Promise<Buffer> => {
  const reply = await house.server.fastify.inject({
    url: `/api/document/files/${id}/content`,
    headers: { cookie: `sid=${who}` },
  });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.rawPayload;
};
const report = (who: Who, body: object, clientId = crypto.randomUUID()) =>
  call(house, {
    method: 'POST',
    url: '/api/incident/reports',
    cookie: `sid=${who}`,
    body: { clientId, text: '井盖没有了', lon: 121.505, lat: 31.205, ...body },
  });
const stored = () =>
  house.services.database.tx({ module: 'document', actor: systemActor({ name: 'test' }) }, (db) =>
    db.one<{ files: number; blobs: number }>(
      sql`select (select count(*)::int from document.file) as files, (select count(*)::int from document.blob) as blobs`,
    ),
  );

it('takes several photos in one request; what the camera wrote is gone from them, and a lost answer costs nothing', async () => {
  const key = crypto.randomUUID();
  const first = await send('clerk', [withExif(picture), other], { key });
  expect(first.statusCode, first.body).toBe(201);
  const { files } = first.json<{ files: string[] }>();
  const before = await stored();
  const again = await send('clerk', [withExif(picture), other], { key });
  expect(again.json()).toEqual({ files });
  expect((await stored()).files).toBe(before.files);
  const kept = await contentOf('clerk', files[0] ?? '');
  expect(kept.equals(picture)).toBe(true);
  expect(kept.includes('Exif')).toBe(false);
});

it('names the photo that is not taken and keeps none of them', async () => {
  const before = await stored();
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1')]);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const zip = Buffer.from('PK\u0003\u0004 and more', 'latin1');
  for (const [bytes, rule] of [
    [heic, 'heic'],
    [svg, 'type'],
    [zip, 'type'],
    [picture.subarray(0, picture.length - 40), 'broken'],
  ] as const) {
    const reply = await send('clerk', [picture, bytes]);
    expect(reply.json(), rule).toMatchObject({
      status: 422,
      code: 'PHOTO_REFUSED',
      fields: [{ pointer: '/files/1', rule }],
    });
  }
  const large = await send('clerk', [picture], { sizes: `${60 * 1024 ** 2}` });
  expect(large.json()).toMatchObject({ code: 'PHOTO_REFUSED', fields: [{ pointer: '/files/0', rule: 'size' }] });
  const eleven = await send('clerk', [picture], { sizes: `${11 * 1024 ** 2}` });
  expect(eleven.json()).toMatchObject({ code: 'PHOTO_REFUSED', fields: [{ pointer: '/files/0', rule: 'size' }] });
  expect(eleven.body).toContain('10 MB');
  expect((await send('clerk', [picture], { sizes: `${picture.length + 5}` })).json()).toMatchObject({
    code: 'FILE_INCOMPLETE',
  });
  expect(await stored()).toEqual(before);
});

it('drops what hangs on behind a photo', async () => {
  const [id = ''] = await sent('clerk', [Buffer.concat([picture, Buffer.from('PK\u0003\u0004<script>')])]);
  expect((await contentOf('clerk', id)).equals(picture)).toBe(true);
});

it('is not done for another account than the one that handed it in', async () => {
  const headers = { 'x-account': 'clerkToo' };
  expect((await send('clerk', [picture], { headers })).json()).toMatchObject({ status: 409, code: 'OTHER_ACCOUNT' });
  expect((await send('clerkToo', [picture], { headers })).statusCode).toBe(201);
});

it('asks again where a photo is of another time or place, and forgets what the camera said', async () => {
  const files = await sent('clerk', [withExif(picture)]);
  const clientId = crypto.randomUUID();
  const asked = await report('clerk', { files }, clientId);
  expect(asked.json()).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ rule: 'photo-time' }, { rule: 'photo-place' }],
  });
  expect((await report('clerk', { files, photosConfirmed: true }, clientId)).statusCode).toBe(201);
  const { n } = await house.services.database.tx({ module: 'document', actor: systemActor({ name: 'test' }) }, (db) =>
    db.one<{ n: number }>(sql`select count(*)::int as n from document.camera_fact where file = any(${files}::uuid[])`),
  );
  expect(n).toBe(0);
});

it('takes photos without any facts, and a report with them', async () => {
  const files = await sent('clerk', [picture, other, picture]);
  expect(new Set(files).size).toBe(3);
  expect((await report('clerk', { files })).statusCode).toBe(201);
});
