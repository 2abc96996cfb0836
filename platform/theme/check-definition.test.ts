import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOf } from '#platform/kernel/resource.ts';
import { deriveTheme, type Facts, type FieldFacts, needName } from './check-definition.ts';
import type { Definition, Level } from './definition.ts';

const text = (zh: string) => ({ zh, en: zh });
const field = (name: string, level: Level, type: Record<string, unknown> = { type: 'string' }): FieldFacts => ({
  name,
  column: name,
  title: text(name),
  level,
  element: null,
  subject: name === 'pid' ? 'person' : null,
  type,
});
const resource = (id: string, fields: FieldFacts[], sharing = 'conditional') => ({
  id,
  key: fields[0]?.name ?? '',
  level: levelOf(fields.map(({ level }) => level)),
  title: text(id),
  owner: 'unit',
  sharing,
  scope: null,
  badge: null,
  fields,
});
const resources = [
  resource('base.person', [
    field('pid', 'L3', { type: 'string', format: 'uuid' }),
    field('born', 'L3', { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] }),
    field('area', 'L2'),
    field('home', 'L3'),
    field('nation', 'L4'),
  ]),
  resource('base.building', [field('code', 'L1'), field('address', 'L1'), field('floors', 'L1', { type: 'integer' })]),
  resource('base.illness', [field('person', 'L4', { type: 'string', format: 'uuid' }), field('kind', 'L4')]),
  resource('base.secret', [field('code', 'L4')], 'none'),
  resource('theme.other', [field('code', 'L1')]),
];
const everything = (id: string) => resources.find((each) => each.id === id)?.fields.map(({ name }) => name) ?? [];
const grant = (alias: string, id: string, more: object = {}) => ({
  name: needName('mine', alias),
  resource: id,
  fields: everything(id),
  purposes: ['care', 'planning'],
  state: 'approved',
  rowFilter: [],
  ...more,
});
const facts: Facts = {
  resources,
  grants: [
    grant('p', 'base.person'),
    grant('b', 'base.building', { purposes: ['care', 'planning', 'quality'] }),
    grant('i', 'base.illness', { purposes: ['care'] }),
    grant('o', 'theme.other'),
  ],
};
const others = new Map([
  ['other', ['theme.third']],
  ['third', ['theme.mine']],
]);
const column = (name: string, from: string, more: object = {}) => ({ name, title: text(name), from, ...more });
const good: Definition = {
  kind: 'associate',
  inputs: [
    { as: 'p', resource: 'base.person' },
    { as: 'b', resource: 'base.building' },
  ],
  joins: [{ left: 'p.home', right: 'b.code', required: false }],
  columns: [column('pid', 'p.pid'), column('floors', 'b.floors'), column('bornIn', 'p.born', { as: 'year' })],
  key: 'pid',
  purposes: ['care'],
};
const derive = (definition: Definition, given: Facts = facts) =>
  deriveTheme({ theme: 'mine', definition, facts: given, others });
const ill: Definition = {
  ...good,
  inputs: [...good.inputs, { as: 'i', resource: 'base.illness' }],
  joins: [...good.joins, { left: 'p.pid', right: 'i.person', required: true }],
};

describe('a sound definition', () => {
  it('has no fault; level, purposes and lineage follow from what it uses', () => {
    const { faults, derived } = derive(good);
    expect(faults).toEqual([]);
    expect(derived.level).toBe('L3');
    expect(derived.purposes).toEqual(['care']);
    expect(derived.sources).toContainEqual({
      column: 'floors',
      part: 'value',
      resource: 'base.building',
      field: 'floors',
    });
    expect(derived.needs).toContainEqual({ alias: 'p', resource: 'base.person', fields: ['pid', 'born', 'home'] });
  });

  it('names a source field of every column', () => {
    for (const { name } of good.columns)
      expect(derive(good).derived.sources.some(({ column: of }) => of === name)).toBe(true);
  });
});

