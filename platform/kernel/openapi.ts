import type { TSchema } from 'typebox';
import type { Route } from './app.ts';
import {
  CrossSiteRequest,
  Forbidden,
  IdempotencyKeyRequired,
  IdempotencyKeyReused,
  InvalidInput,
  type DomainErrorSpec,
  NotFound,
  PurposeRequired,
  SignInRequired,
  TooManyRequests,
} from './errors.ts';
import { StepUpRequired } from './assurance.ts';
import type { Registry } from './registry.ts';
import { mapReply } from './subjects.ts';

/** The OpenAPI 3.1 description of every declared route; the web client is generated from it. */
export function openApiDocument(registry: Registry): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { route, module } of registry.routes()) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(route, module.id);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Smart District 智慧城区',
      version: '0.1.0',
      description:
        '一个城区的数字平台。所有接口由各模块声明生成。 / Every operation is generated from the declarations of the modules.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: registry.modules
      .filter((m) => m.routes?.length)
      .map((m) => ({ name: m.id, description: `${m.title.zh} / ${m.title.en}`, 'x-title': m.title })),
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } },
      schemas: { Problem: PROBLEM },
    },
  };
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457 problem details',
  properties: {
    type: { type: 'string' },
    code: { type: 'string' },
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string' },
    action: { type: 'string' },
    trace: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, rule: { type: 'string' }, message: { type: 'string' } },
        required: ['pointer', 'rule', 'message'],
      },
    },
  },
  required: ['type', 'code', 'status', 'title', 'action', 'trace'],
};

function operation(route: Route, module: string): Record<string, unknown> {
  const reply = mapReply(route.reply);
  const errors: DomainErrorSpec[] = [...(route.errors ?? []), TooManyRequests];
  if (route.allow !== 'public') errors.push(SignInRequired, Forbidden);
  if (reply.personal && !route.self) errors.push(PurposeRequired);
  if (route.assurance) errors.push(StepUpRequired);
  if (route.query || route.body) errors.push(InvalidInput);
  if (route.params) errors.push(NotFound);
  if (route.method !== 'GET') errors.push(CrossSiteRequest);
  const once = route.method === 'POST' && !route.repeatable;
  if (once) errors.push(IdempotencyKeyRequired, IdempotencyKeyReused);
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  if (once)
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      schema: { type: 'string', minLength: 8, maxLength: 200 },
    });
  if (reply.personal && !route.self) {
    parameters.push({
      name: 'X-Purpose',
      in: 'header',
      required: true,
      schema: { type: 'string' },
      description: '使用目的代码 / purpose code',
    });
  }
  return {
    tags: [module],
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_m, c: string | undefined) => (c ? c.toUpperCase() : ''))}`,
    summary: route.summary.zh,
    description: `${route.summary.en}\n\nAction: \`${route.allow}\`.${reply.fields.length > 0 ? ` Highest level in the reply: ${reply.level}.` : ''}`,
    'x-title': route.summary,
    'x-action': route.allow,
    ...(route.assurance ? { 'x-assurance': route.assurance } : {}),
    // Only where the reply holds catalogued fields; without them there is nothing to grade.
    ...(reply.fields.length > 0 ? { 'x-level': reply.level } : {}),
    security: route.allow === 'public' ? [] : [{ session: [] }],
    parameters,
    ...(route.body === 'stream'
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : route.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
        : {}),
    responses: {
      [String(route.status ?? 200)]:
        route.status === 204
          ? { description: 'done' }
          : { description: 'OK', content: { 'application/json': { schema: route.reply } } },
      ...errorResponses(errors),
    },
  };
}

function parametersOf(schema: TSchema | undefined, where: 'path' | 'query'): Record<string, unknown>[] {
  if (!schema) return [];
  const object = schema as unknown as { properties: Record<string, Record<string, unknown>>; required?: string[] };
  return Object.entries(object.properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required?.includes(name) ?? false),
    description: property.description,
    schema: property,
  }));
}

function errorResponses(errors: DomainErrorSpec[]): Record<string, unknown> {
  const byStatus = new Map<number, Set<string>>();
  for (const e of errors) byStatus.set(e.status, (byStatus.get(e.status) ?? new Set()).add(e.code));
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: [...codes].join(', '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}
