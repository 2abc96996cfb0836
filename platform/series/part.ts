import { sql } from '#platform/kernel/sql.ts';

/** A block of a cold file (数据块): a frame of its own, so that one sensor is read without the rest. `digest` is the SM3 of its lines. */
export type Block = { at: number; bytes: number; rows: number; first: string; last: string; digest: string };

/** A partition (分区) of raw rows, and what stands of it in files. */
export type PartRow = {
  series: string;
  name: string;
  fromAt: Date;
  untilAt: Date;
  state: 'hot' | 'moving' | 'cold' | 'returning' | 'expiring';
  rows: number | null;
  digest: string | null;
  bytes: number | null;
  blocks: Block[] | null;
};

export const PART_COLUMNS = sql`series, name, from_at as "fromAt", until_at as "untilAt", state, rows::float8 as rows, digest, bytes::float8 as bytes, blocks`;