describe('a level', () => {
  it('is that of the highest field that is touched, also where it only decides which rows there are', () => {
    const hidden = { ...ill, columns: [column('code', 'b.code')], key: 'code' };
    expect(derive(hidden).derived.level).toBe('L4');
    const narrowed: Definition = {
      ...good,
      inputs: [{ as: 'p', resource: 'base.person', rows: [{ field: 'nation', in: ['01'] }] }],
      joins: [],
      columns: [column('area', 'p.area')],
      key: 'area',
    };
    expect(derive(narrowed).derived.level).toBe('L4');
  });

  it('falls only by counting', () => {
    const { key: _, ...rest } = ill;
    const counted: Definition = {
      ...rest,
      columns: [column('area', 'p.area')],
      count: { name: 'n', title: text('n') },
    };
    expect(derive(counted)).toMatchObject({ faults: [], derived: { level: 'L2' } });
  });

  it('cannot be stated lower, for any set of columns', () => {
    const places = ['p.pid', 'p.born', 'p.area', 'p.home', 'p.nation', 'b.code', 'b.address', 'i.kind'];
    const levels: Level[] = ['L1', 'L2', 'L3', 'L4'];
    fc.assert(
      fc.property(fc.subarray(places, { minLength: 1 }), fc.constantFrom(...levels), (chosen, stated) => {
        const columns = chosen.map((from, at) => column(`c${at}`, from));
        const { faults, derived } = derive({ ...ill, columns, key: 'c0', level: stated });
        // The join with the register of illness is in all of them.
        expect(derived.level).toBe('L4');
        expect(faults.some(({ pointer }) => pointer === '/level')).toBe(stated !== 'L4');
      }),
    );
  });
});

/** Forty definitions, each with one violation, and the place where it has to be named. */
const areaOf: Facts = {
  ...facts,
  resources: resources.map((one) =>
    one.id === 'base.person' ? { ...one, scope: { by: 'area', field: 'area' } } : one,
  ),
};
const personalTheme: Facts = {
  ...facts,
  resources: [
    ...resources.filter(({ id }) => id !== 'theme.other'),
    { ...resource('theme.other', [field('code', 'L3')]), level: 'L3' },
  ],
};
const levelsBelow = (below: Level): Level[] => (['L1', 'L2', 'L3', 'L4'] as const).filter((level) => level < below);
const violations: [string, Definition, Facts, string][] = [
  ...levelsBelow('L3').map((level): [string, Definition, Facts, string] => [
    `${level} for persons`,
    { ...good, level },
    facts,
    '/level',
  ]),
  ...levelsBelow('L4').map((level): [string, Definition, Facts, string] => [
    `${level} for illness`,
    { ...ill, level },
    facts,
    '/level',
  ]),
  ...levelsBelow('L4').map((level): [string, Definition, Facts, string] => [
    `${level} by a join that only chooses`,
    { ...ill, columns: [column('code', 'b.code')], key: 'code', level },
    facts,
    '/level',
  ]),
  ...levelsBelow('L4').map((level): [string, Definition, Facts, string] => [
    `${level} with a sensitive column`,
    { ...good, columns: [...good.columns, column('nation', 'p.nation')], level },
    facts,
    '/level',
  ]),
  ...levelsBelow('L4').map((level): [string, Definition, Facts, string] => [
    `${level} although rows are chosen by a sensitive field`,
    {
      ...good,
      inputs: [{ as: 'p', resource: 'base.person', rows: [{ field: 'nation', in: ['01'] }] }, ...good.inputs.slice(1)],
      level,
    },
    facts,
    '/level',
  ]),
  ...levelsBelow('L4').map((level): [string, Definition, Facts, string] => [
    `${level} for whether something sensitive is there`,
    { ...good, columns: [...good.columns, column('has', 'p.nation', { as: 'present' })], level },
    facts,
    '/level',
  ]),
  [
    'a counted theme below its floor',
    { ...good, key: undefined, count: { name: 'n', title: text('n') }, level: 'L1' },
    facts,
    '/level',
  ],
  ...['planning', 'quality', 'research', 'sale'].map((purpose): [string, Definition, Facts, string] => [
    `for ${purpose}, which one input does not allow`,
    { ...ill, purposes: ['care', purpose] },
    facts,
    '/purposes/1',
  ]),
  ['for a purpose that only the second input allows', { ...good, purposes: ['quality'] }, facts, '/purposes/0'],
  ...['requested', 'refused', 'revoked', 'expired'].map((state): [string, Definition, Facts, string] => [
    `with an input that is ${state}`,
    good,
    { ...facts, grants: [grant('p', 'base.person', { state }), grant('b', 'base.building')] },
    '/inputs/0',
  ]),
  ...['requested', 'refused', 'revoked', 'expired'].map((state): [string, Definition, Facts, string] => [
    `with a second input that is ${state}`,
    good,
    { ...facts, grants: [grant('p', 'base.person'), grant('b', 'base.building', { state })] },
    '/inputs/1',
  ]),
  ['with an input that nobody has asked for', good, { ...facts, grants: [grant('p', 'base.person')] }, '/inputs/1'],
  [
    'with a field that was not granted',
    good,
    { ...facts, grants: [grant('p', 'base.person', { fields: ['pid', 'home'] }), grant('b', 'base.building')] },
    '/inputs/0',
  ],
  [
    'with a join field that was not granted',
    good,
    { ...facts, grants: [grant('p', 'base.person'), grant('b', 'base.building', { fields: ['floors'] })] },
    '/inputs/1',
  ],
  [
    'with a grant for another resource',
    good,
    { ...facts, grants: [grant('p', 'base.illness'), grant('b', 'base.building')] },
    '/inputs/0',
  ],
  [
    'from what is not shared',
    { ...good, inputs: [{ as: 'p', resource: 'base.secret' }, ...good.inputs.slice(1)] },
    facts,
    '/inputs/0/resource',
  ],
  [
    'from what no catalogue holds',
    { ...good, inputs: [{ as: 'p', resource: 'base.nothing' }, ...good.inputs.slice(1)] },
    facts,
    '/inputs/0/resource',
  ],
  [
    'counted by what names each person',
    { ...good, key: undefined, columns: [column('pid', 'p.pid')], count: { name: 'n', title: text('n') } },
    facts,
    '/columns/0/from',
  ],
  ['about persons without the area of its takers', good, areaOf, '/columns'],
  [
    'copied from a theme about persons',
    {
      ...good,
      kind: 'extract',
      inputs: [{ as: 'o', resource: 'theme.other' }],
      joins: [],
      columns: [column('code', 'o.code')],
      key: 'code',
    },
    personalTheme,
    '/inputs/0/resource',
  ],
  [
    'from itself',
    { ...good, inputs: [...good.inputs, { as: 's', resource: 'theme.mine' }] },
    facts,
    '/inputs/2/resource',
  ],
  [
    'from itself by way of two others',
    {
      ...good,
      inputs: [...good.inputs, { as: 'o', resource: 'theme.other' }],
      joins: [...good.joins, { left: 'b.code', right: 'o.code', required: false }],
    },
    facts,
    '/inputs/2/resource',
  ],
  [
    'with a field that is gone',
    { ...good, columns: [column('pid', 'p.pid'), column('x', 'b.height')] },
    facts,
    '/columns/1/from',
  ],
];

