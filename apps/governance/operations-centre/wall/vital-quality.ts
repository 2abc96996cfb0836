/** Between which a figure of a unit can lie at all (物理量程). */
export type Range = { min: number; max: number };
/** Quality of a figure (质量码, G10): N valid, S outside what is possible, M there is nothing to make it of. */
export type Quality = 'N' | 'S' | 'M';

/** A figure that cannot be is no figure: it is marked S and left out, never shown or counted (P28). No range = anything may be. */
export function judgeValue(value: number | null, range: Range | undefined): { value: number | null; quality: Quality } {
  if (value === null) return { value, quality: 'M' };
  const possible = Number.isFinite(value) && (!range || (value >= range.min && value <= range.max));
  return possible ? { value, quality: 'N' } : { value: null, quality: 'S' };
}

/**
 * When a source was last heard of. One whose clock is ahead of ours by more than the skew allowed is not believed: our own time is taken and it is flagged
 * (时钟偏差), or it would look fresh for as long as its clock is wrong.
 */
export function believe(heard: Date | null, now: Date, skewMinutes: number): { heard: Date | null; skewed: boolean } {
  const skewed = heard !== null && heard.getTime() - now.getTime() > skewMinutes * 60_000;
  return { heard: skewed ? now : heard, skewed };
}
