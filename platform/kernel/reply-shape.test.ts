import fc from 'fast-check';
import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { replyShape } from './reply-shape.ts';

const run = (schema: Parameters<typeof replyShape>[0], value: unknown) => {
  const dropped: string[] = [];
  return { value: replyShape(schema).only(value, (path) => dropped.push(path)), dropped };
};
const Row = Type.Object({ id: Type.String(), note: Type.Union([Type.String(), Type.Null()]) });

it('lets nothing leave that the reply schema does not name, at any depth, and changes nothing else', () => {
  const schema = Type.Object({ rows: Type.Array(Row), next: Type.Union([Row, Type.Null()]) });
  const whole = { rows: [{ id: 'a', note: null }], next: { id: 'b', note: 'x' } };
  expect(run(schema, whole)).toEqual({ value: whole, dropped: [] });
  expect(replyShape(schema).only(whole, () => {})).toBe(whole);
  const more = {
    rows: [
      { id: 'a', note: null, password_hash: 'argon' },
      { id: 'c', note: null },
    ],
    next: { id: 'b', note: 'x', secret: 1 },
    debug: {},
  };
  expect(run(schema, more)).toEqual({
    value: {
      rows: [
        { id: 'a', note: null },
        { id: 'c', note: null },
      ],
      next: { id: 'b', note: 'x' },
    },
    dropped: ['/rows/password_hash', '/next/secret', '/debug'],
  });
  expect(more.rows[0]).toHaveProperty('password_hash');
});

it('keeps the members of each branch of a union or intersection, records, open parts and dates', () => {
  const both = Type.Intersect([Row, Type.Object({ at: Type.String() })]);
  expect(run(both, { id: 'a', note: null, at: 't', x: 1 }).value).toEqual({ id: 'a', note: null, at: 't' });
  const either = Type.Union([Row, Type.Object({ error: Type.String() })]);
  expect(run(either, { error: 'e', x: 1 }).value).toEqual({ error: 'e' });
  const record = Type.Object({ values: Type.Record(Type.String(), Row), free: Type.Unknown() });
  expect(run(record, { values: { a: { id: 'a', note: null, x: 1 } }, free: { any: [1] }, y: 2 }).value).toEqual({
    values: { a: { id: 'a', note: null } },
    free: { any: [1] },
  });
  const at = new Date(0);
  expect(run(Type.Object({ at: Type.Unsafe<Date>({ type: 'object', properties: {} }) }), { at }).value).toEqual({ at });
});

it('gives of any value only what the schema names', () => {
  const schema = Type.Object({ a: Type.Array(Type.Object({ b: Type.Optional(Type.Object({ c: Type.Number() })) })) });
  const thing = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.integer(),
      fc.array(tie('value')),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value')),
    ),
  })).value;
  const keys = (value: unknown): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Array.isArray(value)
        ? value.flatMap(keys)
        : Object.entries(value).flatMap(([key, child]) => [key, ...keys(child)]);
  fc.assert(
    fc.property(thing, (a) => {
      const { value } = run(schema, { a: [a], d: a });
      expect(keys(value)).not.toContain('d');
    }),
  );
});
