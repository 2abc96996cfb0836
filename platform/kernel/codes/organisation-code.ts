/** Organisation code (组织机构代码), GB 11714-1997; it lives on as positions 9–17 of the credit code. */

export type OrganisationCodeFault = 'length' | 'charset' | 'check';
export type OrganisationCodeResult =
  | { readonly ok: true /** Nine characters without hyphen. */; readonly code: string }
  | { readonly ok: false; readonly reason: OrganisationCodeFault };

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Check character of the first eight characters (digits 0–9, letters A=10 … Z=35). The caller guarantees the charset. */
export function organisationCodeCheck(first8: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i += 1) {
    const unit = first8.charCodeAt(i);
    sum += (unit <= 57 ? unit - 48 : unit - 55) * (WEIGHTS[i] ?? 0);
  }
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Parses `XXXXXXXX-X` or the nine characters without the hyphen. */
export function parseOrganisationCode(text: string): OrganisationCodeResult {
  const code = (text.charAt(8) === '-' ? text.slice(0, 8) + text.slice(9) : text).toUpperCase();
  if (code.length !== 9) return { ok: false, reason: 'length' };
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return { ok: false, reason: 'charset' };
  if (organisationCodeCheck(code) !== code.charAt(8)) return { ok: false, reason: 'check' };
  return { ok: true, code };
}
