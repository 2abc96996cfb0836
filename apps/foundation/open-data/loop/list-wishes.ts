import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { Maybe } from '../shapes.ts';
import { voiceOf } from '../scope.ts';
import { wishClock } from './clocks.ts';

const MOST = 200;

/** Wishes as everybody sees them: those that wait first, the most wanted on top, with the time that the owner has left. */
export const listWishes = route({
  method: 'GET',
  path: '/api/open-data/wishes',
  summary: { zh: '开放需求', en: 'Wishes for data' },
  allow: 'public',
  reply: Type.Object({
    wishes: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        text: Type.String(),
        owner: Type.String(),
        state: Type.String(),
        votes: Type.Integer(),
        voted: Type.Boolean(),
        askedAt: Type.String(),
        clock: Maybe(ClockSchema),
        escalated: Type.Boolean(),
        reply: Maybe(Type.String()),
        basis: Maybe(Type.String()),
        repliedUnit: Maybe(Type.String()),
        repliedAt: Maybe(Type.String()),
        dataset: Maybe(Type.String()),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, actor, services, clock }) => {
    const voter = actor.kind === 'person' ? voiceOf(services, actor) : '';
    type Row = {
      id: string;
      title: string;
      text: string;
      owner: string;
      state: string;
      votes: number;
      voted: boolean;
      askedAt: Date;
      clock: string | null;
      escalated: boolean;
      reply: string | null;
      basis: string | null;
      repliedUnit: string | null;
      repliedAt: Date | null;
      dataset: string | null;
    };
    const rows = await db.rows<Row>(sql`
      select w.id, w.title, w.text, w.owner, w.state, w.votes, exists (select from open_data.vote v where v.wish = w.id and v.voter = ${voter}) as voted, w.asked_at as "askedAt", w.clock,
        w.escalated_at is not null as escalated, w.reply, w.basis, w.replied_unit as "repliedUnit", w.replied_at as "repliedAt", w.dataset
      from open_data.wish w where w.state in ('open', 'accepted', 'refused', 'opened') and w.hidden_at is null order by (w.state = 'open') desc, w.votes desc, w.asked_at desc limit ${MOST}`);
    const ids = rows.flatMap(({ clock: ticking, state }) => (ticking && state === 'open' ? [ticking] : []));
    const clocks = new Map((await clocksWhere(db, { ids })).map((each) => [each.id, each]));
    const { calendar } = await readCalendar(db);
    return {
      wishes: rows.map(({ clock: ticking, askedAt, repliedAt, ...wish }) => {
        const running = clocks.get(ticking ?? '');
        return {
          ...wish,
          askedAt: askedAt.toISOString(),
          repliedAt: repliedAt?.toISOString() ?? null,
          clock: running ? clockView({ clock: running, kind: wishClock, now: clock.now(), calendar }) : null,
        };
      }),
    };
  },
});
