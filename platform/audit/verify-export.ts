import { createHash } from 'node:crypto';
import { Broken, checkRows, checkSignature, type Fault, type SealedRow } from './check-seal.ts';
import { EXPORT_FORMAT, type ExportEnd, type ExportHead, type ExportRow, type ExportSeal } from './export-audit.ts';
import { GENESIS } from './seal.ts';
import { sealKeyId } from './seal-key.ts';

export type ExportVerdict = {
  ok: boolean;
  fault?: Fault;
  /** What is wrong with the file itself. */
  problem?: string;
  from: number;
  to: number;
  seals: number;
  rows: number;
  /** Ids of the keys that signed; compare them with those that the installation names. */
  keys: string[];
};

/**
 * Verifies an exported audit without the database (离线核验): every digest, link and signature, nothing missing between first and
 * last seal, the file complete. `trusted` are the ids of keys that are known from elsewhere; without them every key in the file is
 * taken, which proves only that the file agrees with itself.
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  options: { trusted?: readonly string[] } = {},
): Promise<ExportVerdict> {
  const verdict: ExportVerdict = { ok: false, from: 0, to: 0, seals: 0, rows: 0, keys: [] };
  try {
    await walk(lines, options.trusted, verdict);
    return { ...verdict, ok: true };
  } catch (error) {
    if (error instanceof Broken) return { ...verdict, fault: error.fault };
    return { ...verdict, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function walk(
  lines: AsyncIterable<string>,
  trusted: readonly string[] | undefined,
  verdict: ExportVerdict,
): Promise<void> {
  const digest = createHash('sm3');
  let keys: Map<string, string | undefined> | undefined;
  let before: ExportSeal | undefined;
  let open: { seal: ExportSeal; rows: SealedRow[] } | undefined;
  let signed = false;
  const close = async () => {
    if (!open) return;
    await checkRows(each(open.rows), open.seal);
    verdict.rows += open.rows.length;
    verdict.seals += 1;
    before = open.seal;
    open = undefined;
  };
  for await (const line of lines) {
    const entry = JSON.parse(line) as ExportHead | ExportSeal | ExportRow | ExportEnd;
    if (!keys) {
      if (entry.type !== 'export' || entry.format !== EXPORT_FORMAT) throw new Error('no export of the audit');
      keys = new Map(
        entry.keys.map(({ id, public_key }) => [
          id,
          sealKeyId(public_key) === id && (trusted === undefined || trusted.includes(id)) ? public_key : undefined,
        ]),
      );
      Object.assign(verdict, { from: entry.from, to: entry.to, keys: [...keys.keys()] });
    } else if (entry.type === 'seal') {
      await close();
      const next = before ? before.seq + 1 : verdict.from;
      if (entry.seq !== next) throw new Broken({ reason: 'seal-missing', seal: next });
      checkSignature({ seal: entry, keys, mustSign: signed });
      signed ||= entry.signature !== null;
      const follows = before
        ? entry.previous === before.hash && entry.from_txid === before.to_txid
        : entry.seq > 1 || (entry.previous === GENESIS && entry.from_txid === '0');
      if (!follows) throw new Broken({ reason: 'seal-changed', seal: entry.seq });
      open = { seal: entry, rows: [] };
    } else if (entry.type === 'row') {
      if (!open || entry.seal !== open.seal.seq)
        throw new Broken({ reason: 'row-added', seal: entry.seal, row: entry.id });
      const { type: _, seal: __, about, at, ...row } = entry;
      open.rows.push({ row: { ...row, at: new Date(at) }, subjects: about });
    } else if (entry.type === 'end') {
      await close();
      const last = before?.seq ?? 0;
      if (last !== verdict.to) throw new Broken({ reason: 'seal-missing', seal: last + 1 });
      if (entry.digest !== digest.digest('base64url') || entry.seals !== verdict.seals || entry.rows !== verdict.rows)
        throw new Error('the file was changed after it was made');
      return;
    }
    digest.update(`${line}\n`);
  }
  throw new Error('the file is incomplete: its last line is missing');
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
