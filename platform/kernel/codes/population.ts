/** Code tables about people: GB/T 2261.1 sex, GB/T 2261.2 marital status, GB/T 3304 nations, GB/T 4761 family relations. */

/** A value of a national code table. */
export type CodeEntry = { readonly code: string; readonly zh: string; readonly en: string };

/** Looks a value up by its code or by its Chinese name, so that a file may hold either. */
export type CodeTable = {
  readonly entries: readonly CodeEntry[];
  byCode(code: string): CodeEntry | undefined;
  byName(zh: string): CodeEntry | undefined;
};

/** Builds a table from `code zh en` lines; `aliases` maps further Chinese spellings to a code. */
export function codeTable(input: { lines: string; aliases?: Readonly<Record<string, string>> }): CodeTable {
  const entries = input.lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', zh = '', ...en] = line.trim().split(' ');
      return { code, zh, en: en.join(' ') };
    });
  const codes = new Map(entries.map((entry) => [entry.code, entry]));
  const names = new Map(entries.map((entry) => [entry.zh, entry]));
  for (const [alias, code] of Object.entries(input.aliases ?? {})) {
    const entry = codes.get(code);
    if (entry !== undefined && !names.has(alias)) names.set(alias, entry);
  }
  return { entries, byCode: (code) => codes.get(code), byName: (zh) => names.get(zh) };
}

/** Sex (性别), GB/T 2261.1-2003. */
export const SEX: CodeTable = codeTable({
  lines: `
0 未知的性别 unknown
1 男性 male
2 女性 female
9 未说明的性别 not stated`,
  aliases: { 男: '1', 女: '2', 未知: '0', 未说明: '9' },
});

/** Marital status (婚姻状况), GB/T 2261.2-2003. */
export const MARITAL_STATUS: CodeTable = codeTable({
  lines: `
10 未婚 single
20 已婚 married
21 初婚 first marriage
22 再婚 remarried
23 复婚 married again to the same person
30 丧偶 widowed
40 离婚 divorced
90 未说明的婚姻状况 not stated`,
  aliases: { 离异: '40', 未说明: '90' },
});

const NATION_LINES = `
01 汉族 Han
02 蒙古族 Mongol
03 回族 Hui
04 藏族 Zang
05 维吾尔族 Uygur
06 苗族 Miao
07 彝族 Yi
08 壮族 Zhuang
09 布依族 Buyei
10 朝鲜族 Chosen
11 满族 Man
12 侗族 Dong
13 瑶族 Yao
14 白族 Bai
15 土家族 Tujia
16 哈尼族 Hani
17 哈萨克族 Kazak
18 傣族 Dai
19 黎族 Li
20 傈僳族 Lisu
21 佤族 Va
22 畲族 She
23 高山族 Gaoshan
24 拉祜族 Lahu
25 水族 Sui
26 东乡族 Dongxiang
27 纳西族 Naxi
28 景颇族 Jingpo
29 柯尔克孜族 Kirgiz
30 土族 Tu
31 达斡尔族 Daur
32 仫佬族 Mulao
33 羌族 Qiang
34 布朗族 Blang
35 撒拉族 Salar
36 毛南族 Maonan
37 仡佬族 Gelao
38 锡伯族 Xibe
39 阿昌族 Achang
40 普米族 Pumi
41 塔吉克族 Tajik
42 怒族 Nu
43 乌孜别克族 Uzbek
44 俄罗斯族 Russ
45 鄂温克族 Ewenki
46 德昂族 Deang
47 保安族 Bonan
48 裕固族 Yugur
49 京族 Gin
50 塔塔尔族 Tatar
51 独龙族 Derung
52 鄂伦春族 Oroqen
53 赫哲族 Hezhen
54 门巴族 Monba
55 珞巴族 Lhoba
56 基诺族 Jino
97 其他 Other
98 外国血统中国籍人士 Chinese citizen of foreign descent`;

/** Nations (民族), GB/T 3304-1991: the 56, and 97 and 98 as household registers use them. The short name (汉) is accepted. */
export const NATION: CodeTable = codeTable({
  lines: NATION_LINES,
  aliases: Object.fromEntries(
    NATION_LINES.trim()
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, zh = '']) => zh.endsWith('族'))
      .map(([code = '', zh = '']) => [zh.slice(0, -1), code]),
  ),
});

/** Relation to the head of the household (与户主关系), the two-digit codes of GB/T 4761-2008 in common use. */
export const RELATION: CodeTable = codeTable({
  lines: `
01 本人 self
02 户主 head of household
10 配偶 spouse
11 夫 husband
12 妻 wife
20 子 son
21 独生子 only son
22 长子 eldest son
23 次子 second son
24 三子 third son
27 养子或继子 adopted son or stepson
28 女婿 son-in-law
29 其他儿子 other son
30 女 daughter
31 独生女 only daughter
32 长女 eldest daughter
33 次女 second daughter
34 三女 third daughter
37 养女或继女 adopted daughter or stepdaughter
38 儿媳 daughter-in-law
39 其他女儿 other daughter
40 孙子、孙女或外孙子、外孙女 grandchild
41 孙子 son's son
42 孙女 son's daughter
43 外孙子 daughter's son
44 外孙女 daughter's daughter
45 孙媳妇或外孙媳妇 grandson's wife
46 孙女婿或外孙女婿 granddaughter's husband
47 曾孙子或外曾孙子 great-grandson
48 曾孙女或外曾孙女 great-granddaughter
50 父母 parent
51 父亲 father
52 母亲 mother
53 公公 husband's father
54 婆婆 husband's mother
55 岳父 wife's father
56 岳母 wife's mother
57 继父或养父 stepfather or adoptive father
58 继母或养母 stepmother or adoptive mother
60 祖父母或外祖父母 grandparent
61 祖父 father's father
62 祖母 father's mother
63 外祖父 mother's father
64 外祖母 mother's mother
70 兄弟姐妹 sibling
71 兄 elder brother
72 嫂 elder brother's wife
73 弟 younger brother
74 弟媳 younger brother's wife
75 姐姐 elder sister
76 姐夫 elder sister's husband
77 妹妹 younger sister
78 妹夫 younger sister's husband
80 其他 other
97 其他亲属 other relative
99 非亲属 not related`,
  aliases: {
    丈夫: '11',
    妻子: '12',
    儿子: '20',
    女儿: '30',
    之子: '20',
    之女: '30',
    养子: '27',
    继子: '27',
    养女: '37',
    继女: '37',
    媳妇: '38',
    外孙: '43',
    父: '51',
    母: '52',
    爷爷: '61',
    奶奶: '62',
    外公: '63',
    外婆: '64',
    哥哥: '71',
    嫂子: '72',
    弟弟: '73',
    弟妹: '74',
    姐: '75',
    妹: '77',
  },
});
