/** Chinese telephone numbers (电话号码): shape only, no statement that the number is in service. */

export type Phone = {
  readonly kind: 'mobile' | 'landline' | 'service';
  /** Mobile: 11 digits; landline: area code, hyphen, number, optional `-extension`; service: digits (400, 800, 5-digit). */
  readonly number: string;
};

const LANDLINE = /^\(?(0(?:10|2[0-9]|[3-9][0-9]{2}))\)?-?([2-8][0-9]{6,7})(?:(?:-|转|ext\.?|x)([0-9]{1,6}))?$/i;

/** Parses a number with or without +86, blanks, hyphens, brackets; half width. `undefined` if it has no known shape. */
export function parsePhone(text: string): Phone | undefined {
  const compact = text.replace(/\s+/g, '').replace(/^(?:\+86|0086)-?/, '');
  const digits = compact.replaceAll('-', '').replace(/^86(?=1[3-9][0-9]{9}$)/, '');
  if (/^1[3-9][0-9]{9}$/.test(digits)) return { kind: 'mobile', number: digits };
  if (/^[48]00[0-9]{7}$/.test(digits)) return { kind: 'service', number: digits };
  if (/^(?:12[0-9]{3}|9[56][0-9]{3})$/.test(digits)) return { kind: 'service', number: digits };
  // Behind +86 the trunk 0 is left out.
  const parts = LANDLINE.exec(compact) ?? (compact !== text ? LANDLINE.exec(`0${compact}`) : null);
  if (parts === null) return undefined;
  const extension = parts[3] === undefined ? '' : `-${parts[3]}`;
  return { kind: 'landline', number: `${parts[1]}-${parts[2]}${extension}` };
}

/** True for a mobile number of mainland China (11 digits, second digit 3–9). */
export function isMobile(text: string): boolean {
  return parsePhone(text)?.kind === 'mobile';
}
