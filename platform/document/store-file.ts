import { Readable } from 'node:stream';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { ClassifiedContent, classificationOfName, type SecrecyLevel } from '#platform/kernel/classified.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FileEncrypted, FileHarmful, FileTypeRefused, FileUnreadable, TooManyUploads } from './document-errors.ts';
import { COMMON_KINDS, type FileKind, fileKind } from './file-kinds.ts';
import type { FileRow } from './file-view.ts';
import type { Fault } from './guard/inspect.ts';
import { runInspection } from './guard/run-inspection.ts';
import { type MediaType, nameDiffers } from './media-type.ts';
import { scanContent } from './scan/scanner.ts';
import { fileStore } from './store/file-store.ts';
import { spool, type Spooled } from './store/spool.ts';

/** An upload is its owner's for this long; what no app has attached by then goes. Ours, no law's. */
export const KEPT_HOURS = 24;

/** Uploads of one account that nothing uses yet: more would only fill the store. Ours, no law's. */
const PENDING = { files: 300, bytes: 1024 ** 3 };

/** A content that has passed all guards and lies in the store; rows follow in the transaction of the request. */
export type Prepared = Pick<Spooled, 'id' | 'size' | 'sm3' | 'sha256' | 'key'> & {
  kind: FileKind;
  name: string;
  mediaType: MediaType;
  scan: 'clean' | 'unscanned';
  scanner: string;
  flags: string[];
};

/** The kind with this id, as some module declares it. */
export function kindOf(services: Services, id: string): FileKind {
  const known = [...COMMON_KINDS, ...services.registry.provided(fileKind).map(({ value }) => value)];
  const kind = known.find((each) => each.id === id);
  if (!kind)
    throw InvalidInput.with({
      fields: [{ pointer: '/query/kind', rule: 'known', message: { zh: '没有这种文件', en: 'no such kind of file' } }],
    });
  return kind;
}

/**
 * Takes a content in before the transaction: spooled, looked through for marks of secrecy, bombs, passwords and viruses, and only then put into
 * the store. Whatever is refused leaves nothing but, of a classified one, its digest.
 */
export async function prepareFile(options: {
  services: Services;
  actor: Actor;
  stream: NodeJS.ReadableStream;
  declaredLength?: number;
  kind: FileKind;
  name: string;
}): Promise<Prepared> {
  const { services, actor, kind } = options;
  const name =
    options.name
      .normalize('NFC')
      .replaceAll(/[\p{C}\\/]/gu, '_')
      .trim() || '_';
  await assertRoom(services, actor);
  const spooled = await spool({ ...options, maxBytes: kind.maxBytes });
  try {
    const { mediaType, flags } = await guarded({ services, actor, kind, name, spooled });
    const scan = await scanContent(services, spooled.read);
    if (scan.state === 'harmful') {
      const { sm3 } = spooled;
      await asSystem(services, (db) =>
        db.emit({ type: 'document.upload.harmful', subject: sm3, data: { account: actor.account, found: scan.found } }),
      );
      throw FileHarmful.with({ extra: { found: scan.found } });
    }
    await announce(services, spooled.id);
    await fileStore(services).put(spooled.id, spooled.path);
    const { id, size, sm3, sha256, key } = spooled;
    if (nameDiffers(name, mediaType)) flags.push('name-differs');
    return { id, size, sm3, sha256, key, kind, name, mediaType, flags, scan: scan.state, scanner: scan.scanner };
  } finally {
    await spooled.discard();
  }
}

async function assertRoom(services: Services, actor: Actor): Promise<void> {
  if (actor.kind !== 'system') await asSystem(services, (db) => assertRoomIn(db, actor));
}

async function assertRoomIn(db: Db, actor: Actor): Promise<void> {
  const { files, bytes } = await db.one<{ files: number; bytes: string }>(sql`
    select count(*)::int as files, coalesce(sum(c.size), 0)::text as bytes from document.file f join document.content c on c.id = f.content
    where f.uploaded_by = ${actor.account} and f.state = 'uploaded'`);
  if (files >= PENDING.files || Number(bytes) >= PENDING.bytes) throw TooManyUploads.with();
}

/** Takes back what `prepareFile` stored, when its transaction did not commit. */
export async function undoFile(services: Services, prepared: Pick<Prepared, 'id'>): Promise<void> {
  await fileStore(services).remove(prepared.id);
  await asSystem(services, (db) => db.run(sql`delete from document.blob where id = ${prepared.id}::uuid`));
}

