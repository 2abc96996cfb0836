import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { textOfTests } from './named-tests.ts';

type Entry = { level: number; test?: string; reason?: string; open?: string };
const read = async () =>
  (
    JSON.parse(await readFile(join(import.meta.dirname, '../docs/asvs.json'), 'utf8')) as {
      requirements: Record<string, Entry>;
    }
  ).requirements;

it('answers every requirement of levels 1 and 2 of ASVS 5.0.0 once: by a test, a reason or as open', async () => {
  const entries = Object.entries(await read());
  expect(entries.filter(([id]) => !/^v5\.0\.0-([1-9]|1[0-7])\.\d+\.\d+$/.test(id))).toEqual([]);
  // As published: 70 of level 1 and 183 more of level 2.
  expect([1, 2].map((level) => entries.filter(([, entry]) => entry.level === level).length)).toEqual([70, 183]);
  const unclear = entries.filter(([, entry]) => {
    const [kind, ...more] = Object.entries(entry).filter(([name]) => name !== 'level');
    return more.length > 0 || !kind || !/^(test|reason|open)$/.test(kind[0]) || String(kind[1]).trim() === '';
  });
  expect(unclear).toEqual([]);
});

it('names only tests that exist', async () => {
  const text = await textOfTests();
  const named = Object.entries(await read()).flatMap(([id, { test }]) => (test === undefined ? [] : [{ id, test }]));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ test }) => !text.includes(test))).toEqual([]);
});
