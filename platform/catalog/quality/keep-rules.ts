import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { gatherFacts } from './facts.ts';
import { measureResource } from './measure.ts';
import { type Check, COMPARISONS, DIMENSION_OF } from './rules.ts';
import { ItemParams } from './show-quality.ts';

const Field = Type.String({ maxLength: 80 });
const Limit = Type.String({ maxLength: 40 });
const strict = { additionalProperties: false };
const CheckSchema = Type.Union([
  Type.Object({ kind: Type.Literal('required'), field: Field }, strict),
  Type.Object(
    { kind: Type.Literal('pattern'), field: Field, pattern: Type.String({ minLength: 1, maxLength: 200 }) },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('enum'),
      field: Field,
      values: Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 200 }),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('range'),
      field: Field,
      of: Type.Union([Type.Literal('number'), Type.Literal('date')]),
      min: Type.Optional(Limit),
      max: Type.Optional(Limit),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('unique'), field: Field }, strict),
  Type.Object({ kind: Type.Literal('reference'), field: Field, list: Type.String({ maxLength: 120 }) }, strict),
  Type.Object(
    {
      kind: Type.Literal('compare'),
      field: Field,
      op: Type.Unsafe<(typeof COMPARISONS)[number]>(Type.Union(COMPARISONS.map((each) => Type.Literal(each)))),
      other: Field,
    },
    strict,
  ),
]);

const RuleBody = Type.Object(
  {
    check: CheckSchema,
    dimension: Type.Optional(
      Type.Union([
        Type.Literal('normative'),
        Type.Literal('complete'),
        Type.Literal('accurate'),
        Type.Literal('consistent'),
      ]),
    ),
    why: Type.String({ minLength: 2, maxLength: 300 }),
  },
  strict,
);

const RuleReply = Type.Object({ id: Type.String({ format: 'uuid' }), resource: Type.String() });

/** Rows that a new rule is tried on, so that one that cannot be counted is refused while somebody is there to mend it. */
const TRIAL_ROWS = 1000;

/**
 * A data steward (数据专员) of the unit that answers for a resource adds a rule to those of its schema. Declarative: kinds of a closed
 * list, never SQL. Only the owner: a rule that counts is a question to the rows, and these are the owner's.
 */
export const addRule = route({
  method: 'POST',
  path: '/api/catalog/quality/:id/rules',
  summary: { zh: '增加质量规则', en: 'Add a quality rule' },
  allow: 'catalog.quality.keep',
  params: ItemParams,
  body: RuleBody,
  reply: RuleReply,
  status: 201,
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'population.household' },
      body: { check: { kind: 'range', field: 'members', of: 'number', min: '1' }, why: '一户至少一人' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'population.resident' },
      body: { check: { kind: 'required', field: 'name' }, why: '必填' },
    },
  },
  prepare: ({ params, body, actor, services }) => trial({ services, actor, resource: params.id, check: body.check }),
  handler: async ({ db, params, body, actor, prepared }) => {
    await holdOwn(db, params.id);
    if (prepared.length > 0) throw InvalidInput.with({ fields: prepared });
    const { field, kind, ...rest } = body.check;
    const id = uuidv7();
    await db.run(sql`
      insert into catalog.quality_rule (id, resource, field, kind, dimension, params, why, added_at, added_name, added_unit)
      values (${id}::uuid, ${params.id}, ${field}, ${kind}, ${body.dimension ?? DIMENSION_OF[kind]}, ${json(rest)}::text::jsonb, ${body.why}, kernel.now(), ${actor.name}, ${actor.unit ?? ''})`);
    return { id, resource: params.id };
  },
});

/** A steward's rule ends (停用); what was measured with it stays. */
export const retireRule = route({
  method: 'POST',
  path: '/api/catalog/quality/rules/:rule/retire',
  summary: { zh: '停用质量规则', en: 'Retire a quality rule' },
  allow: 'catalog.quality.keep',
  params: Type.Object({ rule: Type.String({ format: 'uuid' }) }),
  body: Type.Object({}, strict),
  reply: RuleReply,
  examples: {
    own: { as: 'data-officer', params: { rule: 'fixture:quality-rule' }, body: {} },
    foreign: { as: 'data-officer', params: { rule: 'fixture:foreign-quality-rule' }, body: {} },
  },
  handler: async ({ db, params, actor }) => {
    const ended = await db.first<{ id: string; resource: string }>(sql`
      update catalog.quality_rule q set retired_at = kernel.now(), retired_name = ${actor.name} from catalog.resource r
      where q.id = ${params.rule}::uuid and q.retired_at is null and r.id = q.resource and r.owner = ${actor.unit ?? ''} returning q.id, q.resource`);
    if (!ended) throw NotFound.with();
    return ended;
  },
});

