import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../actor-cache.ts';
import { GROUP, LIST, MOST_RESULTS, resourceTypes, schemas, serviceProviderConfig, USER } from './documents.ts';
import { errorDocument, invalid, ScimError } from './errors.ts';
import { type Column, filterSql, parseFilter } from './filter.ts';
import { findGroup, findGroups, groupColumns, replaceMembers } from './groups.ts';
import { applyPatch } from './patch.ts';
import type { Found, Search } from './search.ts';
import { actorOfSource, type Source, sourceOf } from './source.ts';
import { createUser, deleteUser, findUser, findUsers, replaceUser, USER_COLUMNS } from './users.ts';

const BASE = '/scim/v2';
const TYPE = 'application/scim+json; charset=utf-8';
type Json = Record<string, unknown>;

/**
 * SCIM 2.0 (RFC 7643, 7644): source systems bring joiners, movers and leavers. Users are accounts of officials, Groups are posts.
 * Each call needs the bearer token of one source and sees that source's people only; every change is in the audit.
 */
export const scim: Mount = {
  path: BASE,
  summary: { zh: '人员同步接口 SCIM 2.0', en: 'SCIM 2.0: joiners, movers, leavers' },
  allow: 'public',
  register(server, kernel) {
    server.addContentTypeParser(
      'application/scim+json',
      { parseAs: 'string' },
      server.getDefaultJsonParser('error', 'error'),
    );
    server.setErrorHandler((error, _request, reply) => {
      const problem = asScimError(error);
      if (problem.status >= 500) kernel.services.log.error({ err: (error as Error).message }, 'scim failed');
      if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="scim"');
      return answer(reply, problem.status, errorDocument(problem));
    });
    describe(server);
    for (const [name, kind] of Object.entries(KINDS)) resourceRoutes({ server, kernel, name, kind });
    server.all(`${BASE}/Me`, () => {
      throw new ScimError(501, 'there is no /Me: a source system is no person');
    });
    server.all(`${BASE}/Bulk`, () => {
      throw new ScimError(501, 'bulk is not supported');
    });
    server.all(`${BASE}/*`, () => {
      throw new ScimError(404, 'no such endpoint');
    });
  },
};

/** Discovery (RFC 7644 § 4): open, it tells nothing of anybody. */
function describe(server: FastifyInstance): void {
  const list = (name: string, make: (root: string) => { id: string }[]) => {
    server.get(`${BASE}/${name}`, (request, reply) => {
      if ((request.query as Json).filter !== undefined) throw new ScimError(403, 'no filter here');
      const all = make(rootOf(request));
      return answer(reply, 200, {
        schemas: [LIST],
        totalResults: all.length,
        startIndex: 1,
        itemsPerPage: all.length,
        Resources: all,
      });
    });
    server.get(`${BASE}/${name}/:id`, (request, reply) => {
      const found = make(rootOf(request)).find(({ id }) => id === (request.params as { id: string }).id);
      if (!found) throw new ScimError(404, 'not found');
      return answer(reply, 200, found);
    });
  };
  server.get(`${BASE}/ServiceProviderConfig`, (request, reply) =>
    answer(reply, 200, serviceProviderConfig(rootOf(request))),
  );
  list('Schemas', schemas);
  list('ResourceTypes', resourceTypes);
}

type Call = { db: Db; source: Source; now: Date; root: string };
type Kind = {
  schema: string;
  columns(call: Call): Record<string, Column>;
  find(search: Search): Promise<Found>;
  one(call: Call & { id: string }): Promise<Json>;
  create?(call: Call & { body: unknown }): Promise<string>;
  replace(call: Call & { before: Json; body: Json }): Promise<void>;
  remove?(call: Call & { before: Json }): Promise<void>;
};
const KINDS: Record<'Users' | 'Groups', Kind> = {
  Users: {
    schema: USER,
    columns: () => USER_COLUMNS,
    find: findUsers,
    one: findUser,
    create: createUser,
    replace: replaceUser,
    remove: deleteUser,
  },
  Groups: {
    schema: GROUP,
    columns: ({ source, now }) => groupColumns(source, now),
    find: findGroups,
    one: findGroup,
    replace: replaceMembers,
  },
};

