import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { receivedCase } from '#platform/service/case-received.ts';
import { Words } from './list-centres.ts';
import { assertMine } from './own-centres.ts';

export const ReceiptBound = domainError({
  code: 'RECEIPT_BOUND',
  status: 409,
  title: { zh: '这张纸质回执已对应另一个办件', en: 'The paper receipt leads to another case already' },
  action: { zh: '请核对回执号码。', en: 'Check the number of the receipt.' },
});
const ReceiptCode = Type.String({ pattern: '^R-[0-9a-f]{6}-[0-9]{3,6}$' });
const CaseCode = Type.String({ pattern: '^[0-9]{18}[0-9A-Z]$' });

/**
 * Binds a paper receipt to its case (纸质回执补绑): a window that was cut off and had no reserved code left gave the receipt; the case
 * has been filed since. Bound twice it is the same.
 */
export const bindReceipt = route({
  method: 'POST',
  path: '/api/service-hall/receipts',
  summary: { zh: '纸质回执补绑办件', en: 'Bind a paper receipt' },
  allow: 'service-hall.intake.record',
  status: 201,
  body: Type.Object(
    { centre: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }), receipt: ReceiptCode, case: CaseCode },
    { additionalProperties: false },
  ),
  reply: Type.Object({ receipt: Type.String(), case: Type.String() }),
  errors: [NotFound, ReceiptBound],
  examples: {
    own: {
      as: 'street-clerk',
      body: { centre: 'fixture:centre', receipt: 'R-0a1b2c-001', case: 'fixture:window-case' },
    },
    foreign: {
      as: 'street-clerk',
      body: { centre: 'fixture:centre', receipt: 'R-0a1b2c-002', case: 'fixture:foreign-case' },
    },
  },
  prepare: ({ services, actor, body }) => receivedCase({ services, actor, code: body.case }),
  handler: async ({ db, actor, clock, body, prepared: items }) => {
    await assertMine(db, body.centre);
    if (items.length === 0) throw NotFound.with();
    const made = await db.run(sql`
      insert into service_hall.receipt (receipt, centre, case_code, bound_at, bound_by)
      values (${body.receipt}, ${body.centre}, ${body.case}, ${clock.now()}::timestamptz, ${actor.account}) on conflict (receipt) do nothing`);
    if (made === 0) {
      const there = await db.first<{ code: string }>(
        sql`select case_code as code from service_hall.receipt where receipt = ${body.receipt}`,
      );
      // A receipt of another centre is answered like one that leads elsewhere: which case it has is not theirs to know.
      if (there?.code !== body.case) throw ReceiptBound.with();
    }
    return { receipt: body.receipt, case: body.case };
  },
});

/** Where a receipt leads (回执查办件): a paper receipt or a case code, given by whichever centre; what was joined leads to the case that is kept. */
export const findReceipt = route({
  method: 'GET',
  path: '/api/service-hall/receipts/:receipt',
  summary: { zh: '凭回执找办件', en: 'Where a receipt leads' },
  allow: 'service-hall.intake.read',
  params: Type.Object({ receipt: Type.Union([ReceiptCode, CaseCode]) }),
  reply: Type.Object({
    receipt: Type.String(),
    items: Type.Array(
      Type.Object({
        no: Type.Integer(),
        title: Words,
        centre: Type.String({ description: 'where it was taken in' }),
        case: Type.String(),
        joined: Type.Boolean({ description: 'it was taken in twice; this is the case that is kept' }),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'street-clerk', params: { receipt: 'fixture:receipt' } } },
  handler: async ({ db, params: { receipt } }) => {
    const items = await db.rows<{ no: number; title: Text; centre: string; case: string; joined: boolean }>(
      sql`select no, title, centre, case_code as case, joined from service_hall.receipt_case(${receipt})`,
    );
    if (items.length === 0) throw NotFound.with();
    return { receipt, items };
  },
});