/** Writes the rows of a file, in the transaction of the upload. A content that its owner has kept already is not kept twice. */
export async function insertFile(db: Db, prepared: Prepared): Promise<FileRow> {
  const { actor } = db;
  const { kind, name, size, sm3, sha256, mediaType, scan, scanner, flags } = prepared;
  const scope = scopeOf(actor);
  const made = await db.run(sql`
    insert into document.content (id, scope, sm3, sha256, size, media_type, key)
    values (${prepared.id}::uuid, ${scope}, ${sm3}, ${sha256}, ${size}::bigint, ${mediaType}, ${prepared.key}) on conflict (scope, sm3, sha256, size) do nothing`);
  // The second copy is swept at the next round.
  await db.run(
    made === 1
      ? sql`delete from document.blob where id = ${prepared.id}::uuid`
      : sql`update document.blob set at = '-infinity' where id = ${prepared.id}::uuid`,
  );
  const id = uuidv7();
  const { uploadedAt, expiresAt } = await db.one<{ uploadedAt: Date; expiresAt: Date }>(sql`
    insert into document.file (id, content, name, kind, level, uploaded_by, uploaded_name, unit, person, entity, scan, scanner, flags, state, expires_at)
    select ${id}::uuid, c.id, ${name}, ${kind.id}, ${kind.level}, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text, ${actor.person ?? null}::text,
      ${actor.entity ?? null}::text, ${scan}, ${scanner}, ${flags}::text[], 'uploaded', kernel.now() + make_interval(hours => ${KEPT_HOURS}::int)
    from document.content c where c.scope = ${scope} and c.sm3 = ${sm3} and c.sha256 = ${sha256} and c.size = ${size}::bigint
    returning uploaded_at as "uploadedAt", expires_at as "expiresAt"`);
  await db.emit({ type: 'document.file.uploaded', subject: id });
  return {
    id,
    name,
    kind: kind.id,
    mediaType,
    size: String(size),
    sm3,
    sha256,
    scan,
    flags,
    state: 'uploaded',
    uploadedAt,
    expiresAt,
  };
}

/** A file that the house makes itself (receipt, certificate), for jobs: stored like an upload; attach it as the same actor. */
export async function storeFile(options: {
  services: Services;
  actor: Actor;
  kind: string;
  name: string;
  content: Uint8Array;
}): Promise<FileRow> {
  const { services, actor, name, content } = options;
  const stream = Readable.from([Buffer.from(content)], { objectMode: false });
  const prepared = await prepareFile({ services, actor, stream, kind: kindOf(services, options.kind), name });
  try {
    return await services.database.tx({ module: 'document', actor }, (db) => insertFile(db, prepared));
  } catch (error) {
    await undoFile(services, prepared);
    throw error;
  }
}

/** Whose the copy is: contents are shared within one owner only, so that nobody can find out what another holds. */
export function scopeOf(actor: Actor): string {
  if (actor.entity) return `entity:${actor.entity}`;
  if (actor.person) return `person:${actor.person}`;
  return actor.unit ? `unit:${actor.unit}` : `account:${actor.account}`;
}

const REFUSALS: Record<Fault, { with(options?: object): Error }> = {
  unknown: FileTypeRefused,
  encrypted: FileEncrypted,
  bomb: FileHarmful,
  damaged: FileUnreadable,
};

async function guarded(options: { services: Services; actor: Actor; kind: FileKind; name: string; spooled: Spooled }) {
  const { kind, name, spooled } = options;
  const named = classificationOfName(name);
  if (named) throw await classified({ ...options, level: named, place: 'name' });
  const found = await runInspection(spooled);
  if (found.fault) throw REFUSALS[found.fault].with({ extra: { media: kind.media } });
  if (found.level) throw await classified({ ...options, level: found.level, place: 'content' });
  if (!kind.media.includes(found.mediaType))
    throw FileTypeRefused.with({ extra: { found: found.mediaType, media: kind.media } });
  return found;
}

/** Keeps who, when and the digest of what was refused, and tells the confidentiality officer by an event (GS8). */
async function classified(options: {
  services: Services;
  actor: Actor;
  kind: FileKind;
  spooled: Spooled;
  level: SecrecyLevel;
  place: 'name' | 'content';
}): Promise<Error> {
  const { services, actor, kind, spooled, level, place } = options;
  const id = uuidv7();
  await services.database.tx({ module: 'document', actor }, async (db) => {
    await db.run(sql`insert into document.classified_refusal (id, account, unit, kind, size, sm3, level, place, trace)
      values (${id}::uuid, ${actor.account}, ${actor.unit ?? null}::text, ${kind.id}, ${spooled.size}::bigint, ${spooled.sm3}, ${level}, ${place}, ${actor.trace})`);
    await db.emit({ type: 'document.upload.classified', subject: id });
  });
  return ClassifiedContent.with();
}

/** Known before it is written: after a crash the sweep finds it. */
const announce = (services: Services, id: string) =>
  asSystem(services, (db) => db.run(sql`insert into document.blob (id) values (${id}::uuid)`));

/** The same of several, with the look whether there is room for them, in one transaction. */
export async function announceAll(services: Services, actor: Actor, ids: readonly string[]): Promise<void> {
  await asSystem(services, async (db) => {
    db.last(sql`insert into document.blob (id) select unnest(${[...ids]}::uuid[])`);
    if (actor.kind !== 'system') await assertRoomIn(db, actor);
  });
}

export const forgetBlobs = (services: Services, ids: readonly string[]) =>
  asSystem(services, (db) => db.run(sql`delete from document.blob where id = any(${[...ids]}::uuid[])`));

const asSystem = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'document', actor: systemActor({ name: 'document' }) }, work);
