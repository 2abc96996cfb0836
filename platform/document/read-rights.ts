import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound, PurposeRequired } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { isPersonal, type Level } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { FileRow } from './file-view.ts';
import { documentFile } from './resources.ts';

/** Whom a file is about. */
export type Subject = { kind: 'person' | 'entity'; id: string };

/**
 * Says whether the caller may read a row that files are attached to (谁可以看). It runs in a transaction of the app and of the caller, so that row
 * security answers: a row that is not found may not be read.
 */
export type DocumentReader = {
  app: string;
  kind: string;
  mayRead(db: Db, subject: string): Promise<{ subjects: readonly Subject[] } | undefined>;
};
export const documentReader = port<DocumentReader>('document.reader');

export type Readable = FileRow & {
  content: string;
  key: string;
  level: Level;
  subjects: readonly Subject[];
};

type Row = FileRow & {
  content: string;
  key: string;
  level: Level;
  uploadedBy: string;
  person: string | null;
  entity: string | null;
  expired: boolean;
  rows: { app: string; kind: string; subject: string }[];
};

/**
 * A file that the caller may read: before it is attached the uploader, afterwards whoever may read a row that it is attached to. Everything
 * else does not exist. What is personal and of others needs a purpose.
 */
export async function readableFile(options: { services: Services; actor: Actor; id: string }): Promise<Readable> {
  const { services, actor, id } = options;
  const row = isUuid(id) ? await findFile(services, id) : undefined;
  if (!row) throw NotFound.with();
  const subjects = row.state === 'uploaded' ? ownSubjects(row, actor) : await askApps({ services, actor, row });
  if (!subjects) throw NotFound.with();
  const own =
    subjects.length > 0 && subjects.every((s) => s.id === (s.kind === 'person' ? actor.person : actor.entity));
  const uploader = row.state === 'uploaded' && row.uploadedBy === actor.account;
  if (isPersonal(row.level) && !own && !uploader && !actor.purpose) throw PurposeRequired.with();
  return { ...row, subjects };
}

/** Writes the read into the audit, for the persons and enterprises concerned. */
export async function recordRead(options: {
  services: Services;
  db: Db;
  route: string;
  file: Readable;
}): Promise<void> {
  const { services, db, route, file } = options;
  const fields = [{ resource: documentFile.id, field: 'name', level: file.level }];
  const trail = services.registry.provided(auditTrail)[0]?.value;
  await trail?.record(db, { route, fields, subjects: [...file.subjects], outcome: 'read' });
}

async function findFile(services: Services, id: string): Promise<Row | undefined> {
  return services.database.tx({ module: 'document', actor: systemActor({ name: 'document' }) }, (db) =>
    db.first<Row>(sql`
      select f.id, f.name, f.kind, c.media_type as "mediaType", c.size::text as size, c.sm3, c.sha256, f.scan, f.flags, f.state, f.uploaded_at as "uploadedAt",
        f.expires_at as "expiresAt", c.id as content, c.key, f.level, f.uploaded_by as "uploadedBy", f.person, f.entity,
        f.state = 'uploaded' and f.expires_at <= kernel.now() as expired,
        coalesce((select jsonb_agg(jsonb_build_object('app', a.app, 'kind', a.kind, 'subject', a.subject)) from document.attachment a where a.file = f.id), '[]') as rows
      from document.file f join document.content c on c.id = f.content where f.id = ${id}::uuid`),
  );
}

function ownSubjects(row: Row, actor: Actor): Subject[] | undefined {
  if (row.expired || row.uploadedBy !== actor.account) return undefined;
  return [
    ...(row.person === null ? [] : [{ kind: 'person' as const, id: row.person }]),
    ...(row.entity === null ? [] : [{ kind: 'entity' as const, id: row.entity }]),
  ];
}

async function askApps(options: {
  services: Services;
  actor: Actor;
  row: Row;
}): Promise<readonly Subject[] | undefined> {
  const { services, actor, row } = options;
  const readers = services.registry.provided(documentReader).map(({ value }) => value);
  for (const { app, kind, subject } of row.rows) {
    const reader = readers.find((each) => each.app === app && each.kind === kind);
    const found =
      reader &&
      (await services.database.tx({ module: app, actor, readOnly: true }, (db) => reader.mayRead(db, subject)));
    if (found) return found.subjects;
  }
  return undefined;
}
