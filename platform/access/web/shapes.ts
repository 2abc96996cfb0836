export type Words = { zh: string; en: string };
export type Delegation = {
  id: string;
  basis: 'consent' | 'guardian' | 'helper' | 'agent';
  giverName: string;
  toLabel: string;
  takerName: string | null;
  scopes: string[];
  validFrom: string;
  validTo: string;
  evidence: string;
  state: 'offered' | 'accepted' | 'active' | 'declined' | 'withdrawn' | 'ended' | 'expired';
  endedWhy: 'giver' | 'taker' | 'record' | 'giver-died' | 'taker-gone' | null;
};
export type Scope = { id: string; title: Words; text: Words; givers: string[]; page: string | null };
export type Delegations = { given: Delegation[]; held: Delegation[]; scopes: Scope[] };
export type Act = {
  id: string;
  at: string;
  who: string;
  what: Words;
  outcome: 'done' | 'refused';
  code: string | null;
};
export type Acts = { acts: Act[]; next: string | null };

export const isOpen = ({ state }: Delegation): boolean =>
  state === 'offered' || state === 'accepted' || state === 'active';
