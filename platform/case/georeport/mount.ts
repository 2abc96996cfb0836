import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findRule } from '#platform/rulebook/rule-at.ts';
import { classesAt } from '../classes.ts';
import { discovery, JURISDICTION_RULE } from './discovery.ts';
import { fault, GeoReportError } from './fault.ts';
import { type Form, type Given, readForm, readQuery } from './form.ts';
import { createRequest } from './new-request.ts';
import { type Asked, listOf, readRequests, requestOf } from './request-list.ts';
import { serviceDefinition, serviceList } from './services.ts';
import { toJson, toXml, type Value } from './xml.ts';

const BASE = '/open311/v2';
const LONGEST_FORM = 64 * 1024;
const FORM = 'application/x-www-form-urlencoded';

type Call = { kernel: MountKernel; given: Given; form: Form; params: Record<string, string>; origin: string };
type Answer = { root: string; value: Value; status?: number };
type Format = 'xml' | 'json';

/**
 * Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): reports of third parties in and their state out, in XML and JSON as the standard has it. It is a
 * protocol of its own: faults are told in its words, keys are its own, nothing of it needs a session.
 */
export const geoReport: Mount = {
  path: BASE,
  summary: { zh: 'Open311 GeoReport v2（第三方上报）', en: 'Open311 GeoReport v2' },
  allow: 'public',
  register(server, kernel) {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: LONGEST_FORM }, (_request, text, done) =>
      done(null, readForm(String(text))),
    );
    server.addContentTypeParser('*', (_request, payload, done) => {
      payload.resume();
      done(fault(400, `Content-Type must be ${FORM}`));
    });
    // Read from pages of other sites, as the standard's clients are; no cookie is looked at.
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*');
    });
    server.setErrorHandler((error: FastifyError, request, reply) => {
      const found = inWords(error);
      // A fault of ours: General Service Error, and whoever runs the house learns of it.
      if (!found)
        kernel.services.log.error({ trace: request.id, err: error.message.slice(0, 300) }, 'GeoReport failed');
      const told = found ?? fault(400, `General service error; please notify us with this reference: ${request.id}`);
      if (told.retryAfter !== undefined) reply.header('retry-after', String(told.retryAfter));
      const value: Value = { list: 'error', of: told.faults.map((each) => ({ ...each })) };
      return send(reply, formatOf(request), { root: 'errors', value, status: told.status });
    });
    at(server, kernel, 'GET', '/services', services);
    at(server, kernel, 'GET', '/services/:code', definition);
    at(server, kernel, 'GET', '/requests', requests);
    at(server, kernel, 'POST', '/requests', create);
    at(server, kernel, 'GET', '/requests/:id', request);
    at(server, kernel, 'GET', '/tokens/:token', token);
    at(server, kernel, 'GET', '/discovery', discover);
    server.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: `${BASE}/*`,
      handler: async () => {
        throw fault(404, 'The URL request is invalid: there is no such resource');
      },
    });
  },
};

/** A fault as the standard words it; undefined where it is one of ours. */
function inWords(error: FastifyError | GeoReportError | ProblemError): GeoReportError | undefined {
  if (error instanceof GeoReportError) return error;
  if (error instanceof ProblemError && error.spec.status < 500) {
    const { spec, detail, extra } = error;
    const again = extra?.retryAfter;
    const words = detail?.en ?? spec.title.en;
    return spec.status === 429
      ? new GeoReportError([{ code: 429, description: words }], typeof again === 'number' ? again : 60)
      : fault(spec.status === 404 ? 404 : 400, words);
  }
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return status !== undefined && status >= 400 && status < 500
    ? fault(400, `The request could not be read (${error.message})`)
    : undefined;
}

const formatOf = (request: FastifyRequest): Format =>
  (request.url.split('?')[0] ?? '').endsWith('.json') ? 'json' : 'xml';

function send(reply: FastifyReply, format: Format, { root, value, status = 200 }: Answer): FastifyReply {
  const type = format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8';
  const body = format === 'xml' ? toXml(root, value) : JSON.stringify(toJson(value));
  return reply.code(status).header('content-type', type).header('cache-control', 'no-store').send(body);
}

