import { createHash } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Field, Value } from '../schema.ts';

/** One marked row among so many, and never fewer than these: whoever lets half of a small set out is missed once in 65,000 times. */
const EVERY = 20;
const FEWEST = 16;

/** What a row is recognised by wherever it turns up: its values as a CSV file shows them. */
export const rowDigest = (row: readonly (Value | string)[]): string =>
  createHash('sha256')
    .update(row.map((value) => (value === null ? '' : String(value)).replace(/^'(?=[=+\-@])/, '')).join('\u001f'))
    .digest('hex');

/**
 * The rows of a conditional set as one key receives them (水印): among them some that exist nowhere else. They are put together from true
 * values of different rows, so that nobody can tell them from the rest; which they are follows from the key and the secret of this house.
 */
export function markRows(options: {
  services: Services;
  key: string;
  version: string;
  fields: readonly Field[];
  rows: readonly (readonly Value[])[];
}): {
  rows: (readonly Value[])[];
  marks: string[];
} {
  const { services, key, version, fields, rows } = options;
  if (rows.length === 0) return { rows: [], marks: [] };
  const real = new Set(rows.map(rowDigest));
  const result: (readonly Value[])[] = [...rows];
  const marks: string[] = [];
  const wanted = Math.max(FEWEST, Math.ceil(rows.length / EVERY));
  for (let turn = 0; marks.length < wanted && turn < wanted * 40; turn++) {
    const draw = numbersFrom(services.keyring.lookup('open-data.canary', `${key} ${version} ${turn}`));
    const made = fields.map(
      (field, at): Value => nudged(rows[draw() % rows.length]?.[at] ?? null, field, turn < wanted * 20 ? 0 : draw()),
    );
    const digest = rowDigest(made);
    if (real.has(digest)) continue;
    real.add(digest);
    marks.push(digest);
    result.splice(draw() % (result.length + 1), 0, made);
  }
  return { rows: result, marks };
}

/** Where all mixtures exist already, a number moves a little. */
function nudged(value: Value, { type }: Field, by: number): Value {
  if (by === 0 || typeof value !== 'number') return value;
  return type === 'integer' ? value + (by % 7) - 3 : Math.round((value + ((by % 13) - 6) / 10) * 1000) / 1000;
}

function numbersFrom(seed: string): () => number {
  let block = createHash('sha256').update(seed).digest();
  let at = 0;
  return () => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(block).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32BE(at - 4);
  };
}

export async function keepMarks(
  db: Db,
  options: { key: string; version: string; marks: readonly string[] },
): Promise<void> {
  await db.run(sql`insert into open_data.canary (key, version, digest)
    select ${options.key}::uuid, ${options.version}::uuid, m from jsonb_array_elements_text(${json(options.marks)}::text::jsonb) m on conflict do nothing`);
}
