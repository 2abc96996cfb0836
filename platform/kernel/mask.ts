/** Masking (脱敏) for screens and reports: enough for the owner to recognise the value, not enough for others to learn it. */

/** 张三 → 张*, 欧阳娜娜 → 欧***; a Latin name keeps its first letter. */
export function maskName(name: string): string {
  const letters = [...name];
  return letters.length <= 1 ? '*' : `${letters[0]}${'*'.repeat(letters.length - 1)}`;
}

/** 310***********1234: first three and last four characters of an identity number; a text of another length keeps less. */
export function maskCitizenId(number: string): string {
  if (number.length >= 15) return number.slice(0, 3) + '*'.repeat(number.length - 7) + number.slice(-4);
  return maskText(number);
}

/** 138****5678; a landline keeps area code and the last two digits. */
export function maskPhone(number: string): string {
  if (/^[0-9]{11}$/.test(number)) return `${number.slice(0, 3)}****${number.slice(-4)}`;
  const parts = /^(0[0-9]{2,3})-?([0-9]+)(.*)$/.exec(number);
  if (parts !== null)
    return `${parts[1]}-${'*'.repeat(Math.max((parts[2] ?? '').length - 2, 0))}${(parts[2] ?? '').slice(-2)}`;
  return maskText(number);
}

/** Any other protected text: at most its first and last character, and never more than a third of it. */
export function maskText(text: string): string {
  const letters = [...text];
  if (letters.length < 3) return '*'.repeat(letters.length);
  const tail = letters.length < 6 ? '' : (letters.at(-1) ?? '');
  return `${letters[0]}${'*'.repeat(letters.length - 1 - tail.length)}${tail}`;
}
