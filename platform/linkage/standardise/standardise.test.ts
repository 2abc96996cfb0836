import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#platform/kernel/dates.ts';
import { homeAddress, houseOf, sameHouse } from './address.ts';
import { commonForm, tightForm } from './characters.ts';
import { companyName } from './company-name.ts';
import { digitsApart, fromLunar, isLunarOf, isSwapped, smallNumber, statedDate } from './date.ts';
import { personName, soundsAlike } from './person-name.ts';
import { isSlip, phoneNumber } from './phone.ts';
import { readAlike, readingsOf, surnameReading } from './pinyin.ts';

const han = fc.constantFrom(...'张王李赵钱孙周吴郑陈林黄伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英國強偉陳張龍鳳');
const digits = (n: number) => fc.integer({ min: 0, max: 10 ** n - 1 }).map((v) => String(v).padStart(n, '0'));
const day = fc.integer({ min: 0, max: 43_000 }).map((days) => addDays('1905-01-01', days));
const wide = (text: string): string => text.replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

describe('characters', () => {
  it.each([
    ['張偉', '张伟'],
    ['陳國強', '陈国强'],
    ['甯静', '宁静'],
    ['李喆', '李哲'],
    ['赵堃', '赵坤'],
    ['徐峯', '徐峰'],
    ['王昇', '王升'],
    ['ＡＢＣ１２', 'ABC12'],
  ])('%s is compared as %s', (text, form) => expect(commonForm(text)).toBe(form));

  it('a form is its own form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        expect(commonForm(commonForm(text))).toBe(commonForm(text));
      }),
    );
    for (let code = 0x4e00; code < 0x9fa6; code += 1) {
      const form = commonForm(String.fromCharCode(code));
      expect(commonForm(form)).toBe(form);
      expect([...form]).toHaveLength(1);
    }
  });

  it('has no blanks in tight form', () => expect(tightForm(' 张　伟\t ')).toBe('张伟'));
});

describe('readings', () => {
  it.each([
    ['单', 'shan'],
    ['曾', 'zeng'],
    ['仇', 'qiu'],
    ['解', 'xie'],
    ['任', 'ren'],
    ['区', 'ou'],
    ['查', 'zha'],
    ['朴', 'piao'],
    ['盖', 'ge'],
    ['尉迟', 'yu chi'],
    ['万俟', 'mo qi'],
    ['吕', 'lv'],
  ])('the surname %s is read %s', (surname, reading) => expect(surnameReading(surname)).toBe(reading));

  it('knows all readings of a character', () =>
    expect(readingsOf('重')).toEqual(expect.arrayContaining(['zhong', 'chong'])));
  it('compares by any reading', () => {
    expect(readAlike('乐', '月')).toBe(true);
    expect(readAlike('乐', '勒')).toBe(true);
    expect(readAlike('伟', '芳')).toBe(false);
    expect(readAlike('伟', '伟伟')).toBe(false);
  });
});

