/** What one browser remembers for one reader. A blocked store (private window) only means that nothing is remembered. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`district.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a small preference; never put personal data here. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`district.${name}`, value);
  } catch {
    // Nothing to do: the preference then lasts as long as the page.
  }
}