/** Measures one resource now, as its unit asks after it has corrected something. */
export const measureNow = route({
  method: 'POST',
  path: '/api/catalog/quality/:id/measure',
  summary: { zh: '重新测量质量', en: 'Measure the quality now' },
  allow: 'catalog.quality.keep',
  params: ItemParams,
  body: Type.Object({}, strict),
  reply: Type.Object({ resource: Type.String(), score: Type.Union([Type.Number(), Type.Null()]) }),
  examples: {
    own: { as: 'data-officer', params: { id: 'population.household' }, body: {} },
    foreign: { as: 'data-officer', params: { id: 'population.resident' }, body: {} },
  },
  prepare: ({ params, services }) => gatherFacts(services, [params.id]),
  handler: async ({ db, params, prepared }) => {
    const resource = await holdOwn(db, params.id);
    await measureResource(db, { resource, facts: prepared.get(params.id) });
    return db.one<{ resource: string; score: number | null }>(sql`
      select resource, score::float8 as score from catalog.quality_run where resource = ${params.id} order by day desc limit 1`);
  },
});

type Held = { id: string; module: string; key: string; geometry: string | null; updates: string };

/** A resource of the caller's own unit; another's looks like none. */
async function holdOwn(db: Db, id: string): Promise<Held> {
  const held = await db.first<Held>(
    sql`select id, module, key, geometry, updates from catalog.resource where id = ${id} and owner = ${db.actor.unit ?? ''}`,
  );
  if (!held) throw NotFound.with();
  return held;
}

/** Tries a check in a transaction of its own: what PostgreSQL cannot count is a fault of the check, said at its place. */
async function trial(options: {
  services: Services;
  actor: Actor;
  resource: string;
  check: Check;
}): Promise<FieldFault[]> {
  const { services, actor, resource, check } = options;
  const fault = (name: string, zh: string, en: string): FieldFault[] => [
    { pointer: `/check/${name}`, rule: 'countable', message: { zh, en } },
  ];
  try {
    return await services.database.tx({ module: 'catalog', actor, readOnly: true }, async (db) => {
      const own = await db.first(
        sql`select from catalog.resource where id = ${resource} and owner = ${actor.unit ?? ''}`,
      );
      if (!own) return [];
      const known = new Set(
        (await db.rows<{ name: string }>(sql`select name from catalog.field where resource = ${resource}`)).map(
          ({ name }) => name,
        ),
      );
      if (!known.has(check.field)) return fault('field', '没有这个信息项', 'is no field of this resource');
      if (check.kind === 'compare' && !known.has(check.other))
        return fault('other', '没有这个信息项', 'is no field of this resource');
      if (check.kind === 'range' && check.min === undefined && check.max === undefined)
        return fault('min', '请至少填写一个界限', 'needs at least one limit');
      // Back references and look-around make a pattern cost more than its length says.
      if (check.kind === 'pattern' && /\\[1-9]|\(\?[=!<]/.test(check.pattern))
        return fault('pattern', '不能使用反向引用或环视', 'may hold no back reference and no look-around');
      if (
        check.kind === 'reference' &&
        !(await db.first(sql`select from catalog.resource where id = ${check.list} and level in ('L1', 'L2')`))
      )
        return fault('list', '没有这个代码表', 'is no code list');
      await db.one(
        sql`select share.measure(${resource}, ${json([check])}::text::jsonb, ${TRIAL_ROWS}::bigint) as counted`,
      );
      return [];
    });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !/^(22|42|P0)/.test(code)) throw error;
    const place = check.kind === 'pattern' ? 'pattern' : check.kind === 'range' ? 'min' : 'field';
    return fault(place, '这条规则无法计算，请检查写法', 'cannot be counted as written');
  }
}
