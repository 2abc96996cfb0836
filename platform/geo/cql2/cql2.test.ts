import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRS84, type Crs, findCrs } from '../crs.ts';
import { compileFilter } from './compile.ts';
import { type Expression, FilterFault } from './expression.ts';
import type { Queryable } from './queryables.ts';
import { readJson } from './read-json.ts';
import { readText } from './read-text.ts';

const title = { zh: '属性', en: 'property' };
const queryables: Queryable[] = [
  { name: 'name', column: 'name', type: 'text', title },
  { name: 'floors', column: 'floors', type: 'number', title },
  { name: 'open', column: 'open', type: 'boolean', title },
  { name: 'built', column: 'built', type: 'date', title },
  { name: 'tags', column: 'tags', type: 'array', title },
  { name: 'geometry', column: 'geometry', type: 'geometry', title },
];
const compile = (filter: Expression, crs: Crs = CRS84) => compileFilter(filter, { queryables, crs });

describe('text and JSON of CQL2', () => {
  // The pairs of the standard (OGC 21-065r2, clauses 6 and 7), with this module's property names.
  it.each<[string, Expression]>([
    ["name = '人民公园'", { op: '=', args: [{ property: 'name' }, '人民公园'] }],
    ["\"name\"='O''Hara\\'s'", { op: '=', args: [{ property: 'name' }, "O'Hara's"] }],
    [
      'floors >= 6 AND NOT open = TRUE',
      {
        op: 'and',
        args: [
          { op: '>=', args: [{ property: 'floors' }, 6] },
          { op: 'not', args: [{ op: '=', args: [{ property: 'open' }, true] }] },
        ],
      },
    ],
    [
      'open OR floors<-1.5e3',
      { op: 'or', args: [{ property: 'open' }, { op: '<', args: [{ property: 'floors' }, -1500] }] },
    ],
    ['name IS NOT NULL', { op: 'not', args: [{ op: 'isNull', args: [{ property: 'name' }] }] }],
    [
      "CASEI(name) LIKE casei('人民%')",
      {
        op: 'like',
        args: [
          { op: 'casei', args: [{ property: 'name' }] },
          { op: 'casei', args: ['人民%'] },
        ],
      },
    ],
    ["name NOT IN ('a', 'b')", { op: 'not', args: [{ op: 'in', args: [{ property: 'name' }, ['a', 'b']] }] }],
    ['floors BETWEEN 2 AND 3+4', { op: 'between', args: [{ property: 'floors' }, 2, { op: '+', args: [3, 4] }] }],
    [
      'floors = (1 + 2) * 3 ^ 2 div 4',
      {
        op: '=',
        args: [
          { property: 'floors' },
          {
            op: 'div',
            args: [
              {
                op: '*',
                args: [
                  { op: '+', args: [1, 2] },
                  { op: '^', args: [3, 2] },
                ],
              },
              4,
            ],
          },
        ],
      },
    ],
    ["built > DATE('1930-01-01')", { op: '>', args: [{ property: 'built' }, { date: '1930-01-01' }] }],
    [
      "T_INTERSECTS(built, INTERVAL('1930-01-01','..'))",
      { op: 't_intersects', args: [{ property: 'built' }, { interval: ['1930-01-01', '..'] }] },
    ],
    [
      "t_finishedby(INTERVAL(built, '..'), TIMESTAMP('1930-01-01T00:00:00Z'))",
      {
        op: 't_finishedBy',
        args: [{ interval: [{ property: 'built' }, '..'] }, { timestamp: '1930-01-01T00:00:00Z' }],
      },
    ],
    [
      'S_INTERSECTS(geometry, BBOX(121.4,31.2,121.5,31.3))',
      { op: 's_intersects', args: [{ property: 'geometry' }, { bbox: [121.4, 31.2, 121.5, 31.3] }] },
    ],
    [
      'S_WITHIN(geometry,POLYGON((0 0,1 0,1 1,0 0)))',
      {
        op: 's_within',
        args: [
          { property: 'geometry' },
          {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 0],
                [1, 1],
                [0, 0],
              ],
            ],
          },
        ],
      },
    ],
    [
      'S_EQUALS(POINT Z(1 2 3), geometry)',
      { op: 's_equals', args: [{ type: 'Point', coordinates: [1, 2, 3] }, { property: 'geometry' }] },
    ],
    [
      'S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(1 -2), MULTIPOINT((1 2),(3 4))))',
      {
        op: 's_disjoint',
        args: [
          { property: 'geometry' },
          {
            type: 'GeometryCollection',
            geometries: [
              { type: 'Point', coordinates: [1, -2] },
              {
                type: 'MultiPoint',
                coordinates: [
                  [1, 2],
                  [3, 4],
                ],
              },
            ],
          },
        ],
      },
    ],
    ["A_CONTAINS(tags, ('a'))", { op: 'a_contains', args: [{ property: 'tags' }, ['a']] }],
    ['A_EQUALS(tags, ())', { op: 'a_equals', args: [{ property: 'tags' }, []] }],
  ])('reads %s', (text, expected) => {
    expect(readText(text)).toEqual(expected);
    expect(readJson(JSON.stringify(expected))).toEqual(expected);
    expect(compile(expected).text).not.toBe('');
  });

  it.each<[string, number | undefined]>([
    ['', 1],
    ['name =', 7],
    ['name == 1', 7],
    ["name = 'open", 8],
    ['(name = 1', 10],
    ['name = 1)', 9],
    ['name LIKE', 10],
    ['floors BETWEEN 1 OR 2', 18],
    ['name = 1; drop table x', 9],
    ['POLYGON((0 0,1 0', 17],
    ['and', 1],
    [`${'('.repeat(60)}1=1${')'.repeat(60)}`, 41],
  ])('refuses %s and says where', (text, at) => {
    const fault = catching(() => readText(text));
    expect(fault?.at).toBe(at);
    expect(fault?.text.zh).not.toBe('');
  });

  it.each(['{', 'null', '{"op":"="}', '{"op":"=","args":[null,1]}', '[1e999]'])('refuses the JSON %s', (text) => {
    expect(catching(() => readJson(text))).toBeInstanceOf(FilterFault);
  });

  it('never fails otherwise than by a fault that explains itself, whatever is written', () => {
    const pieces = [
      'name',
      'floors',
      '=',
      '<',
      '(',
      ')',
      "'x'",
      '1',
      '-',
      'AND',
      'NOT',
      'IN',
      'POINT',
      'BBOX',
      'S_WITHIN',
      'DATE',
      'T_AFTER',
      'INTERVAL',
      ',',
      'constructor',
      '__proto__',
      '"',
      '\\',
      '%',
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(' ')),
          fc.string(),
        ),
        (text) => {
          try {
            compile(readText(text));
          } catch (error) {
            expect(error).toBeInstanceOf(FilterFault);
          }
        },
      ),
      { numRuns: 2_000, seed: 310101 },
    );
  });

  it('means the same in both encodings', () => {
    const scalar = fc.oneof(fc.integer({ min: 0, max: 999 }), fc.string({ unit: fc.constantFrom(..."ab人'%_ ") }));
    const leaf: fc.Arbitrary<Expression> = fc.oneof(
      fc
        .tuple(fc.constantFrom('=', '<>', '<', '>='), fc.constantFrom('name', 'floors'), scalar)
        .map(([op, property, value]) => ({ op, args: [{ property }, value] })),
      fc.constant({ op: 'isNull', args: [{ property: 'name' }] }),
    );
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc
          .tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
          .map(([op, args]) => ({ op, args })),
        tie('tree').map((part) => ({ op: 'not', args: [part] })),
      ),
    }));
    fc.assert(
      fc.property(tree, (filter) => {
        expect(readText(write(filter))).toEqual(filter);
      }),
      { seed: 310101 },
    );
  });
});

