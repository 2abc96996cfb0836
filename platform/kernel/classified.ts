import { domainError } from './errors.ts';

/** Levels of state secrets (国家秘密密级, 保守国家秘密法 art. 14): 秘密, 机密, 绝密. */
export type SecrecyLevel = 'secret' | 'confidential' | 'top-secret';
const LEVELS: Record<string, SecrecyLevel> = { 秘密: 'secret', 机密: 'confidential', 绝密: 'top-secret' };

/** The platform lives on the extranet (政务外网): nothing that is marked as a state secret may come in (涉密防线). */
export const ClassifiedContent = domainError({
  code: 'GOV-0801',
  status: 422,
  title: { zh: '内容带有国家秘密标志，已拒收', en: 'The content is marked as a state secret and was refused' },
  action: {
    zh: '本平台不得处理涉密信息；内容没有保存，安全管理员已收到通知。请按保密规定处理原件；若属误判，请联系安全管理员。',
    en: 'This platform must not hold classified information; nothing was kept, and the security administrator was told. Handle the original by the rules of secrecy; if it is no such document, speak to the security administrator.',
  },
});

/** Term of secrecy after the star (GB/T 9704-2012, 7.2.2): a number of years, months or days, or until an event. */
const TERM = '(?:\\d{1,3}(?:年|个月|月|日|天)|长期|[\\u4e00-\\u9fff]{1,6}前)';
/** A copy number (份号) may stand in the same line before the mark. */
const MARK = new RegExp(`^(?:№|No\\.?)?\\d{0,8}(秘密|机密|绝密)(?:[★☆*]${TERM}?)?$`, 'u');
const FIELD = /^(?:密级|保密级别|保密等级|涉密等级|定密级别)(?:和保密期限)?[:=]?(秘密|机密|绝密)(?=$|[★☆*,;/])/u;
/** With star and term, which no ordinary sentence has, the mark may also stand at the beginning or end of a short text. */
const STARRED = new RegExp(`^(秘密|机密|绝密)[★☆]|(秘密|机密|绝密)[★☆]${TERM}$`, 'u');
const SHORT = 60;

/**
 * The level that a piece of text states, if it is a mark of secrecy (密级标志): one cell, one line or one part of a file name,
 * whole. Only the forms of the mark count: the level alone, with star and term (机密★5年), or after 密级. A word that holds the
 * characters (商业秘密, 保守国家秘密法, 机密科技有限公司, 绝密飞行) is none.
 */
export function classificationOf(text: string): SecrecyLevel | undefined {
  const bare = text
    .slice(0, 4 * SHORT)
    .normalize('NFKC')
    .replace(/[\s"'“”‘’()[\]{}【】〔〕《》<>·]/gu, '');
  if (bare.length < 2 || bare.length > SHORT) return undefined;
  const found = MARK.exec(bare) ?? FIELD.exec(bare) ?? STARRED.exec(bare);
  const level = found?.[1] ?? found?.[2];
  return level === undefined ? undefined : LEVELS[level];
}

/** The level that a file name states: as a whole without its ending, or in one of its parts. */
export function classificationOfName(fileName: string): SecrecyLevel | undefined {
  const stem = fileName.normalize('NFKC').replace(/(?:\.[A-Za-z0-9]{1,8}){1,2}$/, '');
  const parts = [stem, ...stem.split(/[\s_\-—–.,，、;；()（）[\]【】+&/\\]+/u)];
  return parts.map(classificationOf).find((level) => level !== undefined);
}
