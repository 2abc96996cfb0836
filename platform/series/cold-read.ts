import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Measured } from './append-rows.ts';
import { coldPath, COPIES, copyCold, type Copy, readBlock, verifyCold } from './cold-file.ts';
import type { Block, PartRow } from './part.ts';
import { ColdFileLost } from './series-errors.ts';

export const tierActor = systemActor({ name: 'storage-tiers', purpose: 'data-quality' });

/** Rows of a cold part that a question asks for, in order; only the blocks that can hold them are opened. */
export async function* readCold(
  services: Services,
  part: PartRow,
  { from, until, sensors }: { from: Date; until: Date; sensors: readonly string[] | null },
): AsyncGenerator<Measured> {
  const wanted = sensors && new Set(sensors);
  const [start, stop] = [from.getTime() * 1000, until.getTime() * 1000];
  for (const block of part.blocks ?? []) {
    if (wanted && !sensors.some((sensor) => sensor >= block.first && sensor <= block.last)) continue;
    for (const line of (await goodBlock(services, part, block)).split('\n')) {
      const [sensor = '', micros, value] = line.split('\t');
      const at = Number(micros);
      if (line === '' || at < start || at >= stop || (wanted && !wanted.has(sensor))) continue;
      yield { sensor, at: new Date(at / 1000), value: Number(value) };
    }
  }
}

/** A block from the first copy that is whole. A copy that is not is made anew from the good one, and both SM3 are written down. */
export async function goodBlock(services: Services, part: PartRow, block: Block): Promise<string> {
  const bad: { copy: Copy; found: string }[] = [];
  for (const copy of COPIES) {
    const read = await readBlock(coldPath(services.config, part, copy), block);
    if ('text' in read) {
      if (bad.length > 0) await repairCopies(services, part);
      return read.text;
    }
    bad.push({ copy, found: read.found });
  }
  throw ColdFileLost.with({ extra: { part: `${part.series}/${part.name}`, digest: part.digest ?? '' } });
}

/** Compares both copies with what was written, and restores the damaged one from the good one. Says what it found. */
export async function repairCopies(
  services: Services,
  part: PartRow,
): Promise<{ copy: Copy; found: string; digest: string }[]> {
  const states = await Promise.all(
    COPIES.map(async (copy) => {
      const path = coldPath(services.config, part, copy);
      return { copy, path, ...(await verifyCold(path, part.blocks ?? [])) };
    }),
  );
  const good = states.find(({ digest, rows }) => digest === part.digest && rows === part.rows);
  if (!good) throw ColdFileLost.with({ extra: { part: `${part.series}/${part.name}`, digest: part.digest ?? '' } });
  const damaged = states.filter(({ digest, rows }) => digest !== part.digest || rows !== part.rows);
  for (const { copy, path, digest } of damaged) {
    await copyCold(good.path, path);
    const again = await verifyCold(path, part.blocks ?? []);
    if (again.digest !== part.digest)
      throw new Error(`${part.series}/${part.name}: copy ${copy} could not be restored`);
    await services.database.tx({ module: 'series', actor: tierActor }, (db) =>
      db.run(sql`select series.note_repair(${part.series}, ${part.name}, ${copy}::int, ${good.digest}, ${digest})`),
    );
  }
  return damaged.map(({ copy, digest }) => ({ copy, found: digest, digest: good.digest }));
}
