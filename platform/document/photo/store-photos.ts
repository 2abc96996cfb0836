import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FileHarmful, UploadCut } from '../document-errors.ts';
import type { FileKind } from '../file-kinds.ts';
import { HEAD_BYTES, MEDIA, mediaTypeOf } from '../media-type.ts';
import { scanContent } from '../scan/scanner.ts';
import { announceAll, forgetBlobs, KEPT_HOURS, scopeOf } from '../store-file.ts';
import { fileStore } from '../store/file-store.ts';
import { sealInThread } from '../store/seal-in-thread.ts';
import { contentContext, incomingFolder } from '../store/spool.ts';
import { keptPhoto } from './kept-photo.ts';
import { photoFault, PhotoRefused, type PhotoTrouble } from './photo-faults.ts';
import type { CameraFacts } from './read-exif.ts';

/** One photo that has passed all guards and lies in the store. */
export type StoredPhoto = {
  id: string;
  size: number;
  sm3: string;
  sha256: string;
  key: string;
  scan: 'clean' | 'unscanned';
  scanner: string;
  facts: CameraFacts;
};

/** Batches that are in memory and worked at together; the others wait before a byte of theirs is read. */
const AT_ONCE = 6;
const gates = new WeakMap<Services, { running: number; waiting: (() => void)[] }>();

/** Lets a few in at a time, in the order in which they came: a crowd waits here, not at the database. */
export async function inTurn<T>(services: Services, work: () => Promise<T>): Promise<T> {
  const gate = gates.get(services) ?? { running: 0, waiting: [] };
  gates.set(services, gate);
  if (gate.running >= AT_ONCE) await new Promise<void>((go) => gate.waiting.push(go));
  else gate.running += 1;
  try {
    return await work();
  } finally {
    const next = gate.waiting.shift();
    // The place goes from hand to hand.
    if (next) next();
    else gate.running -= 1;
  }
}

/**
 * Takes several photos in (批量接收照片) that came in one body, one after the other: each is freed of what its camera wrote, scanned, encrypted and put into the store. All of them or none.
 */
export async function storePhotos(options: {
  services: Services;
  actor: Actor;
  kind: FileKind;
  sizes: readonly number[];
  stream: NodeJS.ReadableStream;
}): Promise<StoredPhoto[]> {
  const { services, actor, kind, sizes } = options;
  const large = sizes.findIndex((size) => size > kind.maxBytes);
  if (large !== -1) throw refusal(large, { rule: 'size', maxBytes: kind.maxBytes });
  const whole = await readWhole(options.stream, sum(sizes));
  const kept: { pieces: Uint8Array[]; facts: CameraFacts; scan: 'clean' | 'unscanned'; scanner: string }[] = [];
  let at = 0;
  for (const [n, size] of sizes.entries()) {
    const bytes = whole.subarray(at, at + size);
    at += size;
    const trouble = typeTrouble(bytes);
    if (trouble) throw refusal(n, trouble);
    const scan = await scanContent(services, () => Readable.from([bytes], { objectMode: false }));
    if (scan.state === 'harmful') throw FileHarmful.with({ extra: { found: scan.found } });
    const photo = await keptPhoto(bytes);
    if (typeof photo === 'string') throw refusal(n, { rule: photo === 'not-a-picture' ? 'type' : photo });
    kept.push({ ...photo, scan: scan.state, scanner: scan.scanner });
  }
  const ids = idsTogether(kept.length);
  await announceAll(services, actor, ids);
  try {
    const sealed = await keep(services, { ids, photos: kept, moved: whole.buffer });
    return sealed.map((content, n) => {
      const { facts, scan, scanner } = kept[n] as (typeof kept)[number];
      return { id: ids[n] ?? '', ...content, facts, scan, scanner };
    });
  } catch (error) {
    await undoPhotos(services, ids);
    throw error;
  }
}

/** Takes back what was stored, when its transaction did not commit. */
export async function undoPhotos(services: Services, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => fileStore(services).remove(id)));
  await forgetBlobs(services, ids);
}

