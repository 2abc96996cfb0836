import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BUILTINS } from '#platform/rulebook/feel/builtins.ts';
import { compile } from '#platform/rulebook/feel/evaluate.ts';
import { Names } from '#platform/rulebook/feel/names.ts';
import { parseExpression } from '#platform/rulebook/feel/parse.ts';
import { FeelSyntaxError } from '#platform/rulebook/feel/reader.ts';
import { Scope } from '#platform/rulebook/feel/scope.ts';
import { textOf } from '#platform/rulebook/feel/text.ts';
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

it('gives for each expression of level 3 what the standard says', () => {
  const lines = readFileSync(join(here, 'expressions.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  expect(lines.length).toBeGreaterThan(450);
  const wrong = lines.flatMap((line) => {
    const at = line.lastIndexOf(' => ');
    const got = gives(line.slice(0, at));
    return got === line.slice(at + 4) ? [] : [`${line}, not ${got}`];
  });
  expect(wrong).toEqual([]);
});

/** A text that is no expression gives null, as it does in a decision. */
function gives(text: string): string {
  try {
    const names = new Names([...BUILTINS.keys(), 'start included', 'end included', 'time offset']);
    return textOf(compile(parseExpression(text, names))(new Scope({})), true);
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    return 'null';
  }
}

it.runIf(folder !== undefined)('runs the whole TCK', () => {
  const outcomes = runFolder(folder ?? '');
  const failed = outcomes.filter(({ passed }) => !passed);
  for (const { name, wanted, got } of failed) console.log(`${name}: wanted ${wanted}, got ${got}`);
  console.log(`${outcomes.length} results, ${outcomes.length - failed.length} passed`);
  expect(failed.filter(({ name }) => name.includes('compliance-level-2'))).toEqual([]);
});
