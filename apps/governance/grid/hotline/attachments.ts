import { Readable } from 'node:stream';
import type { JobHandler, Services, Timer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { addCallerPhotos } from '#platform/case/caller-photos.ts';
import { photoKind } from '#platform/case/photos.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import type { FileKind } from '#platform/document/file-kinds.ts';
import { MEDIA } from '#platform/document/media-type.ts';
import { inTurn, insertPhotos, storePhotos, undoPhotos } from '#platform/document/photo/store-photos.ts';
import type { DocumentReader } from '#platform/document/read-rights.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { askCity } from './ask-city.ts';
import { type PushedOrder, waitAfter } from './order.ts';
import { findOrder, HOTLINE, inHotline, note, queueTell } from './order-row.ts';

const SERVICE = 'hotline.attachment';
export const FETCH_JOB = 'hotline-fetch';
const FETCH_MS = 60_000;
const MEGABYTE = 1024 ** 2;
const { mp3, wav, mp4, pdf, ofd, docx, xlsx, text, png, jpeg } = MEDIA;

/** Recordings of calls and papers of callers: of persons, so that they are read for a purpose and on record. The sizes are ours. */
const recordingKind: FileKind = {
  id: 'grid.hotline-recording',
  title: { zh: '市热线来电录音', en: 'Recording of a call' },
  maxBytes: 30 * MEGABYTE,
  media: [mp3, wav, mp4],
  level: 'L3',
};
const documentKind: FileKind = {
  id: 'grid.hotline-document',
  title: { zh: '市热线工单材料', en: 'Document of an order' },
  maxBytes: 20 * MEGABYTE,
  media: [pdf, ofd, docx, xlsx, text, png, jpeg],
  level: 'L3',
};
export const hotlineFileKinds: readonly FileKind[] = [recordingKind, documentKind];

type Kind = 'photo' | 'recording' | 'document';
const KINDS: Readonly<Record<Kind, FileKind>> = {
  photo: photoKind,
  recording: recordingKind,
  document: documentKind,
};

/** Kind under which files are attached to an order. */
export const ATTACHED = 'hotline-order';
/** Whoever may read the order, the centre alone, may have its files. */
export const attachmentReader: DocumentReader = {
  app: 'grid',
  kind: ATTACHED,
  mayRead: async (db, subject) =>
    db.actor.post === 'duty-officer' &&
    (await db.first(sql`select 1 as found from grid.hotline_order where id::text = ${subject}`))
      ? { subjects: [] }
      : undefined,
};

/** Notes the files that an order names, those that are known already left out; they are fetched after the commit. */
export async function keepAttachments(
  db: Db,
  of: { order: string; at: Date; attachments: PushedOrder['attachments'] },
): Promise<void> {
  for (const { id, kind, name, url } of of.attachments ?? []) {
    const made = uuidv7();
    const added = await db.run(sql`
      insert into grid.hotline_attachment (id, hotline_order, city_id, name, kind, url, at, next_at)
      values (${made}::uuid, ${of.order}::uuid, ${id}, ${name}, ${kind}, ${url}, ${of.at}::timestamptz, ${of.at}::timestamptz) on conflict (hotline_order, city_id) do nothing`);
    if (added > 0) await db.enqueue({ name: FETCH_JOB, payload: { attachment: made }, key: made });
  }
}

export const fetchJob: JobHandler = {
  name: FETCH_JOB,
  outside: true,
  run: async ({ payload, services }) => fetchAttachment(services, payload.attachment ?? ''),
};

/** Files that could not be fetched yet. */
export const fetchDue: Timer = {
  name: 'hotline-fetch-due',
  everyMs: 5_000,
  run: async ({ services }) => {
    const now = services.clock.now();
    await inHotline(services, async (db) => {
      const due = await db.rows<{ id: string }>(sql`
        select id from grid.hotline_attachment where state = 'waiting' and tries > 0 and next_at <= ${now}::timestamptz order by next_at limit 20`);
      for (const { id } of due) await db.enqueue({ name: FETCH_JOB, payload: { attachment: id }, key: id });
    });
  },
};

type Waiting = {
  id: string;
  cityId: string;
  name: string;
  kind: Kind;
  url: string;
  tries: number;
  no: string;
  order: string;
  system: string;
};

/**
 * Fetches a file of an order from the city (获取附件) and takes it in by the guards of the house: type by its bytes, size, bombs, passwords, viruses; photos lose what
 * the camera wrote. What is refused leaves nothing but its name, and the city gets a receipt that names it; what cannot be had now is tried again.
 */
async function fetchAttachment(services: Services, id: string): Promise<void> {
  const now = services.clock.now();
  const waiting = await inHotline(services, (db) =>
    db.first<Waiting>(sql`
      select a.id, a.city_id as "cityId", a.name, a.kind, a.url, a.tries, o.no, o.id as "order", o.system from grid.hotline_attachment a join grid.hotline_order o on o.id = a.hotline_order
      where a.id = ${id}::uuid and a.state = 'waiting' and a.next_at <= ${now}::timestamptz`),
  );
  if (!waiting) return;
  const kind = KINDS[waiting.kind];
  const got = await askCity(services, {
    system: waiting.system,
    service: SERVICE,
    no: waiting.no,
    body: { no: waiting.no, attachment: waiting.cityId },
    key: `${waiting.no}:${waiting.cityId}`,
    url: waiting.url,
    timeoutMs: FETCH_MS,
    maxBytes: kind.maxBytes,
  });
  if ('failed' in got) {
    const { words, code, refused } = got.failed;
    const final = refused ? 'HOTLINE_FILE_GONE' : FINAL_OUTBOUND[code];
    return final === undefined ? later(services, waiting, words) : refuse(services, waiting, { code: final, words });
  }
  let file: Kept;
  try {
    file = await takeIn(services, {
      kind,
      name: waiting.name,
      photo: waiting.kind === 'photo',
      content: got.answer.body,
    });
  } catch (error) {
    // Without a scanner nothing is taken, and nothing is the file's fault.
    if (!(error instanceof ProblemError) || error.spec.status >= 500)
      return later(services, waiting, {
        zh: error instanceof ProblemError ? error.spec.title.zh : '附件保存失败',
        en: error instanceof ProblemError ? error.spec.title.en : 'The file could not be kept',
      });
    const [fault] = error.fields ?? [];
    return refuse(services, waiting, { code: error.spec.code, words: fault?.message ?? error.spec.title });
  }
  await inHotline(services, async (db) => {
    const kept = await db.run(sql`
      update grid.hotline_attachment set state = 'kept', file = ${file.id}::uuid, media_type = ${file.mediaType}, size = ${file.size}::bigint, done_at = ${services.clock.now()}::timestamptz,
        tries = tries + 1, last_error = null
      where id = ${waiting.id}::uuid and state = 'waiting'`);
    if (kept > 0) await attachDocument(db, { files: [file.id], kind: ATTACHED, subject: waiting.order });
  });
  await photosToCase(services, waiting.no);
}

/** An address that is not the city's own, or a file that is larger than its kind may be, stays so. */
const FINAL_OUTBOUND: Readonly<Record<string, string>> = {
  OUTBOUND_REFUSED: 'HOTLINE_FILE_ADDRESS',
  OUTBOUND_TOO_LARGE: 'FILE_TOO_LARGE',
};

type Kept = { id: string; mediaType: string; size: number };

async function takeIn(
  services: Services,
  of: { kind: FileKind; name: string; photo: boolean; content: Buffer },
): Promise<Kept> {
  const { kind, name, content } = of;
  if (!of.photo) {
    const { id, mediaType, size } = await storeFile({ services, actor: HOTLINE, kind: kind.id, name, content });
    return { id, mediaType, size: Number(size) };
  }
  const stream = Readable.from([content], { objectMode: false });
  const photos = await inTurn(services, () =>
    storePhotos({ services, actor: HOTLINE, kind, sizes: [content.length], stream }),
  );
  try {
    const [id = ''] = await services.database.tx({ module: 'document', actor: HOTLINE }, (db) =>
      insertPhotos(db, { kind, photos }),
    );
    return { id, mediaType: jpeg, size: photos[0]?.size ?? 0 };
  } catch (error) {
    await undoPhotos(
      services,
      photos.map((photo) => photo.id),
    );
    throw error;
  }
}

const later = (services: Services, { id, tries }: Waiting, words: Text): Promise<void> =>
  inHotline(services, async (db) => {
    const until = new Date(services.clock.now().getTime() + waitAfter(tries + 1) * 1_000);
    await db.run(sql`
      update grid.hotline_attachment set tries = tries + 1, next_at = ${until}::timestamptz, last_error = ${json(words)}::text::jsonb where id = ${id}::uuid and state = 'waiting'`);
  });

/** The receipt names the file, so that the city can tell the caller which one to send anew. */
const refuse = (services: Services, waiting: Waiting, why: { code: string; words: Text }): Promise<void> =>
  inHotline(services, async (db) => {
    const order = await findOrder(db, waiting.no);
    const now = services.clock.now();
    const refused = await db.run(sql`
      update grid.hotline_attachment set state = 'refused', code = ${why.code}, done_at = ${now}::timestamptz, tries = tries + 1, last_error = ${json(why.words)}::text::jsonb
      where id = ${waiting.id}::uuid and state = 'waiting'`);
    if (!order || refused === 0) return;
    const { cityId, name } = waiting;
    const text = `附件“${name}”未接收：${why.words.zh}`;
    await queueTell(db, order, {
      status: 'attachment-refused',
      at: now,
      text,
      attachment: { id: cityId, name, code: why.code },
    });
    note(db, { order: order.id, at: now, kind: 'attachment-refused', text });
  });

/** Photos of the place stand with the case, once it has one: whoever handles it sees them. Recordings and papers stay with the order. */
export async function photosToCase(services: Services, no: string): Promise<void> {
  const photos = await inHotline(services, (db) =>
    db.rows<{ file: string; report: string; caseId: string }>(sql`
      select a.file, o.report, o.case_id as "caseId" from grid.hotline_attachment a join grid.hotline_order o on o.id = a.hotline_order
      where o.no = ${no} and o.state = 'filed' and o.report is not null and a.state = 'kept' and a.kind = 'photo' and a.in_case is distinct from o.case_id order by a.id`),
  );
  const [first] = photos;
  if (!first) return;
  const files = photos.map(({ file }) => file);
  await addCallerPhotos(services, { report: first.report, files });
  await inHotline(services, (db) =>
    db.run(sql`update grid.hotline_attachment set in_case = ${first.caseId}::uuid where file = any(${files}::uuid[])`),
  );
}

/** What people see of the files of an order. */
export async function attachmentsOf(db: Db, order: string) {
  return db.rows<{
    name: string;
    kind: string;
    state: string;
    file: string | null;
    mediaType: string | null;
    code: string | null;
    error: { zh: string; en: string } | null;
  }>(sql`
    select name, kind, state, file, media_type as "mediaType", code, last_error as error from grid.hotline_attachment where hotline_order = ${order}::uuid order by at, id`);
}
