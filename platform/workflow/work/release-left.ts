import { listHolders } from '#platform/identity/organisation/holders.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Tasks that are looked at in one transaction. */
const PAGE = 1_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

type Named = {
  task: string;
  instance: string;
  unit: string;
  post: string;
  account: string;
  holder: string | null;
};

/**
 * Gives back to the post what somebody holds who has left it (离任): a task that was claimed, or handed to that account alone. Whoever
 * holds the post now, or comes next, finds it as it was. Says how many tasks; nothing is done where nobody signs in by accounts.
 */
export async function releaseLeft(services: Services, page = PAGE): Promise<number> {
  if (!services.registry.modules.some(({ id }) => id === 'identity')) return 0;
  const holds = new Set((await listHolders(services)).map(({ account, unit, post }) => `${account} ${unit} ${post}`));
  const actor = systemActor({ name: 'release' });
  let released = 0;
  // Most tasks stay with whoever has them: page by page, so that those behind them are looked at as well.
  let after: string | undefined = FIRST;
  while (after !== undefined) {
    const from: string = after;
    const done: { count: number; last: string | undefined } = await services.database.tx(
      { module: 'workflow', actor },
      async (db) => {
        const tasks = await db.rows<{ id: string }>(sql`
        select id from (select id from workflow.task where state = 'open' and holder is not null
          union select task from workflow.candidate where open and account <> '') t where id > ${from}::uuid order by id limit ${page}::int`);
        const ids = tasks.map(({ id }) => id);
        return { count: await releaseThese(db, ids, holds), last: ids.length < page ? undefined : ids.at(-1) };
      },
    );
    released += done.count;
    after = done.last;
  }
  return released;
}

async function releaseThese(db: Db, tasks: readonly string[], holds: ReadonlySet<string>): Promise<number> {
  const named = await db.rows<Named>(sql`
    select c.task, c.instance, c.unit, c.post, c.account, t.holder from workflow.candidate c join workflow.task t on t.id = c.task
    where c.open and t.state = 'open' and c.task = any (${[...tasks]}::uuid[])`);
  const stays = ({ account, unit, post }: Named, who = account): boolean => holds.has(`${who} ${unit} ${post}`);
  const alone = named.filter((each) => each.account !== '' && !stays(each));
  const held = [...Map.groupBy(named, ({ task }) => task).values()].flatMap((rows) => {
    const [first] = rows;
    return first && first.holder !== null && !rows.some((each) => stays(each, first.holder ?? '')) ? [first] : [];
  });
  for (const each of alone) await openToAll(db, each);
  for (const { task, holder } of held)
    await db.run(
      sql`update workflow.task set holder = null where id = ${task}::uuid and holder = ${holder} and state = 'open'`,
    );
  const released = new Map([...alone, ...held].map((each) => [each.task, each]));
  for (const { task } of released.values())
    await db.run(sql`
      insert into workflow.step (app, instance, definition, revision, node, token, lifecycle, outcome)
      select t.app, t.instance, i.definition, i.revision, t.node, t.token, 'unassign', 'left'
      from workflow.task t join workflow.instance i on i.id = t.instance where t.id = ${task}::uuid`);
  return released.size;
}

/** What was one account's alone is the post's. */
async function openToAll(db: Db, { task, unit, post, account }: Named): Promise<void> {
  await db.run(sql`
    update workflow.candidate set open = false
    where task = ${task}::uuid and unit = ${unit} and post = ${post} and account = ${account}`);
  await db.run(sql`
    insert into workflow.candidate (task, app, instance, unit, post, account, rank)
    select task, app, instance, unit, post, '', rank from workflow.candidate
    where task = ${task}::uuid and unit = ${unit} and post = ${post} and account = ${account}
    on conflict (task, unit, post, account) do update set open = true`);
}
