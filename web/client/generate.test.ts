import { describe, expect, it } from 'vitest';
import { generateClient, schemaType } from './generate.ts';

const tight = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('schemaType', () => {
  it.each([
    [{ type: 'string', format: 'date' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ const: 'zh' }, "'zh'"],
    [{ enum: ['L1', 'L2', 3, null] }, "'L1' | 'L2' | 3 | null"],
    [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, "'a' | 'b'"],
    [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
    [{ type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }] }, '[number, number]'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [{ type: 'object', patternProperties: { '^.*$': { type: 'string' } } }, 'Record<string, string>'],
    [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [{ $ref: '#/components/schemas/community.household' }, "components['schemas']['community.household']"],
    [{}, 'unknown'],
    [false, 'never'],
  ])('maps %j', (schema, expected) => {
    expect(schemaType(schema)).toBe(expected);
  });

  it('keeps required and optional fields apart, quotes odd names and carries titles as comments', () => {
    const type = schemaType({
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', title: '编号' }, 'x-y': { type: 'number' } },
    });
    expect(tight(type)).toBe("{ /** 编号 */ id: string; 'x-y'?: number; }");
  });

  it('joins allOf as an intersection and groups unions inside it', () => {
    expect(
      schemaType({ allOf: [{ $ref: '#/components/schemas/A' }, { anyOf: [{ type: 'string' }, { type: 'null' }] }] }),
    ).toBe("components['schemas']['A'] & (string | null)");
  });

  it('cannot be broken out of by a description or a field name', () => {
    const type = schemaType({ type: 'object', properties: { "a'b": { type: 'string', description: 'x */ y' } } });
    expect(type).toContain("'a\\'b'");
    expect(type).toContain('x *\\/ y');
  });
});

describe('generateClient', () => {
  const document = {
    openapi: '3.1.0',
    paths: {
      '/api/community/residents/{id}': {
        parameters: [{ $ref: '#/components/parameters/id' }],
        get: {
          summary: 'A resident',
          parameters: [{ name: 'asOf', in: 'query', schema: { type: 'string' } }],
          responses: {
            200: {
              description: 'ok',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Resident' } } },
            },
            '4XX': { description: 'no', content: { 'application/problem+json': { schema: {} } } },
          },
        },
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: { type: 'string' } } } },
          responses: { 204: { description: 'done' } },
        },
      },
    },
    components: {
      parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
      schemas: { Resident: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } },
    },
  };

  it('writes parameters of path and operation, body, replies and the methods that do not exist', () => {
    const text = tight(generateClient(document));
    expect(text).toContain("'/api/community/residents/{id}': { get: {");
    expect(text).toContain('query?: { asOf?: string; }; header?: never; path: { id: string; };');
    expect(text).toContain(
      "200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Resident']; } };",
    );
    expect(text).toContain("'4XX': { headers");
    expect(text).toContain("requestBody: { content: { 'application/json': string; } };");
    expect(text).toContain('204: { headers: Record<string, unknown>; content?: never };');
    expect(text).toContain('delete?: never;');
    expect(text).toContain('schemas: { Resident: { id: string; }; };');
  });

  it('gives an empty but valid file for an empty document', () => {
    expect(generateClient({})).toContain('export type paths = Record<string, never>;');
  });
});
