import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attackCells, attackRows } from '../attack/linkage-attack.ts';
import { ALL, type Field, type Table, type Value } from '../schema.ts';
import { chooseQuasi } from './choose-quasi.ts';
import { coarsen } from './coarsen.ts';
import { type GateRule, passGate } from './gate.ts';
import { noisyCount } from './laplace.ts';

const rule: GateRule = {
  k: 10,
  l: 3,
  suppression: 0.2,
  difference: 3,
  coordinateDigits: 3,
  persons: 10,
  firms: 3,
  dominance: 0.75,
};
const text = (name: string, role?: Field['role']): Field => ({
  name,
  title: { zh: name, en: name },
  type: 'string',
  ...(role ? { role } : {}),
});

/** So many persons of each street, age and sex, with a sensitive value that varies. */
function people(size: number, streets = 3): Value[][] {
  return Array.from({ length: size }, (_, at) => [
    `街道${at % streets}`,
    `${20 + 10 * (Math.floor(at / streets) % 3)}`,
    at % 2 ? '男' : '女',
    `病${Math.floor(at / 18) % 4}`,
  ]);
}
const micro = (rows: Value[][]): Table => ({
  about: 'person',
  fields: [text('street', 'quasi'), text('age', 'quasi'), text('sex', 'quasi'), text('illness', 'sensitive')],
  rows,
});

