import { useCallback, useEffect, useRef, useState } from 'react';
import { dropDraft, keepDraft, type KeptDraft, readDraft } from './draft-store.ts';
import type { OutboxFile } from './outbox-store.ts';

/** What was begun under a key; undefined until it is known, null where nothing was. */
export function useKept<T>(key: string): [kept: KeptDraft<T> | null | undefined, reread: () => void] {
  const [found, setFound] = useState<{ key: string; kept: KeptDraft<T> | null }>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let live = true;
    void readDraft<T>(key).then((kept) => live && setFound({ key, kept: kept ?? null }));
    return () => {
      live = false;
    };
  }, [key, turn]);
  return [found?.key === key ? found.kept : undefined, useCallback(() => setTurn((old) => old + 1), [])];
}

/**
 * Keeps what a page holds of something begun (words, pin, photos as they are) with every change, until it was handed in or thrown away: then `forget`. `empty` says that
 * there is nothing worth keeping. False once this browser could not keep it.
 */
export function useKeeping<T>(of: { key: string; value: T; files: readonly OutboxFile[]; empty: boolean }): {
  kept: boolean;
  forget: () => Promise<void>;
} {
  const { key, value, files, empty } = of;
  const [kept, setKept] = useState(true);
  const written = useRef<readonly OutboxFile[] | undefined>(undefined);
  const over = useRef(false);
  const text = JSON.stringify(value);
  useEffect(() => {
    if (empty) {
      written.current = undefined;
      over.current = false;
      void dropDraft(key);
      return;
    }
    // Handed in: what the page still shows is not begun any more.
    if (over.current) return;
    const photos = written.current === files ? undefined : files;
    written.current = files;
    keepDraft(key, JSON.parse(text), photos).then(
      () => setKept(true),
      () => setKept(false),
    );
  }, [key, text, files, empty]);
  const forget = useCallback(() => {
    over.current = true;
    return dropDraft(key);
  }, [key]);
  return { kept, forget };
}
