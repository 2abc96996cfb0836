import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestorOf,
  areaRange,
  cellCode,
  isWithin,
  parentOf,
  parseArea,
  PROVINCES,
} from '#platform/kernel/codes/area.ts';
import { businessRegistrationCheck, parseBusinessRegistration } from '#platform/kernel/codes/business-registration.ts';
import { composeCitizenId, parseCitizenId, upgradeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { composeCreditCode, parseCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { parsePhone } from '#platform/kernel/codes/mobile.ts';
import { organisationCodeCheck, parseOrganisationCode } from '#platform/kernel/codes/organisation-code.ts';
import { NATION, RELATION, SEX } from '#platform/kernel/codes/population.ts';
import { addDays } from '#platform/kernel/dates.ts';

const regions = new Set(['310101', '110105', '440524']);
const person = fc.record({
  region: fc.constantFrom(...regions),
  birthDate: fc.integer({ min: 0, max: 45_000 }).map((days) => addDays('1900-01-01', days)),
  sequence: fc.integer({ min: 0, max: 999 }),
});

describe('citizen identity number', () => {
  it('accepts the examples printed in GB 11643-1999', () => {
    expect(parseCitizenId('11010519491231002X', { regions })).toEqual({
      ok: true,
      id: { number: '11010519491231002X', region: '110105', birthDate: '1949-12-31', sex: '2', sample: false },
    });
    expect(parseCitizenId('440524188001010014', { regions })).toMatchObject({ ok: true, id: { sex: '1' } });
  });

  it('takes a small x for the check character', () => {
    expect(parseCitizenId('11010519491231002x')).toMatchObject({ ok: true, id: { number: '11010519491231002X' } });
  });

  it.each([
    ['11010519491231002', 'length'],
    ['1101051949123100２X', 'charset'],
    ['X1010519491231002X', 'charset'],
    ['99010519491231002X', 'region'],
    ['110105194902310024', 'date'],
    ['110105194912310021', 'check'],
  ])('names the first reason for %s: %s', (text, reason) => {
    expect(parseCitizenId(text)).toEqual({ ok: false, reason });
  });

  it('accepts the test region only where sample data are allowed', () => {
    const number = composeCitizenId({ region: '310199', birthDate: '1985-02-01', sequence: 123 });
    expect(parseCitizenId(number)).toEqual({ ok: false, reason: 'region' });
    expect(parseCitizenId(number, { allowSample: true, regions })).toMatchObject({ ok: true, id: { sample: true } });
  });

  it('refuses a birth after today and asks a region rule with the birth date', () => {
    const number = composeCitizenId({ region: '310103', birthDate: '2015-06-01', sequence: 1 });
    expect(parseCitizenId(number, { today: '2015-05-31' })).toEqual({ ok: false, reason: 'date' });
    const beforeMerger = ({ birthDate }: { birthDate: string }): boolean => birthDate < '2011-05-20';
    expect(parseCitizenId(number, { regions: beforeMerger })).toEqual({ ok: false, reason: 'region' });
  });

  it('reads back what was composed', () => {
    fc.assert(
      fc.property(person, (parts) => {
        const result = parseCitizenId(composeCitizenId(parts), { regions });
        expect(result).toMatchObject({ ok: true, id: { region: parts.region, birthDate: parts.birthDate } });
        if (result.ok) expect(result.id.sex).toBe(parts.sequence % 2 === 1 ? '1' : '2');
      }),
    );
  });

  it('finds every single wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(person, fc.nat(16), fc.integer({ min: 1, max: 9 }), (parts, at, by) => {
        const number = composeCitizenId(parts);
        const digit = String((Number(number[at]) + by) % 10);
        expect(parseCitizenId(number.slice(0, at) + digit + number.slice(at + 1)).ok).toBe(false);
        const [a, b] = [number.charAt(at), number.charAt(at + 1)];
        if (a !== b) expect(parseCitizenId(number.slice(0, at) + b + a + number.slice(at + 2)).ok).toBe(false);
      }),
    );
  });

  it('upgrades fifteen digits', () => {
    expect(upgradeCitizenId('110105491231002')).toMatchObject({ ok: true, id: { number: '11010519491231002X' } });
    expect(upgradeCitizenId('110105490231002')).toEqual({ ok: false, reason: 'date' });
  });
});

