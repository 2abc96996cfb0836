import { accessDigest, coversAll, type DigestedAccess, formerDigest, type Subject } from './digest.ts';
import { link, markOf, type Seal, signedText } from './seal.ts';
import { signatureHolds } from './seal-key.ts';

/** What is not as it was sealed. */
export type Fault = {
  reason:
    | 'row-changed'
    | 'subjects-changed'
    | 'row-missing'
    | 'row-added'
    | 'seal-changed'
    | 'seal-missing'
    | 'unsigned'
    | 'foreign-key';
  seal: number;
  row?: string;
};

export type StoredRow = Omit<DigestedAccess, 'at'> & { at: Date; atTxid: string; digest: string };
export type SealedRow = { row: StoredRow; subjects: Subject[] };

/** Thrown at the first fault. */
export class Broken extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** Refuses a seal whose signature does not hold, or that lost it; `keys` has undefined for one that is not trusted. */
export function checkSignature(options: {
  seal: Seal;
  keys: ReadonlyMap<string, string | undefined>;
  mustSign: boolean;
}): void {
  const { seal, keys, mustSign } = options;
  if (seal.signature === null || seal.key_id === null) {
    if (mustSign) throw new Broken({ reason: 'unsigned', seal: seal.seq });
    return;
  }
  const key = keys.get(seal.key_id);
  if (key === undefined) throw new Broken({ reason: 'foreign-key', seal: seal.seq });
  if (!signatureHolds(signedText(seal), seal.signature, key))
    throw new Broken({ reason: 'seal-changed', seal: seal.seq });
}

/** Compares the rows of a batch, in the order of the chain, with what its seal says of them. */
export async function checkRows(rows: AsyncIterable<SealedRow>, seal: Seal): Promise<void> {
  const broken = (reason: Fault['reason'], row?: string) => new Broken({ reason, seal: seal.seq, row });
  const named = seal.rows?.map((entry) => entry.split(':', 2) as [string, string]);
  const ids = named && new Set(named.map(([id]) => id));
  let hash = seal.previous;
  let index = 0;
  for await (const { row, subjects } of rows) {
    const expected = named?.[index];
    if (ids && expected?.[0] !== row.id) {
      if (!ids.has(row.id)) throw broken('row-added', row.id);
      throw broken('row-missing', expected?.[0]);
    }
    const fault = faultOf(row, subjects, expected?.[1]);
    if (fault) throw broken(fault, row.id);
    hash = link(hash, row.digest);
    index += 1;
  }
  if (named && index < named.length) throw broken('row-missing', named[index]?.[0]);
  if (index < seal.count) throw broken('row-missing');
  if (index > seal.count) throw broken('row-added');
  if (hash !== seal.hash) throw broken('seal-changed');
}

function faultOf(row: StoredRow, subjects: readonly Subject[], mark: string | undefined): Fault['reason'] | undefined {
  const plain: DigestedAccess = { ...row, at: row.at.toISOString() };
  if (mark !== undefined && markOf(row.digest) !== mark) return 'row-changed';
  if (!coversAll(row.digest)) return formerDigest(plain) === row.digest ? undefined : 'row-changed';
  const now = accessDigest(plain, subjects);
  if (now === row.digest) return undefined;
  return now.split('.')[1] === row.digest.split('.')[1] ? 'subjects-changed' : 'row-changed';
}
