import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileChecks } from '#platform/exchange/check/check.ts';
import type { FieldDeclaration } from '#platform/exchange/check/declaration.ts';
import { composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { addDays } from '#platform/kernel/dates.ts';

const field = (
  name: string,
  type: FieldDeclaration['type'],
  more: Partial<FieldDeclaration> = {},
): FieldDeclaration => ({
  name,
  title: { zh: name, en: name },
  type,
  ...more,
});
const check = compileChecks({
  fields: [
    field('idNumber', 'citizen-id', { required: true, sensitive: true }),
    field('name', 'text', { required: true, maxLength: 10 }),
    field('sex', 'code', { codes: { '1': ['男'], '2': ['女'] } }),
    field('birthDate', 'date', { notAfterToday: true }),
    field('phone', 'phone'),
    field('outline', 'geometry'),
  ],
  allowSample: true,
  today: new Date('2025-06-01T00:00:00Z'),
});
const good = {
  idNumber: composeCitizenId({ region: '310199', birthDate: '1985-02-01', sequence: 121 }),
  name: '张三',
  sex: '男',
  birthDate: '1985年2月1日',
  phone: '１３８１２３４５６７８',
  outline: '{"type":"Point","coordinates":[121.47,31.22]}',
};
const rulesOf = (row: Partial<Record<keyof typeof good, string | null>>): string[] => {
  const result = check({ ...good, ...row });
  return result.ok ? [] : result.faults.map((each) => `${each.field}:${each.rule}`);
};
const wrongCheck = good.idNumber.slice(0, 17) + (good.idNumber.endsWith('0') ? '1' : '0');

describe('row checks', () => {
  it('give a good row in canonical form', () => {
    expect(check(good)).toMatchObject({ ok: true, value: { sex: '1', birthDate: '1985-02-01', phone: '13812345678' } });
  });

  it.each([
    [{ name: '　' }, 'name:required'],
    [{ name: '一二三四五六七八九十百' }, 'name:too-long'],
    [{ sex: '未知' }, 'sex:unknown-code'],
    [{ birthDate: '1985-02-30' }, 'birthDate:impossible-date'],
    [{ birthDate: '01/02/1985' }, 'birthDate:date-format'],
    [{ birthDate: '2025-06-02' }, 'birthDate:future-date'],
    [{ birthDate: '1985-02-02' }, 'birthDate:birth-date-differs'],
    [{ sex: '女' }, 'sex:sex-differs'],
    [{ phone: '1381234567' }, 'phone:phone'],
    [{ idNumber: wrongCheck }, 'idNumber:citizen-id-check'],
    [{ idNumber: '张三', name: good.idNumber }, 'idNumber:swapped-columns'],
    [{ outline: '{"type":"Polygon","coordinates":[[[121,31],[122,31],[122,32],[121,32]]]}' }, 'outline:geometry'],
    [{ outline: '{"type":"Point","coordinates":[31.2,121.4]}' }, 'outline:geometry'],
  ])('%j is exactly one fault: %s', (row, rule) => expect(rulesOf(row)).toEqual([rule]));

  it('never show an identity number in a report', () => {
    for (const row of [{ idNumber: wrongCheck }, { idNumber: '张三', name: good.idNumber }, { phone: good.idNumber }]) {
      const result = check({ ...good, ...row });
      expect(JSON.stringify(result.ok ? [] : result.faults)).not.toMatch(/[0-9]{10}/);
    }
  });

  it('accept every composed person', () => {
    const birth = fc.integer({ min: 0, max: 45_000 }).map((days) => addDays('1900-01-01', days));
    fc.assert(
      fc.property(birth, fc.integer({ min: 0, max: 999 }), (birthDate, sequence) => {
        const idNumber = composeCitizenId({ region: '310199', birthDate, sequence });
        expect(rulesOf({ idNumber, birthDate, sex: sequence % 2 === 1 ? '男' : '女' })).toEqual([]);
      }),
    );
  });
});
