import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { cellProtection } from './cell-protection.ts';
import { type FormView, FormParams, holdForm, readCells } from './form-record.ts';
import { forPeriod, type Mapping } from './mapping.ts';
import { PackSchema, readPack } from './pack-record.ts';
import { boundsOf, periodOf } from './period.ts';
import { PackNotOpen } from './report-errors.ts';

type Counted = {
  value?: number | null;
  contributors?: number;
  largest?: number | null;
  through?: string | null;
  problem?: string;
};

/**
 * Fills a form for a period (自动填报): every mapped cell is counted through what the unit itself may use. Filling again before the pack
 * is submitted takes the numbers of that later moment; what was typed by hand stays.
 */
export const fillPack = route({
  method: 'POST',
  path: '/api/catalog/reports/:form/packs',
  summary: { zh: '自动填报一期报表', en: 'Fill a form for a period' },
  allow: 'catalog.report.fill',
  params: FormParams,
  body: Type.Object({ period: Type.String({ maxLength: 10 }) }, { additionalProperties: false }),
  reply: PackSchema,
  status: 201,
  errors: [PackNotOpen],
  examples: {
    own: { as: 'data-officer', params: { form: 'fixture-own' }, body: { period: '2026-09' } },
    foreign: { as: 'data-officer', params: { form: 'fixture-foreign' }, body: { period: '2026-09' } },
  },
  handler: async ({ db, services, params, body, actor }) => {
    const form = await holdForm(db, params.form);
    const bounds = boundsOf(form.period, body.period);
    const { today } = await db.one<{ today: string }>(
      sql`select (kernel.now() at time zone 'Asia/Shanghai')::date::text as today`,
    );
    if (!bounds || body.period > periodOf(form.period, today))
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/period',
            rule: 'period',
            message: { zh: '不是这张报表已开始的报告期', en: 'is no period of this form that has begun' },
          },
        ],
      });
    const before = await db.first<{ id: string; state: string }>(
      sql`select id, state from catalog.report_pack where form = ${form.id} and period = ${body.period} for update`,
    );
    if (before && before.state !== 'filling') throw PackNotOpen.with();
    const id = before?.id ?? uuidv7();
    await db.run(sql`
      insert into catalog.report_pack (id, form, unit, period, as_of, filled_by, filled_name) values (${id}::uuid, ${form.id}, ${form.unit}, ${body.period}, kernel.now(), ${actor.account}, ${actor.name})
      on conflict (id) do update set as_of = excluded.as_of, filled_by = excluded.filled_by, filled_name = excluded.filled_name`);
    await fillCells(db, { form, pack: id, bounds });
    await protect(db, { services, form, pack: id });
    return readPack(db, id);
  },
});

/** Counts every cell that has a mapping. One that does not stand any more gives its reason instead of a number. */
async function fillCells(
  db: Db,
  options: { form: FormView; pack: string; bounds: { start: string; end: string } },
): Promise<void> {
  const { form, pack, bounds } = options;
  const rows = [];
  for (const { code, mapping, state } of await readCells(db, form.id)) {
    const counted: Counted =
      mapping && state === 'ok' ? await countCell(db, forPeriod(mapping, bounds)) : { problem: state };
    const value = counted.value ?? null;
    rows.push({
      code,
      origin: value === null ? 'none' : 'item',
      value,
      contributors: counted.contributors ?? null,
      largest: counted.largest ?? null,
      through: counted.through ?? null,
      mapping: mapping ?? null,
      problem: value === null ? (counted.problem ?? 'empty') : null,
    });
  }
  await db.run(sql`
    insert into catalog.report_value (pack, unit, code, origin, value, contributors, largest, through, mapping, problem)
    select ${pack}::uuid, ${form.unit}, v.code, v.origin, v.value, v.contributors, v.largest, v.through, v.mapping, v.problem
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as v(code text, origin text, value numeric, contributors bigint, largest numeric, through text, mapping jsonb, problem text)
    on conflict (pack, code) do update set origin = excluded.origin, value = excluded.value, contributors = excluded.contributors, largest = excluded.largest,
      through = excluded.through, mapping = excluded.mapping, problem = excluded.problem, reason = null, typed_name = null
    where catalog.report_value.origin <> 'typed'`);
}

/** One number, counted by PostgreSQL under the rights of the unit. */
export async function countCell(db: Db, mapping: Mapping): Promise<Counted> {
  const { resource, ...spec } = mapping;
  const { counted } = await db.one<{ counted: Counted }>(
    sql`select share.aggregate(${resource}, ${json(spec)}::text::jsonb) as counted`,
  );
  return counted;
}

/** Marks the small cells of a form that is published; without anybody who knows the rules, all of them. */
export async function protect(db: Db, options: { services: Services; form: FormView; pack: string }): Promise<void> {
  const { services, form, pack } = options;
  if (!form.published || form.subject === null) return;
  const cells = await db.rows<{
    code: string;
    count: number;
    value: number;
    largest: number | null;
    totalOf: string[];
  }>(sql`
    select v.code, (case when v.origin = 'typed' then 0 else coalesce(v.contributors, v.value, 0) end)::float8 as count, coalesce(v.value, 0)::float8 as value, v.largest::float8 as largest, c.total_of as "totalOf"
    from catalog.report_value v join catalog.report_cell c on c.form = ${form.id} and c.code = v.code where v.pack = ${pack}::uuid and v.origin <> 'none' order by c.ord`);
  const known = services.registry.provided(cellProtection)[0]?.value;
  const withheld = known
    ? await known.withheld(db, { cells, subject: form.subject })
    : new Set(cells.map(({ code }) => code));
  await db.run(
    sql`update catalog.report_value set withheld = code = any(${[...withheld]}::text[]) where pack = ${pack}::uuid`,
  );
}
