/**
 * Masks telephone and identity numbers in what the public writes (公众文字脱敏), before it is stored: units and other reporters read these words.
 * Names stay, since no rule tells a name from a place.
 */
export function maskText(text: string): string {
  return text
    .replace(/(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dXx])/g, '$1********$2')
    .replace(/(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g, '$1****$2');
}