/** Writes the rows of all of them, in the transaction of the upload. */
export async function insertPhotos(
  db: Db,
  options: { kind: FileKind; photos: readonly StoredPhoto[] },
): Promise<string[]> {
  const { kind, photos } = options;
  const { actor } = db;
  const scope = scopeOf(actor);
  const ids = photos.map(() => uuidv7());
  const column = <K extends keyof StoredPhoto>(name: K) => photos.map((photo) => photo[name]);
  const made = await db.rows<{ id: string }>(sql`
    insert into document.content (id, scope, sm3, sha256, size, media_type, key)
    select p.id, ${scope}, p.sm3, p.sha256, p.size, ${MEDIA.jpeg}, p.key
    from unnest(${column('id')}::uuid[], ${column('sm3')}::text[], ${column('sha256')}::text[], ${column('size')}::bigint[], ${column('key')}::text[]) as p(id, sm3, sha256, size, key)
    on conflict (scope, sm3, sha256, size) do nothing returning id`);
  // Nothing of the rest has to be waited for: it goes with the commit.
  const news = made.map(({ id }) => id);
  db.last(sql`delete from document.blob where id = any(${news}::uuid[])`);
  // What its owner has kept already is not kept twice; the second copy is swept at the next round.
  if (news.length < photos.length) {
    const second = column('id').filter((id) => !news.includes(id));
    db.last(sql`update document.blob set at = '-infinity' where id = any(${second}::uuid[])`);
  }
  db.last(sql`
    insert into document.file (id, content, name, kind, level, uploaded_by, uploaded_name, unit, person, entity, scan, scanner, flags, state, expires_at)
    select p.id, c.id, p.name, ${kind.id}, ${kind.level}, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text, ${actor.person ?? null}::text,
      ${actor.entity ?? null}::text, p.scan, p.scanner, '{}', 'uploaded', kernel.now() + make_interval(hours => ${KEPT_HOURS}::int)
    from unnest(${ids}::uuid[], ${ids.map((_, n) => `照片${n + 1}.jpg`)}::text[], ${column('sm3')}::text[], ${column('sha256')}::text[], ${column('size')}::bigint[],
      ${column('scan')}::text[], ${column('scanner')}::text[]) as p(id, name, sm3, sha256, size, scan, scanner)
    join document.content c on c.scope = ${scope} and c.sm3 = p.sm3 and c.sha256 = p.sha256 and c.size = p.size`);
  const said = photos.flatMap(({ facts }, n) =>
    facts.takenAt || facts.position ? [{ ...facts, file: ids[n] ?? '' }] : [],
  );
  if (said.length > 0)
    db.last(sql`
      insert into document.camera_fact (file, taken_at, lon, lat)
      select * from unnest(${said.map(({ file }) => file)}::uuid[], ${said.map(({ takenAt }) => takenAt?.toISOString() ?? null)}::timestamptz[],
        ${said.map(({ position }) => position?.longitude ?? null)}::float8[], ${said.map(({ position }) => position?.latitude ?? null)}::float8[])`);
  db.last(sql`select kernel.emit('document.file.uploaded', id, '{}'::jsonb) from unnest(${ids}::text[]) as id`);
  return ids;
}

/** Ids with the same last two digits, by which a store on this machine puts them into one folder: its names are synced once. */
function idsTogether(count: number): string[] {
  const folder = uuidv7().slice(-2);
  return Array.from({ length: count }, () => uuidv7().slice(0, -2) + folder);
}

const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);
const refusal = (n: number, trouble: PhotoTrouble) => PhotoRefused.with({ fields: [photoFault(n, trouble)] });

function typeTrouble(bytes: Buffer): PhotoTrouble | undefined {
  const type = mediaTypeOf(bytes.subarray(0, HEAD_BYTES));
  if (type === MEDIA.jpeg || type === MEDIA.png) return undefined;
  const heic = /^ftyp(?:hei[cxms]|hevc|mif1|msf1)/.test(bytes.subarray(4, 12).toString('latin1'));
  return { rule: heic ? 'heic' : 'type' };
}

/** The whole body, which is as long as its parts together; anything else was cut or is no such body. */
async function readWhole(stream: NodeJS.ReadableStream, length: number): Promise<Buffer<ArrayBuffer>> {
  // Of no pool that others share: it goes to another thread.
  const whole = Buffer.allocUnsafeSlow(length);
  let at = 0;
  try {
    for await (const piece of (stream as Readable).iterator({ destroyOnReturn: false })) {
      const bytes = piece as Buffer;
      if (at + bytes.length > length) throw UploadCut.with();
      at += bytes.copy(whole, at);
    }
  } catch (error) {
    const { code } = error as { code?: string };
    throw code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' ? UploadCut.with() : error;
  }
  if (at !== length) throw UploadCut.with();
  return whole;
}

/** Encrypts and writes all of them in a thread; on a store of this machine they lie in their place by then. */
async function keep(
  services: Services,
  options: { ids: readonly string[]; photos: readonly { pieces: Uint8Array[] }[]; moved: ArrayBuffer },
) {
  const { ids, photos, moved } = options;
  const store = fileStore(services);
  const pathOf = store.pathOf ?? ((id: string) => join(incomingFolder(services), id));
  const contents = ids.map((id, n) => ({ path: pathOf(id), pieces: photos[n]?.pieces ?? [] }));
  try {
    const sealed = await sealInThread(services, { contents, moved: [moved] });
    if (!store.pathOf) await Promise.all(contents.map(({ path }, n) => store.put(ids[n] ?? '', path)));
    return sealed.map(({ secret, ...digests }, n) => ({
      ...digests,
      key: services.keyring.seal(Buffer.from(secret).toString('base64'), contentContext(ids[n] ?? '')),
    }));
  } catch (error) {
    await Promise.all(contents.map(({ path }) => rm(path, { force: true })));
    throw error;
  }
}
