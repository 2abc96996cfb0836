import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MountKernel } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { KeyRefused } from '../errors.ts';
import { fileOf, readFile } from '../formats/files.ts';
import { type Format, FORMATS } from '../formats/write.ts';
import { type ApiKey, findKey, meter, opens, secretIn } from '../keys/api-key.ts';
import { keepMarks, markRows } from '../keys/canary.ts';
import { readAllRows } from '../publish/store-version.ts';
import type { Value } from '../schema.ts';
import { readDataset, type Shown } from './read-dataset.ts';

/**
 * Streams a version as a file: whole or a range of it, told by its ETag (RFC 9110 §13–14). A version never changes, so its name is its
 * validator. A conditional set needs a key whose agreement holds, and carries that key's marked rows.
 */
export async function serveFile(options: {
  kernel: MountKernel;
  request: FastifyRequest;
  reply: FastifyReply;
  id: string;
  no: number | undefined;
  format: Format;
}): Promise<FastifyReply> {
  const { kernel, request, reply, id, no, format } = options;
  const { set, key } = await kernel.tx(request, async (db) => {
    const shown = await readDataset(db, id, no);
    if (format === 'geojson' && shown.geometry === null) throw NotFound.with();
    const secret = secretIn(request.headers);
    const holder = await findKey(db, secret);
    if (secret !== undefined && !holder) throw KeyRefused.with();
    if (shown.opening === 'conditional' && (!holder || !(await opens(db, { key: holder, dataset: id }))))
      throw KeyRefused.with();
    return { set: shown, key: holder };
  });
  const marked = set.opening === 'conditional' ? key : undefined;
  const tag = `"${set.version}${marked?.id ?? ''}-${format}"`;
  reply
    .header('etag', tag)
    .header('last-modified', new Date(set.publishedAt).toUTCString())
    .header('accept-ranges', 'bytes')
    .header(
      'cache-control',
      marked ? 'private, no-cache' : no === undefined ? 'no-cache' : 'public, max-age=31536000, immutable',
    )
    .header('content-disposition', `attachment; filename="${set.id}-v${set.no}.${FORMATS[format].extension}"`)
    .header(
      'link',
      `<${request.url.replace(/[^/]+$/, `v${set.no}.csv-metadata.json`)}>; rel="describedby"; type="application/csvm+json"`,
    )
    .type(FORMATS[format].type);
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
  // The marks are made when the file of a key is written, not each time that it is read.
  const file = await fileOf(
    kernel.services,
    { version: set.version, fields: set.fields, format, key: marked?.id },
    marked && (() => kernel.tx(request, (db) => markedRows(kernel, db, set, marked))),
  );
  const range = rangeOf(request, file.size, tag);
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.size}`).send();
  if (request.method === 'HEAD') return reply.header('content-length', String(file.size)).send();
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  await count(kernel, request, {
    set,
    key,
    first: start === 0,
    share: file.size === 0 ? 1 : (end - start + 1) / file.size,
  });
  if (!range) return reply.header('content-length', String(file.size)).send(readFile(file.path));
  return reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
    .header('content-length', String(range.end - range.start + 1))
    .send(readFile(file.path, range));
}

/** Rows of a conditional set with the marks of one key, which are kept so that a leak can be traced. */
export async function markedRows(
  kernel: MountKernel,
  db: Parameters<typeof readAllRows>[0],
  set: Shown,
  key: ApiKey,
): Promise<(readonly Value[])[]> {
  const all = await readAllRows(db, set.version);
  const { rows, marks } = markRows({
    services: kernel.services,
    key: key.id,
    version: set.version,
    fields: set.fields,
    rows: all,
  });
  await keepMarks(db, { key: key.id, version: set.version, marks });
  return rows;
}

/** A download is counted with its first byte; a key is charged for every answer that carries bytes, and for the rows by their share. */
async function count(
  kernel: MountKernel,
  request: FastifyRequest,
  { set, key, first, share }: { set: Shown; key: ApiKey | undefined; first: boolean; share: number },
): Promise<void> {
  if (!first && !key) return;
  await kernel.tx(request, async (db) => {
    if (first) await db.run(sql`update open_data.dataset set downloads = downloads + 1 where id = ${set.id}`);
    if (key) await meter(db, { key: key.id, dataset: set.id, rows: Math.ceil(set.rows * share) });
  });
}

const matches = (header: string | undefined, tag: string): boolean =>
  header !== undefined && header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*');

/** One range; several, or one that names an older file, are answered with the whole. */
function rangeOf(
  request: FastifyRequest,
  size: number,
  tag: string,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const { range, 'if-range': ifRange } = request.headers;
  if (range === undefined || (ifRange !== undefined && ifRange !== tag)) return undefined;
  const found = /^bytes=(\d*)-(\d*)$/.exec(range);
  if (!found || (found[1] === '' && found[2] === '')) return undefined;
  const [, from = '', to = ''] = found;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start >= size || start > end ? 'unsatisfiable' : { start, end };
}