describe('names of persons', () => {
  it.each([
    ['张 伟', '张', '伟', 'zhangwei'],
    ['張　偉', '张', '伟', 'zhangwei'],
    ['欧阳娜娜', '欧阳', '娜娜', 'ouyangnana'],
    ['歐陽修', '欧阳', '修', 'ouyangxiu'],
    ['欧阳', '欧', '阳', 'ouyang'],
    ['单小单', '单', '小单', 'shanxiaodan'],
    ['阿卜杜拉·买买提', '', '阿卜杜拉买买提', 'abudulamaimaiti'],
    ['阿卜杜拉．买买提', '', '阿卜杜拉买买提', 'abudulamaimaiti'],
    ['阿卜杜拉买买提', '', '阿卜杜拉买买提', 'abudulamaimaiti'],
    ['ZHANG  Wei', '', 'zhangwei', 'zhangwei'],
    ['王小明先生', '王', '小明', 'wangxiaoming'],
  ])('%s: surname %s, given %s', (raw, surname, given, reading) =>
    expect(personName(raw)).toMatchObject({ surname, given, pinyin: reading, text: surname + given }),
  );

  it('keeps a former name beside the name', () => {
    expect(personName('张伟（曾用名：张衛國）')).toMatchObject({ text: '张伟', former: ['张卫国'] });
    expect(personName('李丽(原名李莉)')).toMatchObject({ text: '李丽', former: ['李莉'] });
  });

  it.each(['', '  ', '不详', '无名氏', '123', '·', '***'])('%s is no name', (raw) =>
    expect(personName(raw)).toBeUndefined(),
  );

  it('says which names sound alike', () => {
    const alike = (a: string, b: string) => soundsAlike(personName(a)!, personName(b)!);
    expect(alike('张伟', '张玮')).toBe(true);
    expect(alike('张伟', 'Zhang Wei')).toBe(true);
    expect(alike('曾乐', '增月')).toBe(true);
    expect(alike('张伟', '王伟')).toBe(false);
  });

  it('blanks, width and script make no difference', () => {
    fc.assert(
      fc.property(
        fc.array(han, { minLength: 2, maxLength: 4 }),
        fc.constantFrom('', ' ', '　', '  '),
        (letters, gap) => {
          const plain = personName(letters.join(''));
          expect(personName(letters.join(gap))).toEqual(plain);
          expect(personName(`${gap}${letters.join('')}${gap}`)).toEqual(plain);
          expect(personName(plain?.text ?? '')).toEqual(plain);
        },
      ),
    );
  });
});

describe('dates', () => {
  it.each([
    ['1985-09-29', '1985-09-29', false],
    ['1985/9/29', '1985-09-29', false],
    ['1985.09.29', '1985-09-29', false],
    ['19850929', '1985-09-29', false],
    ['１９８５年９月２９日', '1985-09-29', false],
    ['一九八五年九月二十九日', '1985-09-29', false],
    ['二〇〇八年十二月三十一日', '2008-12-31', false],
    ['1985-09-29 00:00:00', '1985-09-29', false],
    ['1985-09-29T00:00:00Z', '1985-09-29', false],
    ['29/09/1985', '1985-09-29', false],
    ['09/29/1985', '1985-09-29', false],
    ['民国三十八年十月一日', '1949-10-01', false],
    ['农历一九八五年八月十五', '1985-09-29', true],
    ['1985年8月15日（农历）', '1985-09-29', true],
    ['一九九〇年正月初一', '1990-01-27', true],
    ['1990年腊月廿三', '1991-02-07', true],
  ])('%s is %s', (raw, date, lunar) => expect(statedDate(raw)).toEqual({ date, lunar }));

  it.each(['', '1985-02-30', '03/04/1985', '1985', '不详', '1985-13-01', '农历1985年13月40日'])(
    '%s is no date',
    (raw) => expect(statedDate(raw)).toBeUndefined(),
  );

  it('every way of writing a day is read as that day', () => {
    fc.assert(
      fc.property(day, (date) => {
        const [y = '', m = '', d = ''] = date.split('-');
        const numeral = (n: number): string => {
          const tens = Math.floor(n / 10);
          const one = n % 10 === 0 ? '' : '一二三四五六七八九'.charAt((n % 10) - 1);
          return tens === 0 ? one : `${tens === 1 ? '' : '一二三四五六七八九'.charAt(tens - 1)}十${one}`;
        };
        const written = [...y].map((c) => '〇一二三四五六七八九'.charAt(Number(c))).join('');
        for (const raw of [
          `${y}${m}${d}`,
          `${y}/${Number(m)}/${Number(d)}`,
          wide(date),
          `${y}年${Number(m)}月${Number(d)}日`,
          `${written}年${numeral(Number(m))}月${numeral(Number(d))}日`,
        ])
          expect(statedDate(raw), raw).toEqual({ date, lunar: false });
      }),
    );
  });

  it('knows swapped and lunar dates', () => {
    expect(isSwapped('1985-03-11', '1985-11-03')).toBe(true);
    expect(isSwapped('1985-03-11', '1986-11-03')).toBe(false);
    expect(isLunarOf('1985-08-15', '1985-09-29')).toBe(true);
    expect(isLunarOf('1991-02-07', '1991-12-23')).toBe(true);
    expect(isLunarOf('1985-08-15', '1985-09-28')).toBe(false);
    expect(digitsApart('1985-08-15', '1985-08-16')).toBe(1);
  });

  it('a lunar date is known as such for every day that has one', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(-1, 0, 1), (stated, step) => {
        const year = Number(stated.slice(0, 4)) + step;
        for (const leap of [false, true]) {
          const solar = fromLunar(`${year}${stated.slice(4)}`, leap);
          if (solar !== undefined) expect(isLunarOf(stated, solar), `${stated} ${solar}`).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('both relations are symmetric', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(isSwapped(a, b)).toBe(isSwapped(b, a));
        expect(isLunarOf(a, b)).toBe(isLunarOf(b, a));
      }),
    );
  });

  it('reads small numerals', () => {
    expect(['一', '十', '十二', '廿三', '三十', '初五', '卅一', '7'].map(smallNumber)).toEqual([
      1, 10, 12, 23, 30, 5, 31, 7,
    ]);
    expect(smallNumber('路')).toBeUndefined();
  });
});

