import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Language, languageOf } from '#platform/kernel/text.ts';
import { levelsFor } from '../readers.ts';
import { dataCsv } from './data-csv.ts';
import { dataJson, type Writing } from './data-json.ts';
import { genericXml, specificXml } from './data-xml.ts';
import { SdmxError, TITLES } from './errors.ts';
import { fetchData } from './fetch.ts';
import { AGENCY, AGENCY_TITLE, readArtefacts } from './model.ts';
import { contentType, DATA_FORMS, negotiate, STRUCTURE_FORMS, type Wanted } from './negotiate.ts';
import { type DataQuery, nothing, type Query, readV1, readV2 } from './query.ts';
import { choose, readStructureQuery, structureJson, structureXml } from './structures.ts';
import { attribute, NAMESPACES, XML } from './xml.ts';

const V2 = '/sdmx/v2';
const V1 = '/sdmx/2.1';

/**
 * SDMX REST 2.x (SDMX 3.0) at `/sdmx/v2` and 1.x (SDMX 2.1), which most clients speak, at `/sdmx/2.1`. Open to everybody for public
 * series; officials see internal ones as well. Nothing under embargo is ever in an answer.
 */
export const sdmxMount: Mount = {
  path: '/sdmx',
  summary: { zh: 'SDMX 数据服务', en: 'SDMX web service' },
  allow: 'public',
  register(server, kernel) {
    server.addHook('onSend', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*').header('vary', 'accept, accept-language, cookie');
    });
    const route = (path: string, work: (call: Call) => Promise<FastifyReply>) => {
      for (const url of [path, `${path}/*`])
        server.get(url, (request, reply) => answered({ request, reply, kernel, path, work }));
    };
    route(`${V2}/data`, (call) => data(call, readV2, 'json'));
    route(`${V2}/structure`, (call) => structure(call, false));
    for (const other of ['availability', 'schema', 'metadata', 'registration'])
      route(`${V2}/${other}`, async () => {
        throw new SdmxError('implemented', { zh: '本服务不提供这类查询', en: 'this kind of query is not offered' });
      });
    route(`${V1}/data`, (call) => data(call, readV1, 'generic'));
    for (const type of [
      'dataflow',
      'datastructure',
      'codelist',
      'conceptscheme',
      'agencyscheme',
      'structure',
      'organisationscheme',
    ])
      route(`${V1}/${type}`, (call) => structure({ ...call, parts: [type, ...call.parts] }, true));
  },
};

type Call = {
  request: FastifyRequest;
  reply: FastifyReply;
  kernel: MountKernel;
  parts: string[];
  query: Query;
  language: Language;
  self: string;
};

async function answered(options: {
  request: FastifyRequest;
  reply: FastifyReply;
  kernel: MountKernel;
  path: string;
  work: (call: Call) => Promise<FastifyReply>;
}): Promise<FastifyReply> {
  const { request, reply, kernel, path, work } = options;
  const language = languageOf(request.headers['accept-language']);
  try {
    const rest =
      request.url
        .split('?')[0]
        ?.slice(path.length + 1)
        .replace(/\/$/, '') ?? '';
    const parts = rest === '' ? [] : rest.split('/').map(decoded);
    const origin = kernel.services.config.publicOrigin ?? `${request.protocol}://${request.host}`;
    const call = {
      request,
      reply,
      kernel,
      parts,
      query: queryOf(request.url),
      language,
      self: `${origin}${request.url}`,
    };
    return await work(call);
  } catch (error) {
    // A refusal or fault of the platform is answered as everywhere; what SDMX has a number for, in its own message.
    if (!(error instanceof SdmxError)) {
      if (error instanceof ProblemError && error.spec.status === 404)
        return failed({ request, reply, error: nothing(), language });
      throw error;
    }
    return failed({ request, reply, error, language });
  }
}

/** Parameters of a query. A plus is itself here, as SDMX writes conditions with it; only %20 is a blank. */
function queryOf(url: string): Query {
  const at = url.indexOf('?');
  const out: Record<string, string | string[]> = {};
  if (at < 0) return out;
  for (const pair of url.slice(at + 1).split('&')) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    const [key, text] = [decoded(name), decoded(value.join('='))];
    const held = out[key];
    out[key] = held === undefined ? text : [...(Array.isArray(held) ? held : [held]), text];
  }
  return out;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SdmxError('syntax', { zh: '地址编码有误', en: 'the address is not encoded properly' });
  }
}

const formatOf = (query: Query): string | undefined => {
  const value = query['format'];
  return Array.isArray(value) ? value[0] : value;
};

