import ExcelJs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsItems, ITEM_CODE, parentOf } from './class-codes.ts';
import { type Content, contentFaults } from './content.ts';
import { contentOf, rowsOf } from './import-register.ts';

const classes = new Set(['303999']);
const content: Content = {
  title: { zh: '低保台账', en: '' },
  summary: { zh: '低保对象', en: '' },
  class: '303999',
  system: '社会救助系统',
  providerCode: '',
  format: 'database',
  items: [{ name: '姓名', type: 'string' }],
  level: 'L3',
  sharing: 'conditional',
  sharingCondition: '依法履职需要',
  sharingMethod: 'platform',
  opening: 'closed',
  openingCondition: '',
  updates: 'daily',
  related: [],
};
const pointers = (change: Partial<Content>) =>
  contentFaults({ ...content, ...change }, classes).map(({ pointer }) => pointer);

describe('a class', () => {
  it('has 1, 3, 6 or more digits, and each but the first stands under its own prefix', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{2}[0-9]{3}[0-9]{1,6}$/);
    fc.assert(
      fc.property(digits, (code) => {
        const chain: string[] = [];
        for (let at: string | undefined = code; at !== undefined; at = parentOf(at)) chain.push(at);
        expect(chain.map(({ length }) => length)).toEqual([code.length, 6, 3, 1]);
        expect(chain.every((each) => code.startsWith(each))).toBe(true);
      }),
    );
    expect([holdsItems('1'), holdsItems('101'), holdsItems('101001')]).toEqual([false, false, true]);
    expect(['303999/000001', '303/000001', '303999/1'].map((code) => ITEM_CODE.test(code))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('core metadata', () => {
  it.each([
    ['a good item', {}, []],
    ['an unknown class', { class: '999999' }, ['/class']],
    ['no field', { items: [] }, ['/items']],
    [
      'a field twice',
      {
        items: [
          { name: 'a', type: 'string' },
          { name: 'a ', type: 'date' },
        ],
      },
      ['/items/1/name'],
    ],
    ['sharing on no condition', { sharingCondition: ' ' }, ['/sharingCondition']],
    ['not shared by no article', { sharing: 'none', sharingCondition: '' }, ['/sharingCondition']],
    ['opening on no condition', { opening: 'conditional' }, ['/openingCondition']],
    ['personal data shared with everyone', { sharing: 'unconditional' }, ['/sharing']],
    ['personal data opened', { opening: 'open' }, ['/opening']],
    ['not shared yet open', { level: 'L1', sharing: 'none', opening: 'open' }, ['/opening']],
  ] as [string, Partial<Content>, string[]][])('of %s', (_name, change, expected) => {
    expect(pointers(change)).toEqual(expected);
  });
});

const HEAD =
  '资源名称,资源摘要,分类代码,所属系统,资源格式,信息项,数据级别,共享类型,共享条件,共享方式,开放类型,更新周期';
const ROW =
  '低保台账,低保对象,303999,社会救助系统,数据库,姓名:字符；人数:数值,l3,有条件共享,依法履职,共享平台,不开放,每月';

describe('a register file', () => {
  it('is read as CSV in UTF-8 and GBK, and as XLSX, with the words of the template', async () => {
    // “资源名称,分类代码” and one row, in GBK.
    const gbk = Buffer.from('d7cad4b4c3fbb3c62cb7d6c0e0b4fac2eb0ab5cdb1a3cca8d5cb2c3330333939390a', 'hex');
    expect(await rowsOf(gbk)).toEqual([{ line: 2, row: { title: '低保台账', class: '303999' } }]);
    const [first] = await rowsOf(Buffer.from(`\ufeff${HEAD}\n\n${ROW}\n`));
    const { row = {} } = first ?? {};
    expect(first?.line).toBe(3);
    const read = contentOf(row, classes);
    expect(read.faults).toEqual([]);
    expect(read.content).toMatchObject({
      level: 'L3',
      items: [
        { name: '姓名', type: 'string' },
        { name: '人数', type: 'number' },
      ],
      sharing: 'conditional',
      updates: 'monthly',
    });
    const book = new ExcelJs.Workbook();
    const sheet = book.addWorksheet('目录');
    sheet.addRow(HEAD.split(','));
    sheet.getRow(4).values = ROW.split(',');
    expect(await rowsOf(Buffer.from(await book.xlsx.writeBuffer()))).toEqual([{ line: 4, row }]);
  });

  it('says which column of a row is empty or holds what is not allowed', async () => {
    const [first] = await rowsOf(Buffer.from(`${HEAD}\n${ROW.replace('数据库', '纸').replace('低保对象', '')}\n`));
    expect(
      contentOf(first?.row ?? {}, classes).faults.map(({ pointer, message }) => `${pointer} ${message.zh}`),
    ).toEqual(['/summary “资源摘要”没有填写', '/format “资源格式”的内容不合要求']);
  });

  it('is refused without the heads of the template, and as a broken workbook', async () => {
    await expect(rowsOf(Buffer.from('a,b\n1,2\n'))).rejects.toMatchObject({ spec: { code: 'REGISTER_UNREADABLE' } });
    await expect(rowsOf(Buffer.from('PK\u0003\u0004broken'))).rejects.toMatchObject({
      spec: { code: 'REGISTER_UNREADABLE' },
    });
  });

  it('is refused where it would unpack to more than any register holds', async () => {
    const book = new ExcelJs.Workbook();
    const sheet = book.addWorksheet('目录');
    const cell = 'a'.repeat(30_000);
    for (let at = 0; at < 1800; at++) sheet.addRow([`${at}${cell}`]);
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    expect(bytes.length).toBeLessThan(5_000_000);
    await expect(rowsOf(bytes)).rejects.toMatchObject({ spec: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  it('of any cells gives a row either metadata or faults, never both, never an accident', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('title', 'summary', 'class', 'items', 'level', 'sharing', 'related'),
          fc.string(),
        ),
        (row) => {
          const { content: made, faults } = contentOf(row, classes);
          expect(made === undefined).toBe(faults.length > 0);
        },
      ),
    );
  });
});
