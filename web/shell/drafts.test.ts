import { expect, it } from 'vitest';
import { draftKey, dropDrafts } from './drafts.ts';

it('drafts belong to an account, and signing out leaves none of them and all else', () => {
  const held = new Map<string, string>();
  const storage = {
    get length() {
      return held.size;
    },
    key: (i: number) => [...held.keys()][i] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
    clear: () => held.clear(),
  };
  expect(draftKey('a', 'dispute', 'population')).not.toBe(draftKey('b', 'dispute', 'population'));
  for (const account of ['a', 'b', null]) storage.setItem(draftKey(account, 'dispute'), '{}');
  storage.setItem('theme', 'dark');
  dropDrafts(storage);
  expect([...held.keys()]).toEqual(['theme']);
});