describe('meaning', () => {
  it.each<[string, RegExp]>([
    ['nothing = 1', /no property nothing/],
    ["floors = 'six'", /number and text/],
    ['name', /condition/],
    ['1 + 1', /condition/],
    ['floors LIKE 6', /LIKE/],
    ["built = DATE('2026-02-30')", /not a date/],
    ['S_INTERSECTS(name, geometry)', /geometries/],
    ['S_INTERSECTS(geometry, POINT(200 10))', /RANGE/],
    ['S_INTERSECTS(geometry, POLYGON((0 0,1 0,1 1,2 2)))', /NOT_CLOSED/],
    ['S_TOUCHES(geometry, GEOMETRYCOLLECTION(POINT(1 1)))', /collections/],
    ['T_AFTER(name, built)', /time/],
    ['drop_table(name)', /no function/],
    ['constructor(name, name)', /no function/],
    ['toString(1, 1)', /no function/],
    ['name = INTERVAL(built, built)', /interval/],
    ['geometry = geometry', /functions/],
    ["casei(floors) = 'a'", /text/],
  ])('refuses %s', (text, reason) => {
    expect(catching(() => compile(readText(text)))?.text.en).toMatch(reason);
  });

  it('takes of a geometry its coordinates, and nothing that stands beside them for an operator', () => {
    const point = { type: 'Point', coordinates: [121.4, 31.2], op: 1, interval: 1, date: 1 };
    const read = readJson(JSON.stringify({ op: 's_intersects', args: [{ property: 'geometry' }, point] }));
    expect(compile(read).values).toEqual(['{"type":"Point","coordinates":[121.4,31.2]}']);
    const named = readJson(JSON.stringify({ op: 't_after', args: [{ property: 'built' }, { ...point, interval: 1 }] }));
    expect(catching(() => compile(named))?.text.en).toMatch(/time/);
  });

  it('never lets what was written into the text of the statement', () => {
    const made = compile(readText("name = 'x'' or true --' and floors > 7"));
    expect(made.text).not.toContain('true --');
    expect(made.values).toEqual(["x' or true --", 7]);
  });

  it('turns literals whose system writes north first, and leaves the others', () => {
    const filter: Expression = {
      op: 's_intersects',
      args: [{ property: 'geometry' }, { type: 'Point', coordinates: [31.2, 121.47] }],
    };
    expect(compile(filter, findCrs('EPSG:4490')).text).toContain('ST_FlipCoordinates');
    expect(catching(() => compile(filter))?.text.en).toMatch(/RANGE/);
  });
});

function catching(work: () => unknown): FilterFault | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof FilterFault) return error;
    throw error;
  }
}

/** The text encoding of what the property test makes: everything in brackets. */
function write(node: Expression): string {
  if (typeof node === 'string') return `'${node.replaceAll("'", "''")}'`;
  if (typeof node !== 'object') return String(node);
  if ('property' in node) return node.property;
  if (!('op' in node)) throw new Error('not made by the test');
  const [first, second] = node.args;
  if (node.op === 'not') return `NOT (${write(first as Expression)})`;
  if (node.op === 'isNull') return `${write(first as Expression)} IS NULL`;
  if (node.op === 'and' || node.op === 'or') return node.args.map((part) => `(${write(part)})`).join(` ${node.op} `);
  return `${write(first as Expression)} ${node.op} ${write(second as Expression)}`;
}
