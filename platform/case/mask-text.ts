/** Abuse that nobody has to read at a desk (辱骂用语); short on purpose: a word that also means something else is left alone. */
const SWEAR = /王八蛋|他妈的|傻逼|妈的|混蛋|狗屎|\b(?:fuck(?:ing)?|shit|bastard|asshole)\b/giu;

/**
 * Masks telephone and identity numbers in what the public writes (公众文字脱敏), before it is stored: units and other reporters read these words.
 * Names stay, since no rule tells a name from a place.
 */
export function maskText(text: string): string {
  return text
    .replace(/(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dXx])/g, '$1********$2')
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '***@***')
    .replace(SWEAR, (word) => '*'.repeat(word.length))
    .replace(/(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g, '$1****$2');
}
