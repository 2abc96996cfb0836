import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { textOfTests } from './named-tests.ts';

it('names a test that exists for every threat', async () => {
  const table = (await readFile(join(import.meta.dirname, '../docs/threats.md'), 'utf8'))
    .split('\n')
    .filter((l) => l.startsWith('| ') && !l.startsWith('| threat'));
  const named = table.map((line) => /`([^`]+)` \|$/.exec(line)?.[1] ?? `no test named in: ${line.slice(0, 60)}`);
  const text = await textOfTests();
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !text.includes(name))).toEqual([]);
});
