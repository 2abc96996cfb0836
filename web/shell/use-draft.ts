import { useReducer, useRef } from 'react';

/**
 * What was typed stays when the server refuses, the network is gone or the page is loaded anew (草稿): kept under `key` (`draftKey`) with
 * every change, at once. Another key, as when it becomes known who is signed in, takes up what is kept under that one.
 */
export function useDraft<T extends object>(
  key: string,
  empty: () => T,
): [draft: T, change: (next: (old: T) => T) => void, forget: () => void] {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const held = useRef<{ key: string; draft: T } | null>(null);
  if (held.current?.key !== key) held.current = { key, draft: { ...empty(), ...stored<T>(key) } };
  const { draft } = held.current;
  const change = (next: (old: T) => T): void => {
    const changed = next(held.current?.key === key ? held.current.draft : draft);
    held.current = { key, draft: changed };
    sessionStorage.setItem(key, JSON.stringify(changed));
    redraw();
  };
  return [draft, change, () => sessionStorage.removeItem(key)];
}

function stored<T>(key: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}
