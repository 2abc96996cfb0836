import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Said } from './import-child.ts';
import { openPlace, type Place, runChildUntil } from './place.ts';

const ROWS = 12_000;
let place: Place;
beforeEach(async () => {
  place = await openPlace('kill');
});
afterEach(() => place?.close());

const run = (args: string[], killWhen?: (said: Said) => boolean) =>
  runChildUntil<Said>({ place, program: 'import-child.ts', args, ...(killWhen && { killWhen }) });

describe('kill -9 during an import', () => {
  it.each([
    ['while rows are read', (said: Said) => said.kind === 'at' && said.read > ROWS / 4],
    ['while golden rows are made', (said: Said) => said.kind === 'at' && said.loaded > ROWS / 4],
  ])('%s: the next start goes on, no row is lost or doubled', async (_when, killWhen) => {
    const first = await run(['start', String(ROWS)], killWhen);
    expect(first).toMatchObject({ killed: true, last: { kind: 'at' } });
    // With many processes a job waits for the lease of the dead one; here it has run out. (The embedded database has one process.)
    if (place.database) await place.admin('update kernel.job set locked_until = now()', place.database);
    const second = await run(['resume']);
    expect(second.last).toEqual({ kind: 'end', state: 'loaded', claims: ROWS, golden: ROWS, faulty: 0 });
  });
});
