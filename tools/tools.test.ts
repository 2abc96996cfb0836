import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stalePages } from './embed.ts';
import { importsOf } from './import-graph.ts';
import { isAccepted } from './licences.ts';
import type { SourceFile } from './source-files.ts';
import { newerThan15 } from './sql-portability.ts';
import { type Allowances, structureFaults } from './structure.ts';
import { summary, tally } from './test.ts';

const none: Allowances = { insideLayer: [], sessionSettings: [], listeners: [], districtNames: [] };
const faultsOf = (files: Record<string, string>, allow: Partial<Allowances> = {}) =>
  structureFaults({
    files: Object.entries(files).map(([path, text]): SourceFile => ({ path, text })),
    allow: { ...none, ...allow },
  }).faults;

describe('the structure check', () => {
  it.each([
    ['an app never imports another app', { 'apps/a/x/app.ts': `import { y } from '#apps/a/y/app.ts';` }],
    ['the platform never imports an app', { 'platform/geo/app.ts': `export { y } from '#apps/a/y/app.ts';` }],
    ['arrows point down only', { 'platform/kernel/x.ts': `import type { A } from '#platform/geo/app.ts';` }],
    ['needs a line with its reason in structure.json', { 'platform/geo/x.ts': `import '#platform/catalog/app.ts';` }],
    ['a platform folder without a layer', { 'platform/novelty/x.ts': `import '#platform/kernel/app.ts';` }],
    ['never server files', { 'apps/a/x/web/page.tsx': `import { route } from '../app.ts';` }],
    ['never server files', { 'platform/geo/web/page.tsx': `import { app } from '#platform/kernel/app.ts';` }],
    [
      'web imports the generated client only',
      { 'web/design/x.ts': `import type { Db } from '#platform/kernel/db.ts';` },
    ],
    [
      'pages are reached by the generated list',
      { 'web/shell/router.tsx': `const load = () => import('#apps/a/x/web/page.tsx');` },
    ],
    ['server code never imports pages', { 'apps/a/x/app.ts': `import './web/page.tsx';` }],
    ['nothing outside a district may import it', { 'platform/geo/x.ts': `import '#districts/huangpu/district.ts';` }],
    ['only tests import tests', { 'platform/geo/x.ts': `import '../../tests/fixture.ts';` }],
    ['names the district', { 'platform/geo/x.ts': `export const code = '310101';` }],
    ['names the district', { 'platform/geo/migrations/0001_x.sql': `insert into geo.area values ('黄浦区');` }],
    ['belong in platform/kernel/db.ts', { 'platform/geo/x.ts': `const q = "select set_config('role', 'x', true)";` }],
    ['belong in platform/kernel/db.ts', { 'apps/a/x/migrations/0001_x.sql': 'SET ROLE audit_owner;' }],
    ['belong in platform/kernel/db.ts', { 'apps/a/x/q.ts': `import { raw } from 'sql-template-tag';` }],
    ['reaches the outside through', { 'apps/a/x/poll.ts': `const reply = await fetch('https://x.example');` }],
    ['reaches the outside through', { 'platform/geo/x.ts': `import { request } from 'node:https';` }],
    [
      'circle of imports',
      { 'platform/geo/a.ts': `import './b.ts';`, 'platform/geo/b.ts': `import { a } from './a.ts';` },
    ],
  ])('finds: %s', (sentence, files) => {
    expect(faultsOf(files).join('\n')).toContain(sentence);
  });

  it('lets through what the rules allow', () => {
    expect(
      faultsOf({
        'apps/a/x/app.ts': `import { app } from '#platform/kernel/app.ts';`,
        'apps/a/x/web/page.tsx': `import { call } from '#web/client/index.ts';\nimport './page.css';`,
        'apps/a/x/web/load.ts': `export const load = () => fetch('/api/x');`,
        'apps/a/x/read.ts': `export const read = (db: Db) => db.fetch('x');`,
        'web/shell/pages.gen.ts': `export const load = () => import('#apps/a/x/web/page.tsx');`,
        'platform/geo/x.ts': `// 310101 in a comment\nimport '#platform/identity/app.ts';`,
        'platform/kernel/registry.ts': `import type { A } from './app.ts';\nexport const b = 1;`,
        'platform/kernel/app.ts': `import { b } from './registry.ts';\nexport type A = typeof b;`,
        'platform/geo/x.test.ts': `const street = '310101013';`,
        'districts/huangpu/load.ts': `import '#platform/exchange/app.ts';`,
      }),
    ).toEqual([]);
  });

  it('accepts an import inside a layer with a reason, and complains of a reason that nothing needs', () => {
    const files = { 'platform/geo/x.ts': `import '#platform/catalog/app.ts';` };
    const line = { from: 'geo', to: 'catalog', reason: 'layers are catalogued' };
    expect(faultsOf(files, { insideLayer: [line] })).toEqual([]);
    expect(faultsOf({}, { insideLayer: [line] }).join()).toContain('is not needed');
    expect(faultsOf(files, { insideLayer: [{ ...line, reason: ' ' }] }).join()).toContain('has no reason');
  });

  it('reads imports of every form, and none of what only looks like one', () => {
    const text = `import a from './a.ts';\nimport type { B } from './b.ts';\nexport * from './c.ts';
      const d = () => import('./d.ts');\nconst text = "import e from './e.ts'"; // import './f.ts'\nimport g from 'package';`;
    expect(importsOf({ path: 'x/y.ts', text })).toEqual([
      { path: 'x/a.ts', typeOnly: false },
      { path: 'x/b.ts', typeOnly: true },
      { path: 'x/c.ts', typeOnly: false },
      { path: 'x/d.ts', typeOnly: false },
    ]);
  });
});

