import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 120_000, hookTimeout: 180_000 };
const exclude = ['**/node_modules/**', '**/dist/**', 'data/**', '.cache/**'];

/**
 * Three kinds of tests: `unit` needs nothing, `db` opens databases (embedded, or PostgreSQL by TEST_DATABASE_URL),
 * `e2e` drives a browser. The embedded database takes seconds to open, hence the time limits. The files of a worker share their
 * modules (`isolate: false`), which saves two seconds a file: what a module keeps belongs to an installation (`WeakMap<Services, …>`).
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // Of tests that say so themselves: screens are looked at three at a time.
    maxConcurrency: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts', 'e2e/**'],
          testTimeout: 30_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: [...exclude, 'e2e/**'],
          globalSetup: 'tests/template.setup.ts',
          isolate: false,
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude,
          fileParallelism: false,
          // A page says what it waits for; how long a loaded machine takes is not the test.
          expect: { poll: { timeout: 20_000, interval: 200 } },
          globalSetup: 'e2e/server.setup.ts',
          ...slow,
        },
      },
    ],
  },
});
