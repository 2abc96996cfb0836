import { createHash } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt, type Rule } from '#platform/rulebook/rule-at.ts';
import { daysOf, keepingOf } from './keeping.ts';
import { coldPath, COPIES, removeCold } from './cold-file.ts';
import { repairCopies } from './cold-read.ts';
import { findPart, inSeries, linesOf, recordChange } from './move-tier.ts';
import { type PartRow, PART_COLUMNS } from './part.ts';

const DAY = 86_400_000;

type SeriesRow = { id: string; rawLeast: string; rawMost: string; rolledMost: string };

/**
 * Deletes what has expired (到期销毁), exactly that, each set with its proof: what, how many rows with which SM3, by which rule. What a legal hold
 * covers stays. A deletion that was interrupted is finished first.
 */
export async function expireSets(services: Services): Promise<{ series: string; what: string; rows: number }[]> {
  const gone: { series: string; what: string; rows: number }[] = [];
  const begun = await inSeries(services, (db) =>
    db.rows<PartRow>(sql`select ${PART_COLUMNS} from series.part where state = 'expiring' order by series, name`),
  );
  for (const part of begun) gone.push(await finishPart(services, part));
  const all = await inSeries(services, (db) =>
    db.rows<SeriesRow>(
      sql`select id, raw_least as "rawLeast", raw_most as "rawMost", rolled_most as "rolledMost" from series.series order by id`,
    ),
  );
  for (const series of all) {
    const due = await inSeries(services, async (db) => {
      const keeping = keepingOf({ least: await ruleAt(db, series.rawLeast), most: await ruleAt(db, series.rawMost) });
      const rows = await db.rows<{ name: string }>(sql`
        select name from series.part p where series = ${series.id} and state in ('hot', 'cold')
          and until_at <= kernel.now() - ${keeping.days}::int * interval '1 day' and not series.held(series, from_at, until_at) order by from_at`);
      return rows.map(({ name }) => ({ name, rule: keeping.rule }));
    });
    for (const { name, rule } of due) gone.push(await expirePart(services, { series: series.id, part: name, rule }));
    gone.push(...(await expireRolled(services, series)));
  }
  return gone;
}

async function expirePart(
  services: Services,
  { series, part, rule }: { series: string; part: string; rule: Rule },
): Promise<{ series: string; what: string; rows: number }> {
  const found = await findPart(services, { series, part });
  const { rows, digest } =
    found.state === 'cold' ? await provenCold(services, found) : await countHot(services, { series, part });
  await inSeries(services, async (db) => {
    await db.run(
      sql`select series.expire_begin(${series}, ${part}, ${rows}::bigint, ${digest}, ${rule.id}, ${rule.version}::int, ${rule.digest})`,
    );
    await recordChange(services, db, `series expire ${series}/${part} ${digest}`);
  });
  return finishPart(services, await findPart(services, { series, part }));
}

/** What is about to be deleted must be what the record says. */
async function provenCold(services: Services, part: PartRow): Promise<{ rows: number; digest: string }> {
  await repairCopies(services, part);
  return { rows: part.rows ?? 0, digest: part.digest ?? '' };
}

async function countHot(
  services: Services,
  name: { series: string; part: string },
): Promise<{ rows: number; digest: string }> {
  // From here on nobody writes into it: what is counted is what will be deleted.
  await inSeries(services, (db) =>
    db.run(
      sql`update series.part set state = 'moving' where series = ${name.series} and name = ${name.part} and state = 'hot'`,
    ),
  );
  const all = createHash('sm3');
  let rows = 0;
  for await (const page of linesOf(services, name)) {
    all.update(page.text);
    rows += page.rows;
  }
  return { rows, digest: all.digest('hex') };
}

/** Deletes what stands under a proof: the table, if there is one, and both files. Repeatable. */
async function finishPart(services: Services, part: PartRow): Promise<{ series: string; what: string; rows: number }> {
  const { series, name } = part;
  for (const copy of COPIES) await removeCold(coldPath(services.config, part, copy));
  await inSeries(services, async (db) => {
    await db.run(sql`select series.expire_hot(${series}, ${name})`);
    await db.run(sql`select series.expire_end(${series}, ${name})`);
  });
  return { series, what: `raw/${name}`, rows: part.rows ?? 0 };
}

async function expireRolled(
  services: Services,
  { id, rolledMost }: SeriesRow,
): Promise<{ series: string; what: string; rows: number }[]> {
  const gone: { series: string; what: string; rows: number }[] = [];
  await inSeries(services, async (db) => {
    const rule = await ruleAt(db, rolledMost);
    const until = new Date(services.clock.now().getTime() - daysOf(rule) * DAY);
    for (const step of ['m5', 'h1', 'd1']) {
      const months = await db.rows<{ month: Date; lines: string; rows: number }>(
        sql`select month, lines, rows::float8 as rows from series.expire_rolled(${id}, ${step}, ${until}::timestamptz)`,
      );
      for (const { month, lines, rows } of months) {
        const digest = createHash('sm3').update(lines).digest('hex');
        const what = `${step}/${month.toISOString().slice(0, 10)}`;
        await db.run(
          sql`select series.prove(${id}, ${what}, ${month}::timestamptz, ${month}::timestamptz + interval '1 month', ${rows}::bigint, ${digest}, ${rule.id}, ${rule.version}::int, ${rule.digest})`,
        );
        await recordChange(services, db, `series expire ${id}/${what} ${digest}`);
        gone.push({ series: id, what, rows });
      }
    }
  });
  return gone;
}