describe('unified social credit code', () => {
  // Published codes of listed companies and state banks, e.g. in their annual reports.
  it.each([
    '9144030071526726XG', // 腾讯科技（深圳）有限公司
    '91440300708461136T', // 深圳市腾讯计算机系统有限公司
    '914403001922038216', // 华为技术有限公司
    '91330100799655058B', // 阿里巴巴（中国）有限公司
    '91110000802100433B', // 百度在线网络技术（北京）有限公司
    '911000001000013428', // 中国银行股份有限公司
    '91100000100003962T', // 中国工商银行股份有限公司
    '91110000710925462X', // 中国石油天然气股份有限公司
    '91310000132260250X', // 上海汽车集团股份有限公司
    '9152000071430580XT', // 贵州茅台酒股份有限公司
    '91440300100012316L', // 中国平安保险（集团）股份有限公司
    '91440300192181490G', // 万科企业股份有限公司
    '91440300192317458F', // 比亚迪股份有限公司
  ])('accepts the published code %s', (code) => {
    const result = parseCreditCode(code);
    expect(result).toMatchObject({ ok: true, credit: { code, authority: '9', category: '1' } });
    if (result.ok) expect(parseOrganisationCode(result.credit.organisationCode).ok).toBe(true);
  });

  it.each([
    ['9144030071526726X', 'length'],
    ['9144030071526726IG', 'charset'],
    ['9144030071526726XH', 'check'],
  ])('names the reason for %s: %s', (code, reason) => {
    expect(parseCreditCode(code)).toEqual({ ok: false, reason });
  });

  it('refuses an organisation part with a wrong check character, and a region that does not count', () => {
    const good = composeCreditCode({ kind: '91', region: '310101', organisation: 'MA1FP0QX' });
    expect(parseCreditCode(good).ok).toBe(true);
    expect(parseCreditCode(good, { regions: new Set(['310115']) })).toEqual({ ok: false, reason: 'region' });
    // 0 and its check recomputed: only GB 11714 notices.
    expect(parseCreditCode('911000001000013347')).toMatchObject({ ok: false });
  });

  it('finds every single wrong character', () => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const organisation = fc
      .array(fc.constantFrom(...letters), { minLength: 8, maxLength: 8 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(organisation, fc.nat(17), fc.constantFrom(...letters), (first8, at, letter) => {
        const code = composeCreditCode({ kind: '91', region: '310101', organisation: first8 });
        expect(parseCreditCode(code).ok).toBe(true);
        if (letter !== code.charAt(at))
          expect(parseCreditCode(code.slice(0, at) + letter + code.slice(at + 1)).ok).toBe(false);
      }),
    );
  });
});

it('judges 10,000 valid and 10,000 altered credit codes without a mistake', () => {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  // A sequence of its own: the same 20,000 each time.
  let state = 20_171_228;
  const below = (n: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % n;
  };
  let wrong = 0;
  for (let i = 0; i < 10_000; i += 1) {
    const organisation = Array.from({ length: 8 }, () => letters.charAt(below(31))).join('');
    const kind = `${'159AY'.charAt(below(5))}${1 + below(3)}`;
    const code = composeCreditCode({ kind, region: '310101', organisation });
    if (!parseCreditCode(code).ok) wrong += 1;
    const at = below(18);
    const other = letters.replace(code.charAt(at), '').charAt(below(30));
    if (parseCreditCode(code.slice(0, at) + other + code.slice(at + 1)).ok) wrong += 1;
  }
  expect(wrong).toBe(0);
});

