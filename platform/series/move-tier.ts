import { auditTrail } from '#platform/kernel/ports.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { goodBlock, tierActor } from './cold-read.ts';
import { coldPath, copyCold, type Lines, removeCold, verifyCold, writeCold, type Written } from './cold-file.ts';
import { type PartRow, PART_COLUMNS } from './part.ts';
import { PartNotThere } from './series-errors.ts';

/** Lines of a block: about two megabytes. */
const PAGE = 50_000;

export type PartName = { series: string; part: string };

export const inSeries = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'series', actor: tierActor }, work);

export async function findPart(services: Services, { series, part }: PartName): Promise<PartRow> {
  const found = await inSeries(services, (db) =>
    db.first<PartRow>(sql`select ${PART_COLUMNS} from series.part where series = ${series} and name = ${part}`),
  );
  if (!found) throw PartNotThere.with();
  return found;
}

/** Who moved or deleted what is in the audit like every change. */
export const recordChange = async (services: Services, db: Db, what: string): Promise<void> => {
  await services.registry
    .provided(auditTrail)[0]
    ?.value.record(db, { route: what, fields: [], subjects: [], outcome: 'changed' });
};

/** All lines of a partition in the database, a page in a transaction of its own: nobody writes into what is moving. */
export async function* linesOf(services: Services, { series, part }: PartName): AsyncGenerator<Lines> {
  let after: { sensor: string; micros: string } | undefined;
  for (;;) {
    const page = await inSeries(services, (db) =>
      db.one<{ lines: string | null; rows: number; first: string; last: string; micros: string }>(sql`
        select lines, rows, first_sensor as first, last_sensor as last, last_micros::text as micros
        from series.part_lines(${series}, ${part}, ${after?.sensor ?? null}::text, ${after?.micros ?? null}::bigint, ${PAGE}::int)`),
    );
    if (page.lines === null) return;
    yield { text: page.lines, rows: page.rows, first: page.first, last: page.last };
    after = { sensor: page.last, micros: page.micros };
  }
}

/**
 * First half of a move hot → cold (冷热迁移): the partition takes no more rows, its lines are written to a file, read back and compared by
 * count and SM3, and copied. The rows stay where they are; whatever interrupts this leaves them there, and it is begun again.
 */
export async function writeCopies(services: Services, name: PartName): Promise<Written> {
  const { series, part } = name;
  const begun = await inSeries(services, (db) =>
    db.run(
      sql`update series.part set state = 'moving' where series = ${series} and name = ${part} and state in ('hot', 'moving')`,
    ),
  );
  if (begun === 0) throw PartNotThere.with();
  const [first, second] = [1, 2].map((copy) => coldPath(services.config, { series, name: part }, copy as 1 | 2)) as [
    string,
    string,
  ];
  const written = await writeCold(first, linesOf(services, name));
  await mustHold(first, written);
  await copyCold(first, second);
  await mustHold(second, written);
  await inSeries(services, (db) =>
    db.run(sql`
      update series.part set rows = ${written.rows}::bigint, digest = ${written.digest}, bytes = ${written.bytes}::bigint, blocks = ${json(written.blocks)}::text::jsonb
      where series = ${series} and name = ${part} and state = 'moving'`),
  );
  return written;
}

async function mustHold(path: string, { rows, digest, blocks }: Written): Promise<void> {
  const read = await verifyCold(path, blocks);
  if (read.rows !== rows || read.digest !== digest)
    throw new Error(`${path}: read back ${read.rows} rows, ${read.digest}; written ${rows} rows, ${digest}`);
}

/** Second half: the rows leave the database, if both copies still hold all of them. */
export async function dropHot(services: Services, name: PartName): Promise<void> {
  const found = await findPart(services, name);
  if (found.state !== 'moving' || found.digest === null || found.rows === null) throw PartNotThere.with();
  const { rows, digest } = found;
  for (const copy of [1, 2] as const)
    await mustHold(coldPath(services.config, found, copy), { rows, digest, bytes: 0, blocks: found.blocks ?? [] });
  await drop(services, name, digest);
}

/** Refused by the database if the partition holds another number of rows than the files. */
const drop = (services: Services, { series, part }: PartName, digest: string): Promise<void> =>
  inSeries(services, async (db) => {
    await db.run(sql`select series.drop_part(${series}, ${part})`);
    await recordChange(services, db, `series move-cold ${series}/${part} ${digest}`);
  });

/** Moves a partition to files. An interrupted move goes on where it makes sense: nothing is deleted before both copies are verified. */
export async function moveCold(services: Services, name: PartName): Promise<void> {
  const { digest } = await writeCopies(services, name);
  await drop(services, name, digest);
}

/** Brings a partition back into the database (迁回), and removes its files once its rows can be read there. */
export async function moveHot(services: Services, name: PartName): Promise<void> {
  const { series, part } = name;
  const found = await findPart(services, name);
  if (found.state !== 'cold' && found.state !== 'returning') throw PartNotThere.with();
  await inSeries(services, (db) => db.run(sql`select series.return_begin(${series}, ${part})`));
  for (const block of found.blocks ?? []) {
    const lines = await goodBlock(services, found, block);
    await inSeries(services, (db) => db.run(sql`select series.return_lines(${series}, ${part}, ${lines})`));
  }
  await inSeries(services, async (db) => {
    await db.run(sql`select series.return_end(${series}, ${part})`);
    await recordChange(services, db, `series move-hot ${series}/${part} ${found.digest}`);
  });
  for (const copy of [1, 2] as const) await removeCold(coldPath(services.config, found, copy));
}
