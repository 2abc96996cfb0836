import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { visit } from './resources.ts';

/** Records a visit to a household of the caller's own area (登记走访). A household of elsewhere does not exist. */
export const recordVisit = route({
  method: 'POST',
  path: '/api/visits/visits',
  summary: { zh: '登记走访', en: 'Record a visit' },
  allow: 'visits.visit.record',
  body: Type.Object(
    {
      householdNo: Type.String({ minLength: 1, maxLength: 40 }),
      visitedOn: Type.String({ format: 'date' }),
      note: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: itemOf(visit, ['id', 'householdNo', 'committeeCode', 'visitedOn', 'note', 'visitedBy']),
  errors: [NotFound],
  examples: {
    own: {
      as: 'committee-worker',
      body: { householdNo: 'fixture:own-household', visitedOn: '2026-11-20', note: '独居，身体良好' },
      purpose: 'community-care',
    },
    foreign: {
      as: 'committee-worker',
      body: { householdNo: 'fixture:foreign-household', visitedOn: '2026-11-20', note: '独居，身体良好' },
      purpose: 'community-care',
    },
  },
  handler: async ({ db, actor, clock, body }) => {
    const home = await db.first<{ committee: string }>(
      sql`select committee_code as committee from ${db.share('household')} where household_no = ${body.householdNo}`,
    );
    if (!home) throw NotFound.with();
    const made = { id: uuidv7(), ...body, committeeCode: home.committee, visitedBy: actor.name };
    await db.run(sql`
      insert into visits.visit (id, household_no, committee_code, visited_on, note, visited_by, created_at)
      values (${made.id}::uuid, ${made.householdNo}, ${made.committeeCode}, ${made.visitedOn}::date, ${made.note}, ${made.visitedBy}, ${clock.now()}::timestamptz)`);
    await db.emit({ type: 'visits.visit.recorded', subject: made.id });
    return made;
  },
});
