/** Business registration number (工商注册号, 15 digits, before the credit code); check digit by ISO 7064 MOD 11,10. */

export type BusinessRegistrationFault = 'length' | 'charset' | 'check';
export type BusinessRegistrationResult =
  | {
      readonly ok: true;
      readonly number: string /** GB/T 2260 code of the registering authority. */;
      readonly region: string;
    }
  | { readonly ok: false; readonly reason: BusinessRegistrationFault };

/** Check digit of the first 14 digits. The caller guarantees that they are digits. */
export function businessRegistrationCheck(first14: string): string {
  let product = 10;
  for (let i = 0; i < 14; i += 1) {
    const sum = (product + first14.charCodeAt(i) - 48) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Parses a 15-digit number. */
export function parseBusinessRegistration(text: string): BusinessRegistrationResult {
  if (text.length !== 15) return { ok: false, reason: 'length' };
  if (!/^[0-9]{15}$/.test(text)) return { ok: false, reason: 'charset' };
  if (businessRegistrationCheck(text) !== text.charAt(14)) return { ok: false, reason: 'check' };
  return { ok: true, number: text, region: text.slice(0, 6) };
}