describe('the gate for rows about persons', () => {
  it('lets rows pass whose groups are large and various enough', () => {
    const { report } = passGate({ table: micro(people(720)), rule });
    expect(report).toMatchObject({ verdict: 'pass', withheld: 0, findings: [] });
    expect(report.k).toBeGreaterThanOrEqual(10);
    expect(report.l).toBeGreaterThanOrEqual(3);
    expect(report.t).toBeLessThan(0.5);
  });

  it('leaves out a group that is too small or says the same of everybody', () => {
    const rows = [
      ...people(720),
      ['街道9', '90', '男', '病1'],
      ...Array.from({ length: 12 }, (): Value[] => ['街道8', '20', '女', '病1']),
    ];
    const { table, report } = passGate({ table: micro(rows), rule });
    expect(report).toMatchObject({ verdict: 'pass', withheld: 13 });
    expect(table.rows.some(([street]) => street === '街道9' || street === '街道8')).toBe(false);
  });

  it('finds a quasi-identifier that nobody declared', () => {
    const table = micro(people(720));
    const withBirthday: Table = {
      ...table,
      fields: [...table.fields, text('birthday')],
      rows: table.rows.map((row, at) => [...row, `1990-01-${String((at % 300) + 1)}`]),
    };
    expect(chooseQuasi({ table: withBirthday, k: 10 })).toContainEqual({ name: 'birthday', why: 'unique' });
    expect(passGate({ table: withBirthday, rule }).report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'TOO_UNIQUE' }],
    });
  });

  it('blocks identity numbers, phones and rooms whatever the columns are called', () => {
    const holding = (value: string): Table => ({ about: 'person', fields: [text('note')], rows: [[value]] });
    expect(passGate({ table: holding('13800138000'), rule }).report.findings[0]).toMatchObject({
      code: 'IDENTIFIER',
      field: 'note',
    });
    expect(passGate({ table: holding('瑞金二路 12 号 302 室'), rule }).report.findings[0]).toMatchObject({
      code: 'IDENTIFIER',
    });
  });

  it('finds an identity number in the last row and within a text', () => {
    const rows: Value[][] = Array.from({ length: 2500 }, (_, at) => [`事项 ${at}`]);
    const last: Table = {
      about: 'thing',
      fields: [text('note')],
      rows: [...rows, ['联系人证件11010519491231002x，已核']],
    };
    expect(passGate({ table: last, rule }).report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'IDENTIFIER', field: 'note' }],
    });
    const wide: Table = { ...last, rows: [...rows, ['１１０１０５１９４９１２３１００２Ｘ']] };
    expect(passGate({ table: wide, rule }).report.verdict).toBe('block');
    expect(passGate({ table: { ...last, rows }, rule }).report.verdict).toBe('pass');
  });

  it('is not fooled by a column that happens to be called count', () => {
    const rows: Value[][] = Array.from({ length: 40 }, (_, at) => [`街道${at % 2}`, `${1900 + at}`, 10 + at]);
    const fields = [text('street', 'quasi'), text('born'), { ...text('count'), type: 'integer' as const }];
    expect(passGate({ table: { about: 'person', fields, rows }, rule }).report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'TOO_UNIQUE' }],
    });
  });

  it('would be caught if a large group said the same of everybody: the attacker finds it', () => {
    const rows = Array.from({ length: 40 }, (): Value[] => ['a', '20', 'm', '1']);
    const header = ['street', 'age', 'sex', 'illness'];
    const register = rows.map(([street, age, sex]) => ({ street, age, sex }) as Record<string, Value>);
    expect(attackRows({ published: { header, rows }, register, secret: ['illness'] })).toMatchObject({
      singled: 0,
      disclosed: 40,
      share: 1,
    });
  });

  it('blocks a version whose difference to the one before isolates one person', () => {
    const before = micro(people(720));
    const { report } = passGate({ table: micro([...people(720), ['街道0', '20', '女', '病1']]), before, rule });
    expect(report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'DIFFERENCE', at: { street: '街道0', age: '20', sex: '女' } }],
    });
    const many = Array.from({ length: 5 }, (_, at): Value[] => ['街道0', '20', '女', `病${at % 3}`]);
    expect(passGate({ table: micro([...people(720), ...many]), before, rule }).report.verdict).toBe('pass');
  });

  it('never shows a place more exactly than a street corner', () => {
    expect(JSON.parse(coarsen('{"type":"Point","coordinates":[121.4703123,31.2234567]}', 3)).coordinates).toEqual([
      121.47, 31.223,
    ]);
  });

  it('leaves nobody for an attacker, whatever the population', () => {
    const person = fc.record({
      street: fc.constantFrom('a', 'b', 'c', 'd'),
      age: fc.constantFrom('0', '20', '40', '60', '80'),
      sex: fc.constantFrom('m', 'f'),
      illness: fc.constantFrom('1', '2', '3', '4', '5'),
    });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 600 }), (register) => {
        const { table } = passGate({ table: micro(register.map((p) => [p.street, p.age, p.sex, p.illness])), rule });
        const attack = attackRows({
          published: { header: ['street', 'age', 'sex', 'illness'], rows: table.rows },
          register,
          secret: ['illness'],
        });
        expect(attack.share).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the gate for statistics', () => {
  const statistic = (counts: number[][]): Table => {
    const rows: Value[][] = counts.flatMap((line, a) => line.map((count, b): Value[] => [`s${a}`, `a${b}`, count]));
    counts.forEach((line, a) => rows.push([`s${a}`, ALL, line.reduce((x, y) => x + y, 0)]));
    (counts[0] ?? []).forEach((_, b) =>
      rows.push([ALL, `a${b}`, counts.reduce((sum, line) => sum + (line[b] ?? 0), 0)]),
    );
    rows.push([ALL, ALL, counts.flat().reduce((x, y) => x + y, 0)]);
    return {
      about: 'person',
      fields: [text('street'), text('age'), { ...text('count', 'measure'), type: 'integer' }],
      rows,
    };
  };

  it('withholds small cells and what would give them back', () => {
    const { table, report } = passGate({
      table: statistic([
        [40, 3, 50],
        [30, 20, 25],
        [60, 44, 31],
      ]),
      rule,
    });
    expect(report.withheld).toBeGreaterThanOrEqual(4);
    expect(table.rows.find(([s, a]) => s === 's0' && a === 'a1')?.[2]).toBeNull();
  });

  it('takes no records that only say they were counted', () => {
    const table = statistic([
      [40, 30],
      [30, 20],
    ]);
    expect(passGate({ table, rule }).report.verdict).toBe('pass');
    const [first] = table.rows;
    expect(passGate({ table: { ...table, rows: [...table.rows, [...(first ?? [])]] }, rule }).report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'REPEATED_CELL' }],
    });
  });

  it('withholds a magnitude that one firm dominates, and asks for what shows it', () => {
    const number = (name: string): Field => ({ ...text(name, 'measure'), type: 'integer' });
    const rows: Value[][] = [
      ['制造业', 20, 1000, 100],
      ['金融业', 20, 1000, 900],
      ['零售业', 20, 500, 60],
      ['餐饮业', 20, 400, 50],
    ];
    const fields = [text('industry'), number('count'), number('tax'), number('tax_largest')];
    const { table, report } = passGate({ table: { about: 'firm', fields, rows }, rule });
    expect(report.verdict).toBe('pass');
    expect(table.fields.map(({ name }) => name)).toEqual(['industry', 'count', 'tax']);
    expect(table.rows[1]).toEqual(['金融业', null, null]);
    expect(table.rows[0]).toEqual(['制造业', 20, 1000]);
    const bare: Table = { about: 'firm', fields: fields.slice(0, 3), rows: rows.map((row) => row.slice(0, 3)) };
    expect(passGate({ table: bare, rule }).report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'NO_LARGEST', field: 'tax' }],
    });
  });

  it('gives an attacker who subtracts nothing', () => {
    const table = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 4,
    });
    fc.assert(
      fc.property(table, (counts) => {
        const guarded = passGate({ table: statistic(counts), rule }).table;
        const attack = attackCells({
          published: { header: ['street', 'age', 'count'], rows: guarded.rows },
          total: ALL,
          few: 10,
          population: counts.flat().reduce((x, y) => x + y, 0),
        });
        expect(attack).toMatchObject({ opened: 0, share: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('would be caught if it let a small cell through: the attacker finds it', () => {
    const open = statistic([
      [40, 3, 50],
      [30, 20, 25],
    ]);
    const hidden = open.rows.map((row) => (row[2] === 3 ? [row[0], row[1], null] : row)) as Value[][];
    const attack = attackCells({
      published: { header: ['street', 'age', 'count'], rows: hidden },
      total: ALL,
      few: 10,
      population: 168,
    });
    expect(attack.opened).toBeGreaterThan(0);
  });

  it('compares versions also where one has a dimension more', () => {
    const before: Table = {
      about: 'person',
      fields: [text('street'), { ...text('count', 'measure'), type: 'integer' }],
      rows: [
        ['s0', 90],
        ['s1', 80],
      ],
    };
    const after: Table = {
      about: 'person',
      fields: [text('street'), text('sex'), { ...text('count', 'measure'), type: 'integer' }],
      rows: [
        ['s0', 'm', 41],
        ['s0', 'f', 50],
        ['s1', 'm', 40],
        ['s1', 'f', 40],
      ],
    };
    expect(passGate({ table: after, before, rule }).report).toMatchObject({
      verdict: 'block',
      findings: [{ code: 'DIFFERENCE', at: { street: 's0' } }],
    });
  });
});

it('adds noise that is centred and never negative', () => {
  const drawn = Array.from({ length: 4000 }, () => noisyCount(100, 1));
  expect(Math.abs(drawn.reduce((x, y) => x + y, 0) / drawn.length - 100)).toBeLessThan(1);
  expect(new Set(drawn).size).toBeGreaterThan(4);
  expect(Math.min(...Array.from({ length: 1000 }, () => noisyCount(0, 0.1)))).toBeGreaterThanOrEqual(0);
});
