import { Transformer } from '@napi-rs/image';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openCaseHouse, type Who } from './fixtures/case-house.ts';
import { sql } from '#platform/kernel/sql.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { withExif } from '#platform/document/photo/exif-example.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';

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

/*
 * Bad bytes through the real doors, over a socket: the door of photos, and the door of single files. What comes is refused in words and leaves nothing behind.
 */
it('refuses 60 MB, an archive bomb and a picture with script at both doors, keeps nothing of them, and goes on working', async () => {
  const address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const door = async (path: string, bytes: Uint8Array): Promise<{ status: number; code: string }> => {
    const reply = await fetch(`${address}/api/document/${path}`, {
      method: 'POST',
      headers: {
        cookie: 'sid=clerk',
        'content-type': 'application/octet-stream',
        'idempotency-key': crypto.randomUUID(),
      },
      body: new Uint8Array(bytes),
    }).catch(() => undefined);
    // A server may hang up on somebody who goes on sending what it has refused.
    if (!reply) return { status: 0, code: 'CLOSED' };
    const { code } = (await reply.json()) as { code: string };
    return { status: reply.status, code };
  };
  const before = await stored();
  // A picture at the front, 60 MB in all.
  const huge = Buffer.concat([picture, Buffer.alloc(60 * 1024 ** 2)]);
  // 200 MB of nothing in 200 kB.
  const bomb = zipSync({ 'photo.jpg': new Uint8Array(200 * 1024 ** 2) }, { level: 9 });
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>');
  for (const [name, bytes] of [
    ['huge', huge],
    ['bomb', bomb],
    ['svg', svg],
  ] as const) {
    // Once as it is, once with a size that lies.
    for (const sizes of [bytes.length, 5_000]) {
      const reply = await door(`photos?kind=incident.photo&sizes=${sizes}`, bytes);
      expect([0, 400, 413, 422], `${name} ${sizes} ${reply.code}`).toContain(reply.status);
    }
    const single = await door('files?kind=incident.photo&name=photo.jpg', bytes);
    expect([0, 413, 415, 422], `${name} ${single.code}`).toContain(single.status);
  }
  expect(await stored()).toEqual(before);
  expect(await sent('clerk', [picture])).toHaveLength(1);
});

it('asks again for the time alone or the place alone, and not at all where both are right', async () => {
  // The example was taken at 08:15 on 20 November at 31°13′30″ N, 121°28′12″ E.
  const there = { lon: 121.47, lat: 31.225 };
  const rulesOf = async (place: object): Promise<string[]> => {
    const [id = ''] = await sent('clerk', [withExif(other)]);
    const reply = await report('clerk', { files: [id], ...place });
    return (reply.json<{ fields?: { rule: string }[] }>().fields ?? []).map(({ rule }) => rule);
  };
  const at = (moment: string) => moveClock(house, (new Date(`${moment}+08:00`).getTime() - Date.now()) / 1000);
  await at('2026-11-20T20:00:00');
  expect(await rulesOf({})).toEqual(['photo-place']);
  expect(await rulesOf(there)).toEqual([]);
  await at('2026-11-21T08:30:00');
  expect(await rulesOf(there)).toEqual(['photo-time']);
  // A phone whose clock is a day ahead is asked as well.
  await at('2026-11-19T08:00:00');
  expect(await rulesOf(there)).toEqual(['photo-time']);
  await at('2026-11-26T10:00:00');
});

it('masks what nobody has to read before anybody reads it: abuse, telephone and identity numbers, addresses of mail', async () => {
  const text = '他妈的，打我电话13812345678，身份证31010119900101123X，信箱 a.b@example.com';
  const made = await report('citizen', { text, lat: 31.2071 });
  const { no } = made.json<{ no: string }>();
  const shown = await call(house, { url: `/api/incident/cases/${no}`, cookie: 'sid=clerk' });
  expect(shown.json().description).toBe('***，打我电话138****5678，身份证310101********123X，信箱 ***@***');
  const kept = await house.services.database.tx({ module: 'incident', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ text: string }>(sql`select text from incident.report union select description from incident.case_file`),
  );
  expect(JSON.stringify(kept)).not.toMatch(/13812345678|31010119900101123X|example\.com|他妈的/);
});

it('gives photos of somebody who follows a case to the case, also when they stand in it already', async () => {
  const made = await report('clerk', { class: 'P0101', lat: 31.2085, source: 'hotline' });
  const { no } = made.json<{ no: string }>();
  const join = async (files: string[]) => {
    const reply = await call(house, {
      method: 'POST',
      url: `/api/incident/near/${no}/join`,
      cookie: 'sid=citizen',
      body: { clientId: crypto.randomUUID(), files },
    });
    expect(reply.statusCode, reply.body).toBe(201);
    return reply.json<{ fresh: boolean }>().fresh;
  };
  expect(await join(await sent('citizen', [picture]))).toBe(true);
  expect(await join(await sent('citizen', [other, picture]))).toBe(false);
  const shown = (await call(house, { url: `/api/incident/cases/${no}`, cookie: 'sid=clerk' })).json();
  expect(shown.photos).toHaveLength(3);
  expect(shown).toMatchObject({ reports: 2 });
  expect(shown.timeline.map(({ kind }: { kind: string }) => kind)).toEqual(['report', 'join', 'add']);
});
