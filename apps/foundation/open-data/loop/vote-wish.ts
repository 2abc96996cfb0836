import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AlreadyVoted } from '../errors.ts';
import { voiceOf } from '../scope.ts';
import { Id } from '../shapes.ts';

/** Supports a wish (支持): one vote each, counted where it is kept. */
export const voteWish = route({
  method: 'POST',
  path: '/api/open-data/wishes/:id/vote',
  summary: { zh: '支持一条需求', en: 'Support a wish' },
  allow: 'signed-in',
  params: Id,
  body: Type.Object({}, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String(), votes: Type.Integer() }),
  errors: [NotFound, AlreadyVoted],
  examples: { own: { as: 'citizen', params: { id: 'fixture:wish' }, body: {} } },
  handler: async ({ db, actor, services, params: { id } }) => {
    const wish = await db.first(
      sql`select id from open_data.wish where id = ${id}::uuid and state in ('open', 'accepted') and hidden_at is null for update`,
    );
    if (!wish) throw NotFound.with();
    const made = await db.run(
      sql`insert into open_data.vote (wish, voter) values (${id}::uuid, ${voiceOf(services, actor)}) on conflict do nothing`,
    );
    if (made === 0) throw AlreadyVoted.with();
    const { votes } = await db.one<{ votes: number }>(sql`
      update open_data.wish set votes = (select count(*)::int from open_data.vote where wish = ${id}::uuid) where id = ${id}::uuid returning votes`);
    return { id, votes };
  },
});