describe('telephone numbers', () => {
  it.each([
    ['139 1234 5678', '13912345678'],
    ['+86-139-1234-5678', '13912345678'],
    ['１３９１２３４５６７８', '13912345678'],
    ['021-63210000-8012', '021-63210000'],
    ['63210000', '021-63210000'],
    ['13912345678、13898765432', '13912345678'],
  ])('%s is %s', (raw, number) => expect(phoneNumber(raw, '021')).toBe(number));

  it.each(['', '无', '123', '13800000000', '11111111'])('%s is none', (raw) =>
    expect(phoneNumber(raw, '021')).toBeUndefined(),
  );

  it('blanks and hyphens make no difference', () => {
    fc.assert(
      fc.property(digits(9), fc.constantFrom('', ' ', '-', '　'), (rest, gap) => {
        const number = `13${rest}`;
        fc.pre(!/(\d)\1{6}$/.test(number));
        expect(phoneNumber(`${number.slice(0, 3)}${gap}${number.slice(3, 7)}${gap}${number.slice(7)}`)).toBe(number);
      }),
    );
  });

  it('knows slips of the finger', () => {
    expect(isSlip('13912345678', '13912345679')).toBe(true);
    expect(isSlip('13912345678', '13912354678')).toBe(true);
    expect(isSlip('13912345678', '13921354678')).toBe(false);
    expect(isSlip('13912345678', '13912345678')).toBe(false);
  });
});

describe('names of firms', () => {
  it.each([
    ['上海瑞丰餐饮有限责任公司', '上海瑞丰餐饮有限公司'],
    ['瑞丰（上海）餐饮有限公司', '上海瑞丰餐饮有限公司'],
    ['瑞丰（集团）餐饮有限公司', '瑞丰集团餐饮有限公司'],
    ['上海瑞豐餐飲有限公司', '上海瑞丰餐饮有限公司'],
    ['上海　瑞丰餐饮　有限公司', '上海瑞丰餐饮有限公司'],
    ['ＡＢＣ咨询有限公司', 'abc咨询有限公司'],
    ['上海恒泰股份公司', '上海恒泰股份有限公司'],
    ['上海恒泰投资合伙企业（有限合伙）', '上海恒泰投资有限合伙'],
  ])('%s and %s are one', (a, b) => expect(companyName(a)?.text).toBe(companyName(b)?.text));

  it('the place in front is not part of the core', () => {
    const cores = [
      '上海市黄浦区瑞丰餐饮有限公司',
      '上海市瑞丰餐饮有限公司',
      '上海瑞丰餐饮有限公司',
      '瑞丰餐饮有限公司',
    ];
    expect(new Set(cores.map((name) => companyName(name)?.core))).toEqual(new Set(['瑞丰餐饮']));
    expect(companyName('上海大厦')?.core).toBe('大厦');
  });

  it('a branch is not its head', () => {
    const head = companyName('上海瑞丰餐饮有限公司');
    const branch = companyName('上海瑞丰餐饮有限公司淮海路分公司');
    expect(branch?.branch).toBe('淮海路分公司');
    expect(branch?.core).toBe(head?.core);
    expect(branch?.text).not.toBe(head?.text);
  });

  it('what is no name is none', () => expect(companyName('（）')).toBeUndefined());
});

