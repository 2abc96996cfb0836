/** A code of a part taken apart (部件代码, GB/T 30428.2): 6 digits division, 2 major class, 2 minor class, 6 number. */
export type PartCode = { division: string; major: string; minor: string; number: number };

const SHAPE = /^(\d{6})(\d{2})(\d{2})(\d{6})$/;
/** Numbers from here on are temporary (临时代码): they name what somebody reported and nobody has registered. */
export const FIRST_TEMPORARY = 900_000;
const LAST = 999_999;
/** Class of a temporary code whose class nobody knows. */
export const UNKNOWN_CLASS = '9999';

/** Makes the code. Throws a RangeError where a piece does not fit: codes are made by programs, people's input goes through `readPartCode`. */
export function makePartCode({ division, major, minor, number }: PartCode): string {
  if (!/^\d{6}$/.test(division) || !/^\d{2}$/.test(major) || !/^\d{2}$/.test(minor))
    throw new RangeError(`no division or class: ${division} ${major} ${minor}`);
  if (!Number.isInteger(number) || number < 1 || number > LAST) throw new RangeError(`no number of a part: ${number}`);
  return `${division}${major}${minor}${String(number).padStart(6, '0')}`;
}

/** Takes a code apart; undefined for what is none (sixteen digits, number 000001 to 999999). The standard has no check digit. */
export function readPartCode(code: string): PartCode | undefined {
  const [, division, major, minor, number] = SHAPE.exec(code) ?? [];
  if (!division || !major || !minor || Number(number) === 0) return undefined;
  return { division, major, minor, number: Number(number) };
}

export type CodeFault = 'shape' | 'division' | 'class' | 'temporary';

/** What is wrong with a code that somebody wants to register; undefined where nothing is. `classes` are four digits each. */
export function partCodeFault(
  code: string,
  options: { division: string; classes: ReadonlySet<string> },
): CodeFault | undefined {
  const read = readPartCode(code);
  if (!read) return 'shape';
  if (read.division !== options.division) return 'division';
  if (!options.classes.has(`${read.major}${read.minor}`)) return 'class';
  return read.number >= FIRST_TEMPORARY ? 'temporary' : undefined;
}

/** The temporary code for a part that was told as `told`: its division and, where it names one, its class. */
export function temporaryCode(
  told: string,
  options: { division: string; classes: ReadonlySet<string>; number: number },
): string {
  const told4 = told.slice(6, 10);
  const known = options.classes.has(told4) ? told4 : UNKNOWN_CLASS;
  return makePartCode({
    division: options.division,
    major: known.slice(0, 2),
    minor: known.slice(2),
    number: options.number,
  });
}

/** Class of cases about such a part (案件类别), e.g. `P0101` for the class `0101`. */
export const caseClassOf = (partClass: string): string => `P${partClass}`;