function resourceRoutes(options: { server: FastifyInstance; kernel: MountKernel; name: string; kind: Kind }): void {
  const { server, kernel, name, kind } = options;
  const path = `${BASE}/${name}`;
  const within = async <T>(request: FastifyRequest, work: (call: Call) => Promise<T>, what?: string): Promise<T> => {
    const { services } = kernel;
    const source = await sourceOf({ authorization: request.headers.authorization, services });
    const actor = actorOfSource(source, request.id);
    const result = await services.database.tx({ module: 'identity', actor }, async (db) => {
      const done = await work({ db, source, now: services.clock.now(), root: rootOf(request) });
      if (what)
        await services.registry
          .provided(auditTrail)[0]
          ?.value.record(db, { route: `${what} ${path}`, fields: [], subjects: [], outcome: 'changed' });
      return done;
    });
    // After the commit: whoever asks from now on is answered by what then holds.
    if (what) {
      forgetSessions(services);
      services.wake();
    }
    return result;
  };
  const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;
  const search = (request: FastifyRequest, reply: FastifyReply, query: Json) =>
    within(request, async (call) => {
      const { where, offset, limit } = paging(query, kind.columns(call));
      const { total, resources } = await kind.find({ ...call, where, offset, limit });
      return answer(reply, 200, {
        schemas: [LIST],
        totalResults: total,
        startIndex: offset + 1,
        itemsPerPage: resources.length,
        Resources: resources.map((resource) => chosen(resource, query)),
      });
    });

  server.get(path, (request, reply) => search(request, reply, request.query as Json));
  server.post(`${path}/.search`, (request, reply) => search(request, reply, listsAsText(request.body as Json)));
  server.get(`${path}/:id`, (request, reply) =>
    within(request, async (call) => {
      const found = await kind.one({ ...call, id: idOf(request) });
      if (sameVersion(request.headers['if-none-match'], found))
        return reply.code(304).header('etag', versionOf(found)).send();
      return answer(reply, 200, chosen(found, request.query as Json), found);
    }),
  );
  server.post(path, async (request, reply) => {
    const { create } = kind;
    if (!create) throw new ScimError(403, 'posts are set up by the staffing office');
    const made = await within(
      request,
      async (call) => kind.one({ ...call, id: await create({ ...call, body: request.body }) }),
      'POST',
    );
    reply.header('location', String((made.meta as Json).location));
    return answer(reply, 201, made, made);
  });
  const write = (method: 'PUT' | 'PATCH', bodyOf: (before: Json, body: unknown) => Json) =>
    server.route({
      method,
      url: `${path}/:id`,
      handler: async (request, reply) => {
        const after = await within(
          request,
          async (call) => {
            const id = idOf(request);
            const before = await kind.one({ ...call, id });
            assertVersion(request, before);
            await kind.replace({ ...call, before, body: bodyOf(before, request.body) });
            return kind.one({ ...call, id });
          },
          method,
        );
        return answer(reply, 200, after, after);
      },
    });
  write('PUT', (_before, body) => (body ?? {}) as Json);
  write('PATCH', (before, body) => applyPatch(before, body));
  server.delete(`${path}/:id`, async (request, reply) => {
    const { remove } = kind;
    if (!remove) throw new ScimError(403, 'posts end by a transfer order');
    await within(
      request,
      async (call) => {
        const before = await kind.one({ ...call, id: idOf(request) });
        assertVersion(request, before);
        await remove({ ...call, before });
      },
      'DELETE',
    );
    return reply.code(204).send();
  });
}

const rootOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}${BASE}`;

function answer(reply: FastifyReply, status: number, document: Json, versioned?: Json): FastifyReply {
  if (versioned) reply.header('etag', versionOf(versioned));
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(TYPE)
    .serializer((value: unknown) => JSON.stringify(value))
    .send(document);
}

/** `startIndex` counts from 1 and may be anything below; `count` of 0 or less asks for the number only (§ 3.4.2.4). */
function paging(query: Json, columns: Record<string, Column>): { where: Sql; offset: number; limit: number } {
  const number = (name: string, otherwise: number): number => {
    if (query[name] === undefined) return otherwise;
    const value = Number(query[name]);
    if (!Number.isInteger(value)) throw invalid('invalidValue', `${name} must be a whole number`);
    return value;
  };
  const where = query.filter === undefined ? sql`true` : filterSql(parseFilter(String(query.filter)), columns);
  return {
    where,
    offset: Math.min(Math.max(number('startIndex', 1), 1), 2 ** 31 - 1) - 1,
    limit: Math.min(Math.max(number('count', MOST_RESULTS), 0), MOST_RESULTS),
  };
}

function listsAsText(body: Json | undefined): Json {
  const text = (value: unknown) => (Array.isArray(value) ? value.join(',') : value);
  return Object.fromEntries(Object.entries(body ?? {}).map(([key, value]) => [key, text(value)]));
}

/** `attributes` and `excludedAttributes` (§ 3.9), by whole attributes; id and schemas are always there. */
function chosen(resource: Json, query: Json): Json {
  const names = (value: unknown) =>
    value === undefined
      ? undefined
      : String(value)
          .split(',')
          .map((name) => (name.split(':').at(-1) ?? '').trim().split('.')[0]?.toLowerCase());
  const only = names(query.attributes);
  const not = names(query.excludedAttributes);
  if (!only && !not) return resource;
  const kept = ([key]: [string, unknown]) => {
    const name = key.toLowerCase();
    if (name === 'id' || name === 'schemas') return true;
    return only ? only.includes(name) : !not?.includes(name);
  };
  return Object.fromEntries(Object.entries(resource).filter(kept));
}

const versionOf = (resource: Json): string => String((resource.meta as Json).version);

function sameVersion(header: string | undefined, resource: Json): boolean {
  if (header === undefined) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => plain(tag) === plain(versionOf(resource)));
}

function assertVersion(request: FastifyRequest, resource: Json): void {
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && !sameVersion(wanted, resource))
    throw new ScimError(412, 'the resource has changed since');
}

/** Faults in the form of the protocol; what the database keeps is said as a conflict, the rest says nothing of the inside. */
function asScimError(error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  const { code, constraint, statusCode } = error as { code?: string; constraint?: string; statusCode?: number };
  if (constraint === 'three_administrators_apart')
    return new ScimError(409, 'the three administrators must be three persons');
  if (code === '23505' || code === '23P01') return new ScimError(409, 'conflicts with what is there', 'uniqueness');
  if (code === '40001' || code === '40P01') return new ScimError(409, 'changed by somebody else; try again');
  if (statusCode === 429) return new ScimError(429, 'too many requests');
  if (statusCode === 413) return new ScimError(413, 'too large');
  if (statusCode === 415) return new ScimError(415, 'application/scim+json is needed');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return invalid('invalidSyntax', 'the request is not readable');
  const problem = error as { spec?: { status: number; title: { en: string } } };
  if (problem.spec) return new ScimError(problem.spec.status, problem.spec.title.en);
  return new ScimError(500, 'something went wrong on our side');
}
