import { Type } from 'typebox';
import { type JobHandler, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { endHolding } from '#platform/identity/organisation/holders.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { DutyConflict } from '../duty/duty-errors.ts';
import { Nullable, Words } from '../policy/shapes.ts';
import { postTitle } from '../policy/words.ts';

export const CertificationClosed = domainError({
  code: 'CERTIFICATION_CLOSED',
  status: 409,
  title: { zh: '这一项已经复核或逾期失效', en: 'This entry was decided or has lapsed' },
  action: { zh: '如仍需要该权限，请重新申请。', en: 'Ask for the right anew if it is still needed.' },
});

const Entry = Type.Object({
  id: Type.String(),
  quarter: Type.String(),
  unit: Type.String(),
  account: Type.String(),
  name: Type.String(),
  post: Words,
  due: Type.String({ format: 'date-time' }),
  state: Type.String({ description: 'open, confirmed, withdrawn, lapsed' }),
  decidedName: Nullable(Type.String()),
  decidedAt: Nullable(Type.String({ format: 'date-time' })),
  note: Nullable(Type.String()),
  mayDecide: Type.Boolean(),
});
type Row = {
  id: string;
  quarter: string;
  unit: string;
  account: string;
  name: string;
  post: string;
  due: Date;
  state: string;
  decided_name: string | null;
  decided_at: Date | null;
  note: string | null;
};

async function find(db: Db, where: Sql = sql`true`) {
  const rows = await db.rows<Row>(sql`
    select * from access.certification where ${where} order by quarter desc, (state = 'open') desc, unit, account limit 500`);
  const decides = db.actor.post === 'unit-head' || db.actor.post === 'staffing-officer';
  return rows.map((row) => ({
    id: row.id,
    quarter: row.quarter,
    unit: row.unit,
    account: row.account,
    name: row.name,
    post: postTitle(row.post),
    due: row.due.toISOString(),
    state: row.state,
    decidedName: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    mayDecide: decides && row.state === 'open' && row.account !== db.actor.account,
  }));
}

/** The certification of rights that the caller answers for (权限复核); the security administrator sees all of it. */
export const listCertification = route({
  method: 'GET',
  path: '/api/access/certification',
  summary: { zh: '权限复核清单', en: 'Certification of rights' },
  allow: 'access.certification.read',
  reply: Type.Object({ entries: Type.Array(Entry) }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db }) => ({ entries: await find(db) }),
});

/** Confirms that a right is still needed, or takes it away (确认或收回). Nobody certifies their own. */
export const decideCertification = route({
  method: 'POST',
  path: '/api/access/certification/:id',
  summary: { zh: '复核一项权限', en: 'Certify one right' },
  allow: 'access.certification.decide',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  body: Type.Object(
    {
      verdict: Type.Union([Type.Literal('confirmed'), Type.Literal('withdrawn')]),
      note: Type.Optional(Type.String({ maxLength: 300 })),
    },
    { additionalProperties: false },
  ),
  reply: Entry,
  errors: [NotFound, CertificationClosed, DutyConflict],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:certification' }, body: { verdict: 'confirmed' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:foreign-certification' }, body: { verdict: 'confirmed' } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const now = clock.now();
    const row = await db.first<Row>(sql`select * from access.certification where id = ${id}::uuid for update`);
    if (!row) throw NotFound.with();
    if (row.account === actor.account) throw DutyConflict.with();
    if (row.state !== 'open' || row.due <= now) throw CertificationClosed.with();
    await db.run(sql`
      update access.certification set state = ${body.verdict}, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz,
        note = ${body.note ?? null}::text where id = ${id}::uuid`);
    await db.emit({ type: `access.certification.${body.verdict}`, subject: id });
    if (body.verdict === 'withdrawn')
      await db.enqueue({ name: 'end-holding', payload: { certification: id }, key: id });
    const [shown] = await find(db, sql`id = ${id}::uuid`);
    if (!shown) throw NotFound.with();
    return shown;
  },
});

/** Takes a withdrawn right away after the decision has committed: another module's data is never changed inside it. */
export const endHoldingJob: JobHandler = {
  name: 'end-holding',
  async run({ payload, services, tx }) {
    const holder = await tx((db) =>
      db.first<{ account: string; post: string; unit: string }>(
        sql`select account, post, unit from access.certification where id = ${payload.certification ?? ''}::uuid and state = 'withdrawn'`,
      ),
    );
    if (holder) await endHolding({ services, holder });
  },
};