/** Both formats of a method; a name without one is XML, which the standard requires. */
function at(
  server: FastifyInstance,
  kernel: MountKernel,
  method: 'GET' | 'POST',
  path: string,
  answer: (call: Call) => Promise<Answer>,
): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const query = readQuery(request.query);
    const form: Form = (request.body as Form | undefined) ?? { given: {}, attributes: new Map() };
    const params = request.params as Record<string, string>;
    const origin = kernel.services.config.publicOrigin ?? `${request.protocol}://${request.host}`;
    await inJurisdiction(kernel, form.given.jurisdiction_id ?? query.jurisdiction_id);
    return send(reply, formatOf(request), await answer({ kernel, given: query, form, params, origin }));
  };
  for (const ending of ['.xml', '.json', '']) server.route({ method, url: `${BASE}${path}${ending}`, handler });
}

const read = <T>(kernel: MountKernel, work: (db: Db) => Promise<T>): Promise<T> =>
  kernel.services.database.tx({ module: 'incident', actor: systemActor({ name: 'open311' }), readOnly: true }, work);

/** One jurisdiction: it need not be named, but a wrong one is told. */
async function inJurisdiction(kernel: MountKernel, asked: string | undefined): Promise<void> {
  if (asked === undefined) return;
  const rule = await read(kernel, (db) => findRule(db, JURISDICTION_RULE));
  if (rule?.value !== asked) throw fault(404, 'jurisdiction_id provided was not found');
}

async function services({ kernel }: Call): Promise<Answer> {
  const classes = await read(kernel, (db) => classesAt(db, kernel.services.clock.now()));
  return { root: 'services', value: serviceList(classes) };
}

async function definition({ kernel, params }: Call): Promise<Answer> {
  const [found] = await read(kernel, (db) => classesAt(db, kernel.services.clock.now(), params.code));
  if (!found) throw fault(404, 'service_code provided was not found');
  return { root: 'service_definition', value: serviceDefinition(found) };
}

/** 200, as the published description of the interface has it; the text of the standard names no status. */
async function create({ kernel, form }: Call): Promise<Answer> {
  return { root: 'service_requests', value: await createRequest(kernel.services, form) };
}

async function listed(
  kernel: MountKernel,
  asked: Asked,
  extensions: string | undefined,
): Promise<Answer & { n: number }> {
  const now = kernel.services.clock.now();
  const units = await kernel.services.registry.provided(unitNames)[0]?.value.all(kernel.services);
  const { rows, classes } = await read(kernel, async (db) => ({
    rows: await readRequests(db, asked, now),
    classes: await classesAt(db, now),
  }));
  const names = { classes: new Map(classes.map((each) => [each.code, each])), units: units ?? new Map() };
  const of = rows.map((row) => requestOf(row, names, extensions === 'true'));
  return { root: 'service_requests', value: { list: 'request', of }, n: of.length };
}

function requests({ kernel, given }: Call): Promise<Answer> {
  const asked: Asked = {
    ids: listOf(given.service_request_id),
    serviceCode: given.service_code,
    status: given.status,
    startDate: given.start_date,
    endDate: given.end_date,
    lat: given.lat,
    long: given.long,
    radius: given.radius,
  };
  return listed(kernel, asked, given.extensions);
}

async function request({ kernel, given, params }: Call): Promise<Answer> {
  const found = await listed(kernel, { ids: [params.id ?? ''] }, given.extensions);
  if (found.n === 0) throw fault(404, 'service_request_id provided was not found');
  return found;
}

/**
 * The token of a receipt (查询凭证) leads to its number. A report that a person has not looked at yet has none: the token comes back alone.
 */
async function token({ kernel, params }: Call): Promise<Answer> {
  const asked = params.token ?? '';
  const found = isUuid(asked)
    ? await read(kernel, (db) =>
        db.first<{ no: string | null }>(sql`
          select f.no from incident.report r join incident.case_file f on f.id = r.first_case where r.token = ${asked}::uuid
          union all select no from incident.outside_report where token = ${asked}::uuid
          union all select case state when 'refused' then no end from incident.held_report where token = ${asked}::uuid and state <> 'taken' limit 1`),
      )
    : undefined;
  if (!found) throw fault(404, 'token provided was not found');
  const value: Value = { list: 'request', of: [{ service_request_id: found.no, token: asked }] };
  return { root: 'service_requests', value };
}

async function discover({ kernel, origin }: Call): Promise<Answer> {
  const test = kernel.services.config.sample === true;
  return { root: 'discovery', value: await read(kernel, (db) => discovery(db, { origin, base: BASE, test })) };
}