describe('older codes of organisations', () => {
  it('finds every single wrong character of an organisation code that modulus 11 can show', () => {
    const characters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const value = (c: string): number => characters.indexOf(c);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...characters), { minLength: 8, maxLength: 8 }).map((all) => all.join('')),
        fc.nat(8),
        fc.constantFrom(...characters),
        (first8, at, other) => {
          const code = first8 + organisationCodeCheck(first8);
          expect(parseOrganisationCode(code).ok).toBe(true);
          const altered = code.slice(0, at) + other + code.slice(at + 1);
          // Letters that lie eleven or twenty-two apart weigh alike (0 and B and M): the code cannot tell them.
          const alike = at < 8 && (value(other) - value(code.charAt(at))) % 11 === 0;
          expect(parseOrganisationCode(altered).ok).toBe(altered === code || alike);
        },
      ),
    );
  });

  it('takes an organisation code with and without hyphen', () => {
    expect(parseOrganisationCode('71526726-X')).toEqual({ ok: true, code: '71526726X' });
    expect(parseOrganisationCode('715267260')).toEqual({ ok: false, reason: 'check' });
    expect(organisationCodeCheck('D2143569')).toBe('X'); // the example printed in GB 11714-1997
  });

  it('finds every single wrong digit of a registration number (computed vectors)', () => {
    const digits = fc.array(fc.nat(9), { minLength: 14, maxLength: 14 }).map((all) => all.join(''));
    fc.assert(
      fc.property(digits, fc.nat(14), fc.integer({ min: 1, max: 9 }), (first14, at, by) => {
        const number = first14 + businessRegistrationCheck(first14);
        expect(parseBusinessRegistration(number).ok).toBe(true);
        const digit = String((Number(number[at]) + by) % 10);
        expect(parseBusinessRegistration(number.slice(0, at) + digit + number.slice(at + 1)).ok).toBe(false);
      }),
    );
  });
});

describe('area codes', () => {
  it.each([
    ['310000', '31', 'province'],
    ['310100', '3101', 'city'],
    ['310101', '310101', 'district'],
    ['310101023', '310101023', 'street'],
    ['310101023000', '310101023', 'street'],
    ['310101023004', '310101023004', 'committee'],
    ['31010102300412', '31010102300412', 'cell'],
  ])('reads %s as %s, %s', (text, code, level) => {
    expect(parseArea(text)).toEqual({ code, level });
  });

  it.each(['', '3', '31010', '3101010230', '31010102300400', '31010102300012', '01010', 'x10101'])(
    'refuses %s',
    (text) => {
      expect(parseArea(text)).toBeUndefined();
    },
  );

  it('has a range that holds exactly the codes inside', () => {
    const code = fc.stringMatching(/^31010[1-3]0[12][0-9]00[1-9]0[1-9]$/);
    fc.assert(
      fc.property(code, code, fc.constantFrom('district', 'street', 'committee', 'cell'), (a, b, level) => {
        const cell = parseArea(a);
        const area = cell && parseArea(ancestorOf(cell, level) ?? cell.code);
        if (area === undefined) throw new Error('no area');
        const { from, to } = areaRange(area);
        expect(b >= from && b < to).toBe(isWithin(b, area));
      }),
    );
  });

  it('climbs from a cell to its province', () => {
    expect(cellCode('310101023004', 7)).toBe('31010102300407');
    let area = parseArea('31010102300407');
    const path: string[] = [];
    for (; area !== undefined; area = parentOf(area)) path.push(area.code);
    expect(path).toEqual(['31010102300407', '310101023004', '310101023', '310101', '3101', '31']);
    expect(PROVINCES.size).toBe(34);
  });
});

describe('population codes', () => {
  it('knows the 56 nations by code, name and short name', () => {
    expect(NATION.entries.filter((each) => each.zh.endsWith('族'))).toHaveLength(56);
    expect(NATION.byName('维吾尔')?.code).toBe('05');
    expect(NATION.byCode('56')?.zh).toBe('基诺族');
  });
  it('reads the usual words of a household register', () => {
    expect(RELATION.byName('户主')?.code).toBe('02');
    expect(RELATION.byName('妻子')?.code).toBe('12');
    expect(SEX.byName('女')?.code).toBe('2');
  });
});

describe('telephone numbers', () => {
  it.each([
    ['13812345678', 'mobile', '13812345678'],
    ['+86 138-1234-5678', 'mobile', '13812345678'],
    ['8613812345678', 'mobile', '13812345678'],
    ['021-63212345', 'landline', '021-63212345'],
    ['(021)63212345转801', 'landline', '021-63212345-801'],
    ['+86 21 6321 2345', 'landline', '021-63212345'],
    ['0571-87654321', 'landline', '0571-87654321'],
    ['12345', 'service', '12345'],
    ['400-820-8820', 'service', '4008208820'],
  ])('reads %s as %s %s', (text, kind, number) => {
    expect(parsePhone(text)).toEqual({ kind, number });
  });
  it.each(['12812345678', '1381234567', '021-1234567', '张三', ''])('refuses %s', (text) => {
    expect(parsePhone(text)).toBeUndefined();
  });
});
