import Provider from 'oidc-provider';
import type { AccountRow } from './accounts.ts';
import type { ItemRow, NewItem } from './items.ts';

/** A change of the store that waits for the end of its request. */
export type Change =
  | { kind: 'put'; item: NewItem }
  | { kind: 'consume'; model: string; digest: string; grant: string | undefined }
  | { kind: 'drop'; model: string; digest: string }
  | { kind: 'revoke'; grant: string };

/**
 * What one request to the token endpoint has read and will write: one transaction for all of it, so that a code or a refresh
 * token is used up in the same moment as its successors come into being.
 */
export type Unit = {
  found: Map<string, ItemRow | undefined>;
  accounts: Map<string, AccountRow | undefined>;
  changes: Change[];
};

const units = new WeakMap<object, Unit>();

export function beginUnit(request: object): Unit {
  const unit: Unit = { found: new Map(), accounts: new Map(), changes: [] };
  units.set(request, unit);
  return unit;
}

/** The unit of the request that is being answered, if it has one. */
export function currentUnit(): Unit | undefined {
  const request = Provider.ctx?.req;
  return request && units.get(request);
}

export function endUnit(request: object): void {
  units.delete(request);
}