describe('addresses', () => {
  it.each([
    ['上海市黄浦区瑞金二路１１８弄１２号３０１室', '瑞金二路118弄12号/301'],
    ['瑞金二路118弄12号301', '瑞金二路118弄12号/301'],
    ['上海市瑞金二路一百十八弄十二号301室', '瑞金二路118弄12号/301'],
    ['瑞金二路118-12-301', '瑞金二路118弄12号/301'],
    ['瑞金二路118弄12-301室', '瑞金二路118弄12号/301'],
    ['瑞金二路118弄12#301室', '瑞金二路118弄12号/301'],
    ['瑞金二路118弄12号3楼301室', '瑞金二路118弄12号/301'],
    ['黄浦区瑞金二路街道瑞金二路118弄12号（近复兴中路）301室', '瑞金二路118弄12号/301'],
    ['瑞金二路甲12号', '瑞金二路12甲号'],
    ['瑞金二路12号甲', '瑞金二路12甲号'],
    ['瑞金二路12-甲号', '瑞金二路12甲号'],
    ['建国西路300弄2支弄5号亭子间', '建国西路300/2弄5号/亭子间'],
    ['步高里12号前楼', '步高里12号/前楼'],
    ['中山东一路12号', '中山东一路12号'],
    ['浙江省杭州市西湖区文一路1号201室', '文一路1号/201'],
  ])('%s is compared as %s', (raw, text) => expect(homeAddress(raw)?.text).toBe(text));

  it.each(['', '不详', '301室'])('%s is none', (raw) => expect(homeAddress(raw)).toBeUndefined());

  it('knows one house by the name of its estate', () => {
    const a = homeAddress('建国西路步高里12号前楼')!;
    const b = homeAddress('步高里12号')!;
    expect(sameHouse(a, b)).toBe(true);
    expect(sameHouse(a, homeAddress('步高里13号')!)).toBe(false);
    expect(houseOf(homeAddress('瑞金二路118弄12号301室')!)).toBe('瑞金二路118弄12号');
  });

  it('width, blanks and what stands above make no difference', () => {
    const part = fc.record({
      road: fc.constantFrom('瑞金二路', '淮海中路', '中山东一路', '西藏南路', '人民大道'),
      lane: fc.integer({ min: 1, max: 999 }),
      number: fc.integer({ min: 1, max: 99 }),
      room: fc.integer({ min: 101, max: 3204 }),
    });
    fc.assert(
      fc.property(part, ({ road, lane, number, room }) => {
        const plain = `${road}${lane}弄${number}号${room}室`;
        const form = homeAddress(plain);
        expect(form).toMatchObject({ road, lane: String(lane), number: String(number), room: String(room) });
        for (const raw of [
          wide(plain),
          `上海市黄浦区${plain}`,
          `上海市 ${road} ${lane}弄 ${number}号 ${room}室`,
          plain.slice(0, -1),
        ])
          expect(homeAddress(raw), raw).toEqual(form);
      }),
    );
  });
});
