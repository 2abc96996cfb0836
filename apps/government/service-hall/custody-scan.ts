import type { Paper } from './custody-record.ts';

/** What a scan of a paper at a unit means (扫码判定). */
export type Scan = 'taken' | 'held' | 'found' | 'not-yours' | 'ended';

/**
 * What is to be done about a paper that a unit scans. A second scan changes nothing: one paper, one custody. A lost paper that turns up
 * is found at whichever unit that had to do with it scans it, and that unit holds it.
 */
export function scanned({
  paper,
  unit,
}: {
  paper: Pick<Paper, 'state' | 'holderUnit' | 'offeredTo'>;
  unit: string;
}): Scan {
  if (paper.state === 'returned' || paper.state === 'archived') return 'ended';
  if (paper.state === 'lost') return 'found';
  if (paper.offeredTo === unit) return 'taken';
  return paper.holderUnit === unit ? 'held' : 'not-yours';
}
