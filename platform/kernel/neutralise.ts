/**
 * Makes a text harmless in a spreadsheet (防公式注入): one that a spreadsheet would run as a formula gets a leading apostrophe.
 * For exports only; what is read is kept as it was. Plain negative numbers stay numbers.
 */
export function neutralise(value: string): string {
  const first = value.charCodeAt(0);
  // = + - @ tab carriage-return, and the full-width forms that some spreadsheets fold.
  const risky =
    first === 61 ||
    first === 43 ||
    first === 45 ||
    first === 64 ||
    first === 9 ||
    first === 13 ||
    first === 10 ||
    first === 0xff1d ||
    first === 0xff0b ||
    first === 0xff0d ||
    first === 0xff20;
  if (!risky || /^-[0-9]+(?:\.[0-9]+)?$/.test(value)) return value;
  return `'${value}`;
}
