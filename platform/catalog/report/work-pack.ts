import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readForm } from './form-record.ts';
import { protect } from './fill-pack.ts';
import { holdPack, PackParams, PackSchema, readPack } from './pack-record.ts';
import { PackIncomplete, PackNotOpen, SamePerson } from './report-errors.ts';

const strict = { additionalProperties: false };

/** One filled form: where each number comes from, what changed since the period before, what is left to do. */
export const showPack = route({
  method: 'GET',
  path: '/api/catalog/packs/:id',
  summary: { zh: '一期报表', en: 'A filled form' },
  allow: 'catalog.report.read',
  params: PackParams,
  reply: PackSchema,
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:pack' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-pack' } },
  },
  handler: ({ db, params }) => readPack(db, params.id),
});

/** What no item has is typed by hand, with the reason why it had to be (手工填写). */
export const typeCell = route({
  method: 'PUT',
  path: '/api/catalog/packs/:id/cells/:code',
  summary: { zh: '手工填写单元格', en: 'Type a number of a report' },
  allow: 'catalog.report.fill',
  params: Type.Object({ id: Type.String({ format: 'uuid' }), code: Type.String({ pattern: '^[A-Za-z0-9.]{1,20}$' }) }),
  body: Type.Object(
    {
      value: Type.Number({ minimum: -1e15, maximum: 1e15 }),
      reason: Type.String({ minLength: 2, maxLength: 300 }),
    },
    strict,
  ),
  reply: PackSchema,
  errors: [PackNotOpen],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:pack', code: 'A2' },
      body: { value: 12, reason: '线下台账' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-pack', code: 'A2' },
      body: { value: 12, reason: '线下台账' },
    },
  },
  handler: async ({ db, services, params, body, actor }) => {
    const pack = await holdPack(db, params.id);
    if (pack.state !== 'filling') throw PackNotOpen.with();
    const typed = await db.run(sql`
      update catalog.report_value set origin = 'typed', value = ${body.value}::numeric, contributors = null, largest = null, through = null, reason = ${body.reason},
        typed_name = ${actor.name}, typed_by = ${actor.account}, problem = null where pack = ${pack.id}::uuid and code = ${params.code}`);
    if (typed === 0) throw NotFound.with();
    await protect(db, { services, form: await readForm(db, pack.form), pack: pack.id });
    return readPack(db, pack.id);
  },
});

/** The filler hands it over for review (提交复核); no cell may be without a number. */
export const submitPack = route({
  method: 'POST',
  path: '/api/catalog/packs/:id/submit',
  summary: { zh: '提交复核', en: 'Submit for review' },
  allow: 'catalog.report.fill',
  params: PackParams,
  body: Type.Object({}, strict),
  reply: PackSchema,
  errors: [PackNotOpen, PackIncomplete],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:pack-to-submit' }, body: {} },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-pack' }, body: {} },
  },
  handler: async ({ db, params, actor }) => {
    const pack = await holdPack(db, params.id);
    if (pack.state !== 'filling') throw PackNotOpen.with();
    const open = await db.rows<{ code: string }>(
      sql`select code from catalog.report_value where pack = ${pack.id}::uuid and origin = 'none' order by code`,
    );
    if (open.length > 0)
      throw PackIncomplete.with({
        fields: open.map(({ code }) => ({
          pointer: `/cells/${code}`,
          rule: 'required',
          message: { zh: `单元格 ${code} 没有数`, en: `cell ${code} has no number` },
        })),
      });
    await db.run(sql`
      update catalog.report_pack set state = 'submitted', submitted_at = kernel.now(), filled_by = ${actor.account}, filled_name = ${actor.name}, returned_reason = null
      where id = ${pack.id}::uuid`);
    return readPack(db, pack.id);
  },
});

/** Somebody else of the unit confirms it (复核确认), or gives it back with a reason. */
export const reviewPack = route({
  method: 'POST',
  path: '/api/catalog/packs/:id/review',
  summary: { zh: '复核报表', en: 'Review a report' },
  allow: 'catalog.report.review',
  params: PackParams,
  body: Type.Union([
    Type.Object({ decision: Type.Literal('confirm') }, strict),
    Type.Object({ decision: Type.Literal('return'), reason: Type.String({ minLength: 2, maxLength: 300 }) }, strict),
  ]),
  reply: PackSchema,
  errors: [PackNotOpen, SamePerson],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:pack-to-review' }, body: { decision: 'confirm' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-pack' }, body: { decision: 'confirm' } },
  },
  handler: async ({ db, params, body, actor }) => {
    const pack = await holdPack(db, params.id);
    if (pack.state !== 'submitted') throw PackNotOpen.with();
    const typed = await db.first(
      sql`select 1 from catalog.report_value where pack = ${pack.id}::uuid and typed_by = ${actor.account} limit 1`,
    );
    // Who typed one of its numbers does not confirm it, whoever sent it.
    if (pack.filledBy === actor.account || typed) throw SamePerson.with();
    if (body.decision === 'return')
      await db.run(
        sql`update catalog.report_pack set state = 'filling', submitted_at = null, returned_reason = ${body.reason} where id = ${pack.id}::uuid`,
      );
    else
      await db.run(sql`
        update catalog.report_pack set state = 'confirmed', reviewed_by = ${actor.account}, reviewed_name = ${actor.name}, reviewed_at = kernel.now() where id = ${pack.id}::uuid`);
    return readPack(db, pack.id);
  },
});
