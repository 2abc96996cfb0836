import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { LoadClosed, ReasonMissing, ReleaseClosed } from './errors.ts';
import type { NewObservation } from './store.ts';
import { putIntoRelease } from './take-load.ts';

/** A person says why each unusual value is right, or refuses the load (核查答复). The reasons are kept with the load. */
export const decideLoad = route({
  method: 'POST',
  path: '/api/economy/loads/:id/decide',
  summary: { zh: '说明原因或退回报送', en: 'Give reasons for a load, or refuse it' },
  allow: 'economy.load.send',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      accept: Type.Boolean(),
      reasons: Type.Optional(
        Type.Array(
          Type.Object(
            { no: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 4, maxLength: 500 }) },
            { additionalProperties: false },
          ),
          { maxItems: 500 },
        ),
      ),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), state: Type.String() }),
  errors: [NotFound, LoadClosed, ReasonMissing, ReleaseClosed],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:economy-load' }, body: { accept: false, note: '退回核对' } },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:economy-foreign-load' },
      body: { accept: false, note: '退回核对' },
    },
  },
  handler: async ({ db, actor, params, body, clock }) => {
    const load = await db.first<{
      state: string;
      unit: string;
      release: string;
      form: string | null;
      released: string;
    }>(sql`
      select l.state, l.unit, l.release, l.form_no as form, r.state as released from economy.load l join economy.release r on r.id = l.release where l.id = ${params.id}::uuid for update of l, r`);
    if (!load || load.unit !== actor.unit) throw NotFound.with();
    if (load.state !== 'questioned') throw LoadClosed.with();
    const now = clock.now();
    if (body.accept) {
      if (load.released === 'approved' || load.released === 'published') throw ReleaseClosed.with();
      const given = body.reasons ?? [];
      await db.run(sql`
        update economy.finding f set reason = x.reason, reason_by = ${actor.account}, reason_name = ${actor.name}, reason_at = ${now}::timestamptz
        from jsonb_to_recordset(${json(given)}::text::jsonb) as x(no int, reason text) where f.load = ${params.id}::uuid and f.no = x.no and f.weight = 'reason'`);
      const { open } = await db.one<{ open: number }>(
        sql`select count(*)::int as open from economy.finding where load = ${params.id}::uuid and weight = 'reason' and reason is null`,
      );
      if (open > 0) throw ReasonMissing.with({ extra: { open } });
      const rows = await db.rows<NewObservation & { value: string | null }>(
        sql`select series, period, value, status, note, confidential, cell from economy.staged where load = ${params.id}::uuid`,
      );
      await putIntoRelease({ db, release: load.release, rows, actor, form: load.form ?? undefined });
    }
    const state = body.accept ? 'loaded' : 'refused';
    await db.run(sql`delete from economy.staged where load = ${params.id}::uuid`);
    await db.run(sql`
      update economy.load set state = ${state}, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz, note = ${body.note ?? null}::text
      where id = ${params.id}::uuid`);
    await db.emit({ type: 'economy.load.decided', subject: params.id, data: { load: params.id, state } });
    return { id: params.id, state };
  },
});