describe('SQL no newer than PostgreSQL 15', () => {
  const sqlIn = (text: string) => newerThan15([{ path: 'x.sql', text }]);
  it.each([
    'select uuidv7()',
    'select any_value(a) from t',
    'create table t (a int, b int generated always as (a * 2) virtual)',
    'merge into t using s on t.a = s.a when matched then delete returning t.a',
    'update t set a = 1 returning old.a',
    "select * from json_table('[]', '$[*]' columns (a int))",
    'select x is json from t',
  ])('refuses %s', (sql) => expect(sqlIn(sql)).toHaveLength(1));

  it.each([
    'select kernel.uuidv7()',
    'create table t (a int, b int generated always as (a * 2) stored)',
    'merge into t using s on t.a = s.a when matched then delete; update t set a = 1 returning a',
    '-- uuidv7() is newer',
    "select 'any_value(x)'",
    "select jsonb_build_object('a', 1), json_agg(x) from t",
  ])('takes %s', (sql) => expect(sqlIn(sql)).toEqual([]));

  it('looks into templates of TypeScript and says the line, but not into their values', () => {
    const text =
      'const id = uuidv7();\nconst q = sql`insert into t values (${uuidv7()})`;\nconst r = sql`select\n  uuidv7()`;';
    expect(newerThan15([{ path: 'x.ts', text }])).toEqual(['x.ts:4 uuidv7(), uuidv4() needs PostgreSQL 18']);
  });
});

describe('licences', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND Zlib)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['AGPL-3.0', false],
    ['unknown', false],
  ])('%s may ship: %s', (licence, accepted) => expect(isAccepted(licence)).toBe(accepted));
});

describe('the last line of a test run', () => {
  it('counts tests, files that could not run, and what was skipped', () => {
    const test = (fullName: string, status: 'passed' | 'failed' | 'pending') => ({ fullName, status });
    const counted = tally(
      {
        testResults: [
          {
            name: '/r/a.test.ts',
            status: 'failed',
            assertionResults: [test('a', 'passed'), test('b', 'failed'), test('c', 'pending')],
          },
          { name: '/r/b.test.ts', status: 'failed', assertionResults: [] },
        ],
      },
      '/r',
    );
    expect(counted).toEqual({ passed: 1, failed: 2, skipped: ['a.test.ts › c'] });
    expect(summary(counted)).toBe('1 passed, 2 failed, 1 skipped');
    expect(summary({ passed: 3, failed: 0, skipped: [] })).toBe('3 passed, 0 failed');
  });
});

describe('documentation', () => {
  it('shows the files as they are', async () => {
    expect((await stalePages(join(import.meta.dirname, '..'))).map(({ path }) => path)).toEqual([]);
  });
});
