import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { csvw, dataPackage, tableSchema } from '../formats/describe.ts';
import { type Format, FORMATS, isFormat } from '../formats/write.ts';
import { atom, type Change, entryOf, rss } from './feeds.ts';
import { filesOf, originOf } from './origin.ts';
import { readDataset, readDatasets } from './read-dataset.ts';
import { serveFile } from './serve-file.ts';

/** Most changes in one answer of the feed. */
const CHANGES = 200;

/** Open data for everybody, from any page of the web (CORS): files, descriptions and the feed of changes. No sign-in anywhere. */
export const openFiles: Mount = {
  path: '/open',
  summary: { zh: '开放数据下载与订阅', en: 'Open data: files and feeds' },
  allow: 'public',
  register(server, kernel) {
    server.addHook('onRequest', async (request, reply) => {
      allowEverybody(reply);
      if (request.method === 'OPTIONS') await reply.code(204).send();
    });
    server.options('/open/*', async (_request, reply) => reply.code(204).send());
    server.get('/open', async (request) => {
      const origin = originOf(kernel.services, request);
      const sets = await kernel.tx(request, (db) => readDatasets(db));
      return { total: sets.length, datasets: sets.map((set) => entryOf(set, origin)) };
    });
    // The newest, or what came after a moment in the order in which it came: whoever reads on from the last one misses none.
    const changes = async (request: FastifyRequest): Promise<Change[]> => {
      const { since = '' } = request.query as { since?: string };
      const from = Number.isNaN(Date.parse(since)) ? null : new Date(since);
      return kernel.tx(request, (db) =>
        db.rows<Change>(sql`
          select v.cite, v.dataset, v.no, d.title, d.summary, v.note, v.rows, to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt"
          from open_data.version v join open_data.dataset d on d.id = v.dataset
          where v.state in ('published', 'superseded') and d.state = 'open' and (${from}::timestamptz is null or v.published_at > ${from}::timestamptz)
          order by ${from === null ? sql`v.published_at desc` : sql`v.published_at`}, v.cite limit ${CHANGES}`),
      );
    };
    server.get('/open/changes.json', async (request) => ({ changes: await changes(request) }));
    server.get('/open/changes.rss', async (request, reply) =>
      reply
        .type('application/rss+xml; charset=utf-8')
        .send(rss(await changes(request), originOf(kernel.services, request))),
    );
    server.get('/open/changes.atom', async (request, reply) =>
      reply
        .type('application/atom+xml; charset=utf-8')
        .send(atom(await changes(request), originOf(kernel.services, request))),
    );
    server.get<{ Params: { id: string; name: string } }>('/open/:id/:name', async (request, reply) => {
      const { id, name } = request.params;
      const wanted = nameOf(name);
      if (!wanted || !/^[a-z0-9-]{3,100}$/.test(id)) throw NotFound.with();
      if (wanted.what === 'file')
        return serveFile({ kernel, request, reply, id, no: wanted.no, format: wanted.format });
      const set = await kernel.tx(request, (db) => readDataset(db, id, wanted.no));
      const base = filesOf(originOf(kernel.services, request), id);
      if (wanted.what === 'schema') return tableSchema(set.fields);
      if (wanted.what === 'package') return dataPackage(set, base);
      return reply.type('application/csvm+json').serializer(JSON.stringify).send(csvw(set, base));
    });
  },
};

export function allowEverybody(reply: FastifyReply): void {
  reply
    .header('access-control-allow-origin', '*')
    .header('access-control-allow-methods', 'GET, HEAD, POST, OPTIONS')
    .header('access-control-allow-headers', 'authorization, content-type, x-api-key, range, if-none-match')
    .header(
      'access-control-expose-headers',
      'etag, content-range, content-length, link, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after',
    )
    .header('cross-origin-resource-policy', 'cross-origin');
}

type Named = { no: number | undefined } & ({ what: 'file'; format: Format } | { what: 'schema' | 'package' | 'csvw' });

/** `latest.csv`, `v3.jsonl`, `schema.json`, `datapackage.json`, `v3.csv-metadata.json`. */
function nameOf(name: string): Named | undefined {
  if (name === 'schema.json') return { what: 'schema', no: undefined };
  if (name === 'datapackage.json') return { what: 'package', no: undefined };
  const found = /^(?:latest|v(\d{1,6}))\.([a-z.-]+)$/.exec(name);
  if (!found) return undefined;
  const no = found[1] === undefined ? undefined : Number(found[1]);
  if (found[2] === 'csv-metadata.json') return { what: 'csvw', no };
  const format = Object.entries(FORMATS).find(([, { extension }]) => extension === found[2])?.[0];
  return format !== undefined && isFormat(format) ? { what: 'file', no, format } : undefined;
}
