import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

export const ConsentRequired = domainError({
  code: 'CONSENT_REQUIRED',
  status: 403,
  title: { zh: '没有有效的本人授权', en: 'There is no consent that holds' },
  action: {
    zh: '请由本人在“授权管理”中授权；本人撤回后即不能再取数。不授权不影响办理其他事项。',
    en: 'The person has to consent under “Consents”; what was revoked does not hold. Not consenting blocks nothing else.',
  },
});

/**
 * For modules that hand data to a third party: uses the consent of a subject for one recipient and one purpose, or refuses. Asked
 * in the transaction of each hand-over and remembered by nobody, so a revocation holds from the next call on. A consent for
 * once is used up by it.
 */
export async function useConsent(
  db: Db,
  wanted: {
    subject: { kind: 'person' | 'entity'; id: string };
    /** Unified social credit code of who gets the data. */
    recipient: string;
    purpose: string;
    /** `<resource>.<field>`; all of them must be in one consent. */
    items: readonly string[];
  },
): Promise<string> {
  const { subject, recipient, purpose, items } = wanted;
  const { id } = await db.one<{ id: string | null }>(
    sql`select access.use_consent(${subject.kind}, ${subject.id}, ${recipient}, ${purpose}, ${[...items]}::text[]) as id`,
  );
  if (id === null) throw ConsentRequired.with({ extra: { purpose } });
  return id;
}
