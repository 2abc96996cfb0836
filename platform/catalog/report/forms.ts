import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import {
  CellSchema,
  findForms,
  FormParams,
  FormSchema,
  formsOf,
  holdForm,
  knownResources,
  NewFormSchema,
  putForm,
  readCells,
  readForm,
} from './form-record.ts';
import { digestOf, MappingSchema, shapeFaults } from './mapping.ts';
import { FormExists } from './report-errors.ts';

const PackLine = Type.Object({
  id: Type.String(),
  period: Type.String(),
  state: Type.String(),
  automatic: Type.Integer(),
  cells: Type.Integer(),
});

/** Forms of upper levels (上级报表) that the unit fills in, how much of each fills itself, and the hours that this has saved. */
export const listReports = route({
  method: 'GET',
  path: '/api/catalog/reports',
  summary: { zh: '上级报表', en: 'Forms of upper levels' },
  allow: 'catalog.report.read',
  reply: Type.Object({
    forms: Type.Array(
      Type.Intersect([
        FormSchema,
        Type.Object({
          cells: Type.Integer(),
          mapped: Type.Integer(),
          broken: Type.Integer(),
          packs: Type.Array(PackLine),
        }),
      ]),
    ),
    /** Cells that nobody had to type in confirmed reports, and the hours that follow from the assumption. */
    saved: Type.Object({
      cells: Type.Integer(),
      minutesPerCell: Type.Number(),
      hours: Type.Number(),
      verified: Type.Boolean(),
    }),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => {
    const forms = await findForms(db, formsOf(db));
    const packs = await db.rows<{
      id: string;
      form: string;
      period: string;
      state: string;
      automatic: number;
      cells: number;
    }>(sql`
      select p.id, p.form, p.period, p.state, (count(*) filter (where v.origin = 'item'))::int as automatic, count(v.code)::int as cells
      from catalog.report_pack p join catalog.report_form f on f.id = p.form left join catalog.report_value v on v.pack = p.id
      where ${formsOf(db)} group by p.id order by p.period desc`);
    const lines = [];
    for (const form of forms) {
      const cells = await readCells(db, form.id);
      lines.push({
        ...form,
        cells: cells.length,
        mapped: cells.filter(({ state }) => state === 'ok').length,
        broken: cells.filter(({ state }) => state !== 'ok' && state !== 'none').length,
        packs: packs.filter((pack) => pack.form === form.id).map(({ form: _form, ...pack }) => pack),
      });
    }
    const { amount, rule } = await amountAt(db, 'catalog.report.minutes-per-cell');
    const cells = packs.filter(({ state }) => state === 'confirmed').reduce((sum, { automatic }) => sum + automatic, 0);
    return {
      forms: lines,
      saved: {
        cells,
        minutesPerCell: amount,
        hours: Math.round((cells * amount) / 6) / 10,
        verified: rule.verified !== undefined,
      },
    };
  },
});

/** One form with its cells: which item each comes from, and whether that still stands. */
export const showReport = route({
  method: 'GET',
  path: '/api/catalog/reports/:form',
  summary: { zh: '一张上级报表', en: 'A form of an upper level' },
  allow: 'catalog.report.read',
  params: FormParams,
  reply: Type.Object({ form: FormSchema, cells: Type.Array(CellSchema), mayMap: Type.Boolean() }),
  examples: {
    own: { as: 'data-officer', params: { form: 'fixture-own' } },
    foreign: { as: 'data-officer', params: { form: 'fixture-foreign' } },
  },
  handler: async ({ db, params, actor }) => {
    const form = await readForm(db, params.form);
    const cells = await readCells(db, form.id);
    return {
      form,
      cells: cells.map(({ digest: _digest, ...cell }) => cell),
      mayMap: actor.post === 'data-officer' && actor.unit === form.unit,
    };
  },
});

/** A data officer registers a form that the own unit has to fill in. */
export const registerForm = route({
  method: 'POST',
  path: '/api/catalog/reports',
  summary: { zh: '登记上级报表', en: 'Register a form of an upper level' },
  allow: 'catalog.report.fill',
  body: NewFormSchema,
  reply: FormSchema,
  status: 201,
  errors: [FormExists],
  examples: {
    own: {
      as: 'data-officer',
      body: {
        id: 'example-form',
        no: '样例表1',
        title: { zh: '样例月报', en: 'Sample report' },
        authority: { zh: '上级部门', en: 'Upper level' },
        period: 'month',
        cells: [{ code: 'A1', title: { zh: '户数', en: 'Households' }, measuredIn: { zh: '户', en: 'households' } }],
      },
    },
  },
  handler: async ({ db, body, actor }) => {
    const codes = body.cells.map(({ code }) => code);
    const faults = body.cells.flatMap(({ code, totalOf = [], mapping }, at) => [
      ...(codes.indexOf(code) === at
        ? []
        : [
            {
              pointer: `/cells/${at}/code`,
              rule: 'unique',
              message: { zh: '单元格编号重复', en: 'this code stands twice' },
            },
          ]),
      ...(totalOf.every((part) => codes.includes(part) && part !== code)
        ? []
        : [
            {
              pointer: `/cells/${at}/totalOf`,
              rule: 'known',
              message: { zh: '合计中有不存在的单元格', en: 'sums a cell that is not there' },
            },
          ]),
      ...(mapping ? shapeFaults(mapping) : []).map(({ pointer, message }) => ({
        pointer: `/cells/${at}${pointer}`,
        rule: 'required',
        message,
      })),
    ]);
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    if (!(await putForm(db, { form: body, unit: actor.unit ?? '', sample: false }))) throw FormExists.with();
    return readForm(db, body.id);
  },
});

/** Maps a cell to an item of the catalogue, or takes the mapping away (取数映射). */
export const mapCell = route({
  method: 'PUT',
  path: '/api/catalog/reports/:form/cells/:code',
  summary: { zh: '设置取数映射', en: 'Map a cell to an item' },
  allow: 'catalog.report.fill',
  params: Type.Object({ ...FormParams.properties, code: Type.String({ pattern: '^[A-Za-z0-9.]{1,20}$' }) }),
  body: Type.Object({ mapping: Type.Union([MappingSchema, Type.Null()]) }, { additionalProperties: false }),
  reply: CellSchema,
  examples: {
    own: {
      as: 'data-officer',
      params: { form: 'fixture-own', code: 'A1' },
      body: { mapping: { resource: 'population.household', measure: 'count', filters: [] } },
    },
    foreign: { as: 'data-officer', params: { form: 'fixture-foreign', code: 'A1' }, body: { mapping: null } },
  },
  handler: async ({ db, params, body, actor }) => {
    const form = await holdForm(db, params.form);
    const { mapping } = body;
    let digest: string | null = null;
    if (mapping) {
      const known = (await knownResources(db, [mapping.resource])).get(mapping.resource);
      digest = digestOf(mapping, known?.fields ?? []) ?? null;
      const faults = [
        ...shapeFaults(mapping).map((fault) => ({ ...fault, rule: 'required' })),
        ...(digest === null
          ? [
              {
                pointer: known ? '/mapping/field' : '/mapping/resource',
                rule: 'known',
                message: { zh: '目录中没有这一项', en: 'is not in the catalogue' },
              },
            ]
          : []),
      ];
      if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    }
    const done = await db.run(sql`
      update catalog.report_cell set mapping = ${mapping ? json(mapping) : null}::text::jsonb, mapped_digest = ${digest}::text,
        mapped_at = case when ${digest}::text is null then null else kernel.now() end, mapped_name = ${digest === null ? null : actor.name}::text
      where form = ${form.id} and code = ${params.code}`);
    const cell = (await readCells(db, form.id)).find(({ code }) => code === params.code);
    if (done === 0 || !cell) throw NotFound.with();
    const { digest: _digest, ...rest } = cell;
    return rest;
  },
});
