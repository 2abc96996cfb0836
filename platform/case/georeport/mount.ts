import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findRule } from '#platform/rulebook/rule-at.ts';
import { classesAt } from '../classes.ts';
import { GeoReportError } from './fault.ts';
import { createRequest, type Given } from './new-request.ts';
import { type Asked, readRequests, requestOf } from './request-list.ts';
import { serviceDefinition, serviceList } from './services.ts';
import { toJson, toXml, type Value } from './xml.ts';

const BASE = '/open311/v2';
const LONGEST_FORM = 64 * 1024;
/** Dated setting of the installation: the `jurisdiction_id` that this endpoint answers for. */
const JURISDICTION_RULE = 'incident.open311.jurisdiction';

type Call = { kernel: MountKernel; given: Given; params: Record<string, string> };
type Answer = { root: string; value: Value; status?: number };

/**
 * Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): reports of third parties in and their state out, in XML and JSON as the standard has it. It is a
 * protocol of its own: faults are told in its words, keys are its own, nothing of it needs a session.
 */
export const geoReport: Mount = {
  path: BASE,
  summary: { zh: 'Open311 GeoReport v2（第三方上报）', en: 'Open311 GeoReport v2' },
  allow: 'public',
  register(server, kernel) {
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LONGEST_FORM },
      (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
    );
    // Read from pages of other sites, as the standard's clients are; no cookie is looked at.
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*');
    });
    at(server, kernel, 'GET', '/services', services);
    at(server, kernel, 'GET', '/services/:code', definition);
    at(server, kernel, 'GET', '/requests', requests);
    at(server, kernel, 'POST', '/requests', create);
    at(server, kernel, 'GET', '/requests/:id', request);
    at(server, kernel, 'GET', '/tokens/:token', token);
    at(server, kernel, 'GET', '/discovery', discovery);
  },
};

/** Both formats of a method; a name without one is XML, which the standard requires. */
function at(
  server: FastifyInstance,
  kernel: MountKernel,
  method: 'GET' | 'POST',
  path: string,
  answer: (call: Call) => Promise<Answer>,
): void {
  const handler = (format: 'xml' | 'json') => async (request: FastifyRequest, reply: FastifyReply) => {
    const found = await tried(async () => {
      const given = { ...onceEach(request.query), ...(request.body as Given | undefined) };
      const params = request.params as Record<string, string>;
      await inJurisdiction(kernel, given.jurisdiction_id);
      return answer({ kernel, given, params });
    });
    const type = format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8';
    const body = format === 'xml' ? toXml(found.root, found.value) : JSON.stringify(toJson(found.value));
    return reply
      .code(found.status ?? 200)
      .header('content-type', type)
      .send(body);
  };
  for (const [ending, format] of [
    ['.xml', 'xml'],
    ['.json', 'json'],
    ['', 'xml'],
  ] as const)
    server.route({ method, url: `${BASE}${path}${ending}`, handler: handler(format) });
}

/** A name that comes more than once is a list, as if with commas: clients of the standard write both. */
function onceEach(query: unknown): Given {
  return Object.fromEntries(
    Object.entries(query as Record<string, string | string[]>).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}

async function tried(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GeoReportError)) throw error;
    const fault = { code: error.status, description: error.message };
    return { root: 'errors', value: { list: 'error', of: [fault] }, status: error.status };
  }
}

const read = <T>(kernel: MountKernel, work: (db: Db) => Promise<T>): Promise<T> =>
  kernel.services.database.tx({ module: 'incident', actor: systemActor({ name: 'open311' }), readOnly: true }, work);

/** One jurisdiction: it need not be named, but a wrong one is told. */
async function inJurisdiction(kernel: MountKernel, asked: string | undefined): Promise<void> {
  if (asked === undefined || asked === '') return;
  const rule = await read(kernel, (db) => findRule(db, JURISDICTION_RULE));
  if (rule?.value !== asked) throw new GeoReportError(404, 'jurisdiction_id provided was not found');
}

async function services({ kernel }: Call): Promise<Answer> {
  const classes = await read(kernel, (db) => classesAt(db, kernel.services.clock.now()));
  return { root: 'services', value: serviceList(classes) };
}

async function definition({ kernel, params }: Call): Promise<Answer> {
  const [found] = await read(kernel, (db) => classesAt(db, kernel.services.clock.now(), params.code));
  if (!found) throw new GeoReportError(404, 'service_code provided was not found');
  return { root: 'service_definition', value: serviceDefinition(found) };
}

/** The standard says 200 in its examples and 201 in its text; clients take both, and something was made. */
async function create({ kernel, given }: Call): Promise<Answer> {
  return { root: 'service_requests', value: await createRequest(kernel.services, given), status: 201 };
}

async function listed(kernel: MountKernel, asked: Asked, extensions: string | undefined): Promise<Value[]> {
  const now = kernel.services.clock.now();
  const units = await kernel.services.registry.provided(unitNames)[0]?.value.all(kernel.services);
  const { rows, classes } = await read(kernel, async (db) => ({
    rows: await readRequests(db, asked, now),
    classes: await classesAt(db, now),
  }));
  const names = { classes: new Map(classes.map(({ code, name }) => [code, name])), units: units ?? new Map() };
  return rows.map((row) => requestOf(row, names, extensions === 'true'));
}

async function requests({ kernel, given }: Call): Promise<Answer> {
  const of = await listed(
    kernel,
    {
      ids: given.service_request_id,
      serviceCode: given.service_code,
      status: given.status,
      startDate: given.start_date,
      endDate: given.end_date,
    },
    given.extensions,
  );
  return { root: 'service_requests', value: { list: 'request', of } };
}

async function request({ kernel, given, params }: Call): Promise<Answer> {
  const of = await listed(kernel, { ids: params.id }, given.extensions);
  if (of.length === 0) throw new GeoReportError(404, 'service_request_id provided was not found');
  return { root: 'service_requests', value: { list: 'request', of } };
}

/** Numbers come at once here; the token of a receipt (匿名上报的查询凭证) leads to its number as well. */
async function token({ kernel, params }: Call): Promise<Answer> {
  const asked = params.token ?? '';
  const found = isUuid(asked)
    ? await read(kernel, (db) =>
        db.first<{ no: string }>(
          sql`select f.no from incident.report r join incident.case_file f on f.id = r.first_case where r.token = ${asked}::uuid`,
        ),
      )
    : undefined;
  if (!found) throw new GeoReportError(404, 'token provided was not found');
  return {
    root: 'service_requests',
    value: { list: 'request', of: [{ service_request_id: found.no, token: asked }] },
  };
}

/** Service discovery: where the endpoint is and what it speaks. */
async function discovery({ kernel }: Call): Promise<Answer> {
  const rule = await read(kernel, (db) => findRule(db, JURISDICTION_RULE));
  const formats: Value = { list: 'format', of: ['text/xml', 'application/json'] };
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${kernel.services.config.publicOrigin ?? ''}${BASE}`,
    changeset: '2026-11-26T00:00:00+08:00',
    type: kernel.services.config.sample ? 'test' : 'production',
    formats,
  };
  return {
    root: 'discovery',
    value: {
      changeset: '2026-11-26T00:00:00+08:00',
      contact: rule?.source.title ?? null,
      key_service: '/gov',
      endpoints: { list: 'endpoint', of: [endpoint] },
    },
  };
}
