import { expect, it } from 'vitest';
import { curlOf, linesOf, matches, type OpenApi, operationsOf, typeOf } from './api-document.ts';

const document: OpenApi = {
  tags: [{ name: 'demo', 'x-title': { zh: '演示', en: 'Demo' } }],
  paths: {
    '/api/demo/things/{id}': {
      post: {
        tags: ['demo'],
        operationId: 'postApiDemoThingsId',
        'x-title': { zh: '登记', en: 'Register' },
        'x-action': 'demo.write',
        'x-level': 'L3',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            schema: { type: 'string', minLength: 8, maxLength: 200 },
          },
          { name: 'X-Purpose', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                properties: { name: { type: 'string', maxLength: 20 }, note: { type: 'string' } },
                required: ['name'],
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'OK',
            content: {
              'application/json': {
                schema: {
                  properties: {
                    people: {
                      type: 'array',
                      items: {
                        properties: { sex: { anyOf: [{ const: '1' }, { const: '2' }, { type: 'null' }] } },
                        required: ['sex'],
                      },
                    },
                  },
                },
              },
            },
          },
          '422': { description: 'INVALID_INPUT, REUSED' },
        },
      },
    },
  },
};
const [operation] = operationsOf(document) as [ReturnType<typeof operationsOf>[number]];

it('an operation is told with its inputs, its reply down to the leaves, and its errors', () => {
  expect(operation).toMatchObject({ method: 'POST', status: '201', action: 'demo.write', level: 'L3' });
  expect(operation.inputs.map(({ name, limits, type }) => [name, type, limits])).toEqual([
    ['id', 'string (uuid)', ''],
    ['Idempotency-Key', 'string', '8…200'],
    ['X-Purpose', 'string', ''],
  ]);
  expect(operation.body.map(({ name, required, limits }) => [name, required, limits])).toEqual([
    ['name', true, '…20'],
    ['note', false, ''],
  ]);
  expect(operation.reply.map(({ name, type, required }) => [name, type, required])).toEqual([
    ['people', 'object[]', false],
    ['people[].sex', '"1" | "2" | null', true],
  ]);
  expect(operation.errors).toEqual([{ status: '422', codes: ['INVALID_INPUT', 'REUSED'] }]);
});

it('an optional object shows its fields, a schema without fields says any', () => {
  const inner = { properties: { zh: { type: 'string' } } };
  expect(linesOf({ properties: { title: { anyOf: [inner, { type: 'null' }] } } }).map((line) => line.name)).toEqual([
    'title',
    'title.zh',
  ]);
  expect(typeOf({})).toBe('any');
});

it('the example for a terminal has session, key, purpose and the required fields', () => {
  const text = curlOf(operation, 'http://localhost:8080');
  expect(text).toContain("curl 'http://localhost:8080/api/demo/things/{id}'");
  for (const part of ['-X POST', '"sid=$SID"', 'uuidgen', 'X-Purpose: {purpose}', `{"name":"{name}"}`])
    expect(text).toContain(part);
  expect(text).not.toContain('note');
});

it('is found by every word of path, title or permission', () => {
  expect(matches(operation, '登记 things')).toBe(true);
  expect(matches(operation, 'Register POST')).toBe(true);
  expect(matches(operation, 'things absent')).toBe(false);
});
