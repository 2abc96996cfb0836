/** A line of one family as an estimate sees it. */
export type LineNow = { ahead: number; windows: number; serviceMinutes: number };

/**
 * Minutes that somebody waits who has so many before them (预计等候), rounded up: the windows that serve their family, each with the
 * usual time for a person. Null where no window is open that serves it: then nobody can say.
 */
export function estimateWait({ ahead, windows, serviceMinutes }: LineNow): number | null {
  if (ahead > 0 && windows === 0) return null;
  return windows === 0 ? null : Math.ceil((ahead / windows) * serviceMinutes);
}
