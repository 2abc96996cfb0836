import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classificationOf, classificationOfName } from './classified.ts';

describe('a mark of secrecy', () => {
  it('is found in the forms that a document carries: alone, with star and term, after 密级', () => {
    for (const [text, level] of [
      ['秘密', 'secret'],
      [' 机 密 ', 'confidential'],
      ['【绝密】', 'top-secret'],
      ['机密★5年', 'confidential'],
      ['机密★５年', 'confidential'],
      ['秘密★', 'secret'],
      ['秘密★6个月', 'secret'],
      ['绝密★启用前', 'top-secret'],
      ['绝密★长期', 'top-secret'],
      ['000012 机密★1年', 'confidential'],
      ['密级：机密', 'confidential'],
      ['密级和保密期限: 秘密★10年', 'secret'],
      ['保密等级=绝密', 'top-secret'],
      ['关于某事项的报告 机密★5年', 'confidential'],
    ] as const) {
      expect(classificationOf(text), text).toBe(level);
    }
  });

  it('is not seen in words, names, titles and sentences that hold the same characters', () => {
    for (const text of [
      '商业秘密',
      '个人秘密',
      '机密科技有限公司',
      '上海绝密文化传播有限公司',
      '中华人民共和国保守国家秘密法',
      '商业秘密保护条例',
      '秘密花园书店',
      '绝密飞行',
      '机密性',
      '机密计算平台',
      '密级',
      '密级：公开',
      '密级：内部',
      '不涉及国家秘密',
      '本表不得填写秘密、机密、绝密信息',
      '★★★★★',
      '',
      '请在右上角标注“机密★5年”字样，并按《党政机关公文格式》的规定用三号黑体字，顶格编排在版心左上角第二行，保密期限中的数字用阿拉伯数字标注，不得使用汉字数字',
    ]) {
      expect(classificationOf(text), text).toBeUndefined();
    }
  });

  it('is found in a part of a file name, and not in a name that holds the characters', () => {
    for (const name of [
      '机密.xlsx',
      '2026年人员名单_机密.csv',
      '（秘密）会议纪要.docx',
      '绝密★启用前 试卷.csv.gz',
      '机密★5年-规划.json',
    ]) {
      expect(classificationOfName(name), name).toBeDefined();
    }
    for (const name of [
      '商业秘密案件.csv',
      '保守国家秘密法宣传.xlsx',
      '机密科技有限公司_税务.csv',
      '户籍.csv',
      '.csv',
      '',
    ]) {
      expect(classificationOfName(name), name).toBeUndefined();
    }
  });

  it('is never seen in text without the three words, and always behind any spacing and brackets', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (/秘密|机密|绝密/.test(text.normalize('NFKC').replace(/\s/g, ''))) return;
        expect(classificationOf(text)).toBeUndefined();
        expect(classificationOfName(text)).toBeUndefined();
      }),
    );
    const space = fc.stringMatching(/^[ \u3000\t【】()]{0,4}$/);
    fc.assert(
      fc.property(space, space, space, fc.constantFrom('秘密', '机密', '绝密'), (a, b, c, word) => {
        expect(classificationOf(`${a}${word[0]}${b}${word[1]}${c}`)).toBeDefined();
      }),
    );
  });
});
