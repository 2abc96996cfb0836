import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFolder } from './run-tck.ts';

const here = import.meta.dirname;
/** `DMN_TCK=…/TestCases` runs the whole of the TCK instead of the cases that are kept here; its failures are listed, and counted. */
const folder = process.env.DMN_TCK;

it.runIf(folder === undefined)('passes the cases of the DMN TCK but those that are listed as known', () => {
  const known = JSON.parse(readFileSync(join(here, 'known-failures.json'), 'utf8')) as string[];
  const outcomes = runFolder(join(here, 'cases'));
  expect(outcomes.length).toBeGreaterThan(100);
  const failed = outcomes.filter(({ passed }) => !passed);
  expect(failed.map(({ name }) => name).sort(), JSON.stringify(failed.slice(0, 10))).toEqual(known.toSorted());
  expect(known.filter((name) => name.startsWith('compliance-level-2'))).toEqual([]);
});

it.runIf(folder !== undefined)('runs the whole TCK', () => {
  const outcomes = runFolder(folder ?? '');
  const failed = outcomes.filter(({ passed }) => !passed);
  for (const { name, wanted, got } of failed) console.log(`${name}: wanted ${wanted}, got ${got}`);
  console.log(`${outcomes.length} results, ${outcomes.length - failed.length} passed`);
  expect(failed.filter(({ name }) => name.includes('compliance-level-2'))).toEqual([]);
});
