import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FileGone } from './document-errors.ts';

/** A file as the app that it is attached to sees it. */
export type AttachedFile = {
  subject: string;
  file: string;
  name: string;
  mediaType: string;
  size: number;
  sm3: string;
  sha256: string;
  scan: 'clean' | 'unscanned';
  flags: string[];
  attachedAt: Date;
};

/**
 * Attaches uploads of the caller to a row of the calling module (挂接), in the transaction of that row. The module names `document` in `uses` and
 * provides a `documentReader` for the kind. FILE_GONE where an upload has expired or is another person's. Doing it twice changes nothing.
 */
export async function attachDocument(
  db: Db,
  options: { files: readonly string[]; kind: string; subject: string },
): Promise<void> {
  const { kind, subject } = options;
  const files = [...new Set(options.files)];
  if (files.length === 0) return;
  try {
    await db.run(sql`
      insert into document.attachment (id, app, file, kind, subject)
      select a.id, ${db.module}, a.file, ${kind}, ${subject} from unnest(${files.map(() => uuidv7())}::uuid[], ${files}::uuid[]) as a(id, file)
      on conflict (app, kind, subject, file) do nothing`);
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'attachment_upload') throw FileGone.with();
    throw error;
  }
}

/** Takes a file from a row; what belongs to no row any more is deleted by the next sweep. */
export async function detachDocument(db: Db, options: { file: string; kind: string; subject: string }): Promise<void> {
  const { file, kind, subject } = options;
  await db.run(
    sql`delete from document.attachment where app = ${db.module} and file = ${file}::uuid and kind = ${kind} and subject = ${subject}`,
  );
}

/** The files of some rows of the calling module, for its pages. */
export async function attachedFiles(
  db: Db,
  options: { kind: string; subjects: readonly string[] },
): Promise<AttachedFile[]> {
  const rows = await db.rows<Omit<AttachedFile, 'size'> & { size: string }>(sql`
    select subject, file, name, media_type as "mediaType", size::text as size, sm3, sha256, scan, flags, attached_at as "attachedAt"
    from document.described(${db.module}, ${options.kind}, ${[...options.subjects]}::text[])`);
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}
