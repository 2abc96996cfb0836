import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PidParams } from '../show-person.ts';

export const NothingReported = domainError({
  code: 'NO_DEATH_REPORTED',
  status: 409,
  title: { zh: '没有待核实的死亡信息', en: 'No death waits to be confirmed' },
  action: { zh: '请刷新队列。', en: 'Reload the queue.' },
});

/**
 * Says whether a reported death is one (死亡核实): confirmed, what follows from a death follows; refuted, the report counts no more.
 * A claim that comes after it opens the question again.
 */
export const decideDeath = route({
  method: 'POST',
  path: '/api/population/persons/:pid/death',
  summary: { zh: '核实死亡信息', en: 'Confirm or refute a death' },
  allow: 'population.death.decide',
  params: PidParams,
  body: Type.Object(
    {
      verdict: Type.Union([Type.Literal('died'), Type.Literal('alive')]),
      note: Type.String({ minLength: 4, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.Union([Type.Literal('confirmed'), Type.Literal('refuted')]) }),
  errors: [NotFound, NothingReported],
  examples: {
    own: {
      as: 'data-officer',
      params: { pid: 'fixture:reported-dead' },
      body: { verdict: 'alive', note: '电话核实本人健在' },
      purpose: 'data-quality',
    },
  },
  handler: async ({ db, actor, params: { pid }, body: { verdict, note } }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    if (!(await db.first(sql`select 1 from population.person where pid = ${pid}::uuid`))) throw NotFound.with();
    const open = await db.first(sql`
      select 1 from population.life_event where pid = ${pid}::uuid and kind = 'died' and state in ('reported', 'conflict')`);
    if (!open) throw NothingReported.with();
    await db.run(sql`
      insert into population.death_verdict (id, pid, verdict, upto, note, decided_by, decided_name, decided_unit)
      select ${uuidv7()}::uuid, ${pid}::uuid, ${verdict}, max(c.claim_id), ${note.trim()}, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text
      from population.person_claim c where c.pid = ${pid}::uuid`);
    await db.enqueue({ name: 'rebuild-persons', payload: { pids: pid } });
    return { state: verdict === 'died' ? ('confirmed' as const) : ('refuted' as const) };
  },
});
