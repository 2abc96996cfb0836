import { parseBusinessRegistration } from '#platform/kernel/codes/business-registration.ts';
import { parseCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { type ClaimValue, plain } from '#platform/exchange/target.ts';

/** By what a claim names its enterprise: a code that passes every check, or an old number that does. */
export type ClaimIdentity = { uscc?: string; registrationNo?: string; name?: string };

/**
 * Reads code, old number and name of a claim. A code whose check character is wrong (GB 32100, GB 11714) names nobody; where name and
 * code stand in each other's column they change places.
 */
export function identityOf(payload: Record<string, ClaimValue>): ClaimIdentity {
  const [first, second] = [plain(payload, 'uscc'), plain(payload, 'name')];
  const code = creditCodeIn(first);
  const swapped = code === undefined ? creditCodeIn(second) : undefined;
  const number = plain(payload, 'registrationNo')?.replace(/\s/g, '');
  return {
    uscc: code ?? swapped,
    name: swapped === undefined ? second : first,
    registrationNo: number !== undefined && parseBusinessRegistration(number).ok ? number : undefined,
  };
}

/** The code in a text, upper case; undefined where it fails a check. */
function creditCodeIn(text: string | undefined): string | undefined {
  const parsed = text === undefined ? undefined : parseCreditCode(text.replace(/[\s-]/g, ''));
  return parsed?.ok ? parsed.credit.code : undefined;
}

/** First letter of a provisional key (临时主体代码): GB 32100 has no Z, so that it can be mistaken for no code. */
const PROVISIONAL = 'Z';

/** Key of an enterprise of which no code is known, from its subject. */
export function provisionalKey(eid: string): string {
  return PROVISIONAL + eid.replaceAll('-', '').slice(0, 17).toUpperCase();
}

export const isProvisional = (uscc: string): boolean => uscc.startsWith(PROVISIONAL);
