import type { Db } from '#platform/kernel/db.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import type { Basis } from './delegation-rules.ts';

/**
 * Lengths and numbers of delegations (代办期限和数量), from the rulebook on the day. The law asks that an authority names agent,
 * matter, powers and term (民法典 art. 165); how long is a measure of the district.
 */
export type DelegationTerms = {
  /** Longest term in days, of a helper (居委代办) in minutes. */
  longest: Record<Basis, number>;
  /** Days after which an offer that nobody takes lapses. */
  offerDays: number;
  /** Delegations that one giver may have offered or in force. */
  mostOpen: number;
  /** Years of full age (成年): 民法典 art. 17. */
  fullAge: number;
};

const RULES = {
  consent: { id: 'access.delegation.longest-consent', unit: 'day' },
  guardian: { id: 'access.delegation.longest-guardian', unit: 'day' },
  agent: { id: 'access.delegation.longest-agent', unit: 'day' },
  helper: { id: 'access.delegation.longest-helper', unit: 'minute' },
  offerDays: { id: 'access.delegation.offer-lapses', unit: 'day' },
  mostOpen: { id: 'access.delegation.most-open', unit: 'delegation' },
  fullAge: { id: 'access.delegation.full-age', unit: 'year' },
} as const;

export async function delegationTerms(db: Db, on: Date): Promise<DelegationTerms> {
  const { offerDays, mostOpen, fullAge, ...longest } = await amountsAt(db, RULES, on);
  return { longest, offerDays, mostOpen, fullAge };
}
