/**
 * Which passwords are refused (口令规则). There is no composition rule and no expiry; what counts is what is left of a password
 * when guessable parts are taken as one character each. The word list is our own and small (common English, Pinyin and keyboard
 * patterns); frequent and leaked passwords stand in the breach lists (`breached/`).
 */
export const SHORTEST = 10;
/** Characters that must be left once each guessable part counts as one. */
const LEAST_LEFT = 6;

export type Weakness = 'short' | 'guessable' | 'personal';

/** Parts that attackers try first, lower case, longest first where one holds another. */
const WORDS = (
  'passw0rd password passwd admin123 administrator admin welcome letmein iloveyou sunshine princess football baseball superman ' +
  'monkey dragon master shadow michael jordan harley freedom whatever trustno1 starwars computer internet secret login root test guest user ' +
  'qwertyuiop qwerty qazwsxedc qazwsx asdfghjkl asdfgh zxcvbnm zxcvbn 1qaz2wsx 1q2w3e4r q1w2e3r4 abcdefg abcd1234 abc123 aa123456 a123456 ' +
  'woaini woaiwojia woaiwoziji wodemima mimamima mima nihao nihaoma zhongguo zhonghua shanghai beijing jiayou xiaoming wangwei ' +
  'zhangwei lijing liuwei zhangsan lisi wangwu laopo laogong baobao baobei tiancai gongxifacai facai fadacai zhengfu jiedao juwei minzheng ' +
  'taobao alipay weixin wechat tencent baidu huawei xiaomi 5201314 1314520 201314 1314 7758521 7758258 147258369 147258 159357 520520 110110 ' +
  '密码 口令 中国 上海 我爱你 你好 admin888 888888 666666 168168 smartdistrict smart district'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '01234567890', 'abcdefghijklmnopqrstuvwxyz'];
const RUNS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];
const LEET: Record<string, string> = {
  '@': 'a',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
  '!': 'i',
};

/** Why a password is too easy to guess, or undefined. `about` are words near the person: account, name, district. */
export function weaknessOf(password: string, about: readonly string[] = []): Weakness | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < SHORTEST) return 'short';
  const own = about
    .flatMap((word) => [word, ...word.split(/[.\-_\s]/)])
    .map((word) => word.toLowerCase())
    .filter((word) => [...word].length >= (/[^\x00-\x7f]/.test(word) ? 2 : 4))
    .sort((a, b) => b.length - a.length);
  const plain = unleet(text);
  if (own.some((word) => text.includes(word) || plain.includes(word)) && left(text, own) < LEAST_LEFT)
    return 'personal';
  // Either spelling may be what the person meant; the worse one counts.
  return Math.min(left(text, []), left(plain, [])) < LEAST_LEFT ? 'guessable' : undefined;
}

function unleet(text: string): string {
  return [...text].map((letter) => LEET[letter] ?? letter).join('');
}

/** Length once every guessable part counts as one character. */
function left(text: string, own: readonly string[]): number {
  let rest = text;
  for (const word of [...own, ...WORDS]) rest = rest.replaceAll(word, '\u0001');
  rest = rest
    // Identity number, telephone, then dates and years.
    .replace(/\d{17}[\dx]|1[3-9]\d{9}/g, '\u0001')
    .replace(/(?:19|20)\d{2}[./-]?(?:0[1-9]|1[0-2])[./-]?(?:[0-2]\d|3[01])|(?:19|20)\d{2}/g, '\u0001')
    .replace(/(.)\1{2,}/g, '\u0001');
  rest = shortenRuns(rest);
  // The same part again is not a new one: abcxabcx.
  rest = rest.replace(/(.{2,}?)\1+/g, '$1').replace(/\u0001{2,}/g, '\u0001');
  return [...rest].length;
}

/** Four neighbours or more on a keyboard row, in the alphabet or among the digits count as one. */
function shortenRuns(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    let length = 4;
    while (at + length <= text.length && RUNS.some((run) => run.includes(text.slice(at, at + length)))) length++;
    if (length === 4) out += text[at++];
    else {
      out += '\u0001';
      at += length - 1;
    }
  }
  return out;
}
