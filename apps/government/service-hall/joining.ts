import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { type JobHandler, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { joinCase } from '#platform/service/case-join.ts';
import { handOverClock } from './hand-over-clock.ts';
import { Words } from './list-centres.ts';

const RULES = { within: { id: 'service-hall.join.within', unit: 'hour' } } as const;
const HOUR_MS = 3_600_000;
const JOIN = 'join-case';

export const JoiningDecided = domainError({
  code: 'JOINING_DECIDED',
  status: 409,
  title: { zh: '这对收件已经处理过', en: 'The pair has been decided already' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});

/**
 * The rule of joining (并案规则): the same applicant and the same item, taken in at two centres within the hours that the rule allows, as
 * happens when windows are cut off. It proposes and joins nothing: a clerk confirms, because two applications may be meant.
 */
export async function proposeJoining(db: Db, of: { intake: string; centre: string; now: Date }): Promise<void> {
  const { within } = await amountsAt(db, RULES, of.now);
  const twin = await db.first<{ id: string; centre: string }>(sql`
    select id, centre from service_hall.twin_of(${of.intake}::uuid, ${new Date(of.now.getTime() - within * HOUR_MS)}::timestamptz)`);
  if (!twin) return;
  await db.run(sql`
    insert into service_hall.joining (id, kept, other, kept_centre, other_centre, state, proposed_at)
    values (${uuidv7()}::uuid, ${twin.id}::uuid, ${of.intake}::uuid, ${twin.centre}, ${of.centre}, 'proposed', ${of.now}::timestamptz)
    on conflict do nothing`);
}

const COLUMNS = sql`j.id, j.state, j.kept_centre as "keptCentre", j.other_centre as "otherCentre", s.kept_code as "keptCode", s.other_code as "otherCode", s.title,
  s.kept_at as "keptAt", s.other_at as "otherAt", j.other_centre = any (service_hall.my_centres()) as mine`;
type Row = {
  id: string;
  state: 'proposed' | 'confirmed' | 'refused' | 'too-late';
  keptCentre: string;
  otherCentre: string;
  keptCode: string;
  otherCode: string;
  title: Text;
  keptAt: Date;
  otherAt: Date;
  mine: boolean;
};
const JoiningSchema = Type.Object({
  id: Type.String(),
  state: Type.String({ description: 'proposed, confirmed, refused; too-late: the case was decided before' }),
  keptCentre: Type.String(),
  otherCentre: Type.String(),
  keptCode: Type.String({ description: 'taken in first: stays' }),
  otherCode: Type.String(),
  title: Words,
  keptAt: Type.String({ format: 'date-time' }),
  otherAt: Type.String({ format: 'date-time' }),
  mine: Type.Boolean({ description: 'the later one was taken in here: this centre confirms' }),
});
const shown = ({ keptAt, otherAt, ...row }: Row) => ({
  ...row,
  keptAt: keptAt.toISOString(),
  otherAt: otherAt.toISOString(),
});

/** Pairs that may be one application (疑似重复收件), of my centres: what is to be confirmed stands first. */
export const listJoinings = route({
  method: 'GET',
  path: '/api/service-hall/joinings',
  summary: { zh: '疑似重复收件', en: 'Pairs that may be one application' },
  allow: 'service-hall.intake.read',
  reply: Type.Object({ joinings: Type.Array(JoiningSchema) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db }) => {
    const rows = await db.rows<Row>(sql`
      select ${COLUMNS} from service_hall.joining j, service_hall.joining_sides(j.id) s order by j.state = 'proposed' desc, j.proposed_at desc limit 50`);
    return { joinings: rows.map(shown) };
  },
});

/**
 * Confirms that two are one, or that they are not (确认并案). The centre of the later one decides: its receipt leads to the other case from
 * now on, its papers and everything handed in stay where they are, and its case is closed with the reason.
 */
export const decideJoining = route({
  method: 'POST',
  path: '/api/service-hall/joinings/:id/decide',
  summary: { zh: '确认或否定并案', en: 'Join two, or not' },
  allow: 'service-hall.intake.record',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  body: Type.Object({ same: Type.Boolean() }, { additionalProperties: false }),
  reply: JoiningSchema,
  errors: [NotFound, JoiningDecided],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:joining' }, body: { same: false } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-joining' }, body: { same: false } },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { same } }) => {
    const now = clock.now();
    const held = await db.first<{ state: string; other: string; clock: string | null }>(sql`
      select j.state, j.other, i.hand_over_clock as clock from service_hall.joining j join service_hall.intake i on i.id = j.other
      where j.id = ${id}::uuid and j.other_centre = any (service_hall.my_centres()) for update of j, i`);
    if (!held) throw NotFound.with();
    if (held.state !== 'proposed') throw JoiningDecided.with();
    await db.run(sql`
      update service_hall.joining set state = ${same ? 'confirmed' : 'refused'}, decided_at = ${now}::timestamptz, decided_by = ${actor.account} where id = ${id}::uuid`);
    const row = await db.one<Row>(
      sql`select ${COLUMNS} from service_hall.joining j, service_hall.joining_sides(j.id) s where j.id = ${id}::uuid`,
    );
    if (same) {
      await db.run(
        sql`update service_hall.intake set joined_into = ${row.keptCode} where id = ${held.other}::uuid and joined_into is null`,
      );
      const running = await db.first(
        sql`select id from service_hall.intake where id = ${held.other}::uuid and state in ('to-dispatch', 'to-hand-over')`,
      );
      if (running && held.clock !== null) await endClock(db, { kind: handOverClock, clock: held.clock, at: now });
      await db.enqueue({ name: JOIN, payload: { joining: id } });
    }
    return shown(row);
  },
});

/** Closes the case that was taken in twice, with the reason, and notes it at the one that is kept. Done again it changes nothing. */
export const joinJob: JobHandler = {
  name: JOIN,
  async run({ payload: { joining = '' }, services, tx }) {
    const found = await tx((db) =>
      db.first<{ kept: string; other: string; no: number }>(sql`
        select s.kept_code as kept, s.other_code as other, s.no from service_hall.joining j, service_hall.joining_sides(j.id) s
        where j.id = ${joining}::uuid and j.state = 'confirmed' and j.done_at is null`),
    );
    if (!found) return;
    const actor = { ...systemActor({ name: 'service-hall' }), name: '并案' };
    const end = await joinCase({ services, actor, code: found.other, no: found.no, into: found.kept });
    await tx(async (db) => {
      if (end === 'joined')
        return void (await db.run(
          sql`update service_hall.joining set done_at = kernel.now() where id = ${joining}::uuid and done_at is null`,
        ));
      // It was decided before it could be closed: there are two decisions, and the receipt leads to its own again.
      await db.run(sql`update service_hall.joining set state = 'too-late' where id = ${joining}::uuid`);
      await db.run(
        sql`update service_hall.intake set joined_into = null where id = (select other from service_hall.joining where id = ${joining}::uuid)`,
      );
      return undefined;
    });
  },
};