async function data(
  call: Call,
  read: (parts: readonly string[], query: Query) => DataQuery,
  first: string,
): Promise<FastifyReply> {
  const { kernel, request, reply, parts, query, language, self } = call;
  const wanted = negotiate({ accept: request.headers.accept, format: formatOf(query), forms: DATA_FORMS, first });
  const asked = read(parts, query);
  const now = kernel.services.clock.now();
  const answer = await kernel.tx(request, async (db, actor) => {
    if (await unchanged({ db, actor, call, wanted })) return undefined;
    const levels = levelsFor(actor);
    const found = await fetchData(db, asked, levels);
    if (found.sets.length === 0) throw nothing();
    const artefacts = await readArtefacts(db, levels);
    return { found, query: asked, artefacts, language, id: messageId(request), prepared: now, self } satisfies Writing;
  });
  if (answer === undefined) return reply.code(304).send();
  return send(
    reply,
    wanted,
    written(answer, wanted),
    language,
    formatOf(query) === 'csvfile' ? 'economy.csv' : undefined,
  );
}

const messageId = (request: FastifyRequest): string => `M-${request.id}`;

function written(writing: Writing, { form, parameters }: Wanted): unknown {
  switch (form.name) {
    case 'json':
      return dataJson(writing, '2.0.0');
    case 'json1':
      return dataJson(writing, '1.0.0');
    case 'csv':
    case 'csv1':
      return dataCsv(writing, {
        version: form.name === 'csv' ? '2.0.0' : '1.0.0',
        labels: parameters['labels'],
        keys: parameters['keys'],
      });
    case 'generic':
      return genericXml(writing);
    default:
      return specificXml(writing);
  }
}

async function structure(call: Call, old: boolean): Promise<FastifyReply> {
  const { kernel, request, reply, parts, query, language, self } = call;
  const wanted = negotiate({
    accept: request.headers.accept,
    format: formatOf(query),
    forms: STRUCTURE_FORMS,
    first: old ? 'xml' : 'json',
  });
  const asked = readStructureQuery(parts, query, old);
  const artefacts = await kernel.tx(request, async (db, actor) =>
    (await unchanged({ db, actor, call, wanted })) ? undefined : readArtefacts(db, levelsFor(actor)),
  );
  if (artefacts === undefined) return reply.code(304).send();
  const chosen = choose(artefacts, asked);
  const head = { id: messageId(request), prepared: kernel.services.clock.now(), language, self };
  return send(
    reply,
    wanted,
    wanted.form.name === 'json' ? structureJson(chosen, head) : structureXml(chosen, head),
    language,
  );
}

/**
 * Conditional requests (RFC 9110, 13): an answer is the same as long as no release was published and no code was added. Sets ETag and
 * Last-Modified, and says whether the reader has it already.
 */
async function unchanged(options: { db: Db; actor: Actor; call: Call; wanted: Wanted }): Promise<boolean> {
  const { db, actor, call, wanted } = options;
  const { request, reply } = call;
  const state = await db.one<{ at: Date | null; series: number; codes: number }>(sql`
    select (select max(published_at) from economy.release) as at, (select count(*)::int from economy.series) as series, (select count(*)::int from economy.code) as codes`);
  const parts = [
    state.at?.toISOString(),
    state.series,
    state.codes,
    levelsFor(actor).join(),
    call.language,
    contentType(wanted),
    request.url,
  ];
  const etag = `W/"${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22)}"`;
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (state.at) reply.header('last-modified', state.at.toUTCString());
  const known = request.headers['if-none-match'];
  if (known !== undefined) return known.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*');
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return state.at !== null && !Number.isNaN(since) && Math.floor(state.at.getTime() / 1000) * 1000 <= since;
}

function send(reply: FastifyReply, wanted: Wanted, body: unknown, language: Language, file?: string): FastifyReply {
  if (file) reply.header('content-disposition', `attachment; filename="${file}"`);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return reply
    .header('content-language', language)
    .type(contentType(wanted))
    .serializer((value: unknown) => value as string)
    .send(text);
}

/** An error as an SDMX message: XML for who asked for XML, else JSON. */
function failed(options: {
  request: FastifyRequest;
  reply: FastifyReply;
  error: SdmxError;
  language: Language;
}): FastifyReply {
  const { request, reply, error, language } = options;
  const title = TITLES[error.code] ?? { zh: '错误', en: 'Error' };
  reply.code(error.status).header('cache-control', 'no-store').header('content-language', language);
  const old = request.url.startsWith(V1);
  const accept = request.headers.accept ?? '';
  if (/xml/.test(accept) || (old && !/json/.test(accept))) {
    const text = `${title[language]}: ${error.detail[language]}`;
    return reply
      .type('application/vnd.sdmx.error+xml;version=2.1')
      .send(
        `${XML}<message:Error ${NAMESPACES.data}><message:ErrorMessage code="${error.code}"><common:Text xml:lang="${language}">${attribute(text)}</common:Text></message:ErrorMessage></message:Error>`,
      );
  }
  return reply
    .type('application/vnd.sdmx.data+json;version=2.0.0')
    .serializer((value: unknown) => JSON.stringify(value))
    .send({
      meta: {
        id: messageId(request),
        prepared: new Date().toISOString(),
        sender: { id: AGENCY, name: AGENCY_TITLE[language], names: { ...AGENCY_TITLE } },
      },
      errors: [
        {
          code: error.code,
          title: title[language],
          titles: { ...title },
          detail: error.detail[language],
          details: { ...error.detail },
        },
      ],
    });
}
