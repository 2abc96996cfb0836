import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { stateStream } from '#platform/kernel/state-stream.ts';
import { PAGE } from './list-tasks.ts';

const actor = systemActor({ name: 'inbox' });

/** Windows and devices of one person that follow; more ask by themselves. */
const WINDOWS = 20;

/** Whose inbox: a post in a unit, and the account that holds it, to whom single tasks may have been handed. */
type Reader = { unit: string; post: string; account: string };

/**
 * The inbox as it changes, `/workflow/inbox`: an event says that the first page of the caller's tasks is another, and nothing of
 * what is on it. Whoever follows reads the list again under the own rights. Row security and the order are those of `list-tasks`.
 */
export const followInbox: Mount = {
  path: '/workflow/inbox',
  summary: { zh: '待办变化推送', en: 'Changes of the inbox as they happen' },
  allow: 'workflow.task.act',
  register(server, kernel) {
    const inboxes = stateStream(server, {
      event: 'inbox',
      services: () => kernel.services,
      mostOfKey: WINDOWS,
      read: (keys) => readMarks(kernel.services, keys),
    });
    server.get('/workflow/inbox', async (request, reply) => {
      const keyNow = (): Promise<string> =>
        kernel.tx(request, async (_db, { unit = '', post = '', account }) => JSON.stringify({ unit, post, account }));
      const key = await keyNow();
      return inboxes.follow({ request, reply, key, still: async () => (await keyNow()) === key });
    });
  },
};

/** A mark of the first page of each reader: other tasks, another order, another holder, an urge or another limit give another one. */
async function readMarks(services: Services, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const readers = keys.map((key) => JSON.parse(key) as Reader);
  const rows = await services.database.ask<{ reader: number; mark: string }>(
    { module: 'workflow', actor },
    sql`
      select r.reader, p.mark from rows from (jsonb_to_recordset(${JSON.stringify(readers)}::text::jsonb) as (unit text, post text, account text))
        with ordinality as r(unit, post, account, reader)
      cross join lateral (
        select md5(coalesce(string_agg(concat_ws(' ', t.id, t.holder, t.urged_on, t.due_at, t.name), '|' order by c.rank, c.task), '')) as mark
        from (select c.task, c.rank from workflow.candidate c
          where c.unit = r.unit collate "C" and c.post = r.post collate "C" and c.account in ('', r.account) and c.open
          order by c.rank, c.task limit ${PAGE + 1}::int) c
        join workflow.task t on t.id = c.task) p`,
  );
  return new Map(rows.map(({ reader, mark }) => [keys[Number(reader) - 1] ?? '', JSON.stringify({ mark })]));
}