describe('violations', () => {
  it('are forty', () => expect(violations.length).toBeGreaterThanOrEqual(40));

  it.each(violations)('%s is not published', (_name, definition, given, pointer) => {
    expect(derive(definition, given).faults.map((fault) => fault.pointer)).toContain(pointer);
  });
});

describe('a faulty drawing', () => {
  it.each<[string, Partial<Definition>, string, string]>([
    ['an input that hangs alone', { joins: [] }, '/inputs/1', 'joined'],
    [
      'a join of unlike kinds',
      { joins: [{ left: 'p.pid', right: 'b.floors', required: false }] },
      '/joins/0',
      'comparable',
    ],
    ['a join that leads back', { joins: [{ left: 'b.code', right: 'p.home', required: false }] }, '/joins/0', 'order'],
    [
      'two columns of one name',
      { columns: [column('pid', 'p.pid'), column('pid', 'b.code')] },
      '/columns/1/name',
      'unique',
    ],
    ['the year of what is no date', { columns: [column('pid', 'p.area', { as: 'year' })] }, '/columns/0/as', 'date'],
    ['rows without a key', { key: 'nobody' }, '/key', 'required'],
    ['an input that was not named', { columns: [column('pid', 'x.pid')], key: 'pid' }, '/columns/0/from', 'input'],
  ])('%s is named at its place', (_name, change, pointer, rule) => {
    expect(derive({ ...good, ...change }).faults).toContainEqual(expect.objectContaining({ pointer, rule }));
  });
});
