import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { publishedTitles } from '#platform/service/published-titles.ts';
import { Words } from './list-centres.ts';

const PrincipleSchema = Type.Union([
  Type.Literal('anywhere'),
  Type.Literal('residence'),
  Type.Literal('registration'),
  Type.Literal('business'),
]);
const RuleSchema = Type.Object({ unit: Type.String(), item: Type.String(), principle: PrincipleSchema });

/** Rules of routing of all units (属地规则), for everybody: which item is accepted where is no secret. */
export const listRoutingRules = route({
  method: 'GET',
  path: '/api/service-hall/routing-rules',
  summary: { zh: '属地规则', en: 'Rules of routing' },
  allow: 'public',
  reply: Type.Object({
    rules: Type.Array(
      Type.Object({
        ...RuleSchema.properties,
        title: Type.Union([Words, Type.Null()], {
          description: 'null: the item is not published, or all items of the unit',
        }),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  prepare: ({ services }) => publishedTitles(services),
  handler: async ({ db, prepared: titles }) => {
    const rules = await db.rows<{ unit: string; item: string; principle: 'anywhere' }>(
      sql`select unit, item, principle from service_hall.routing_rule order by unit, item`,
    );
    return { rules: rules.map((rule) => ({ ...rule, title: titles.get(rule.item) ?? null })) };
  },
});

/** The owner of an item says by which place it is accepted (编制属地规则); `*` stands for all items of the unit. */
export const putRoutingRule = route({
  method: 'PUT',
  path: '/api/service-hall/routing-rules/:item',
  summary: { zh: '编制属地规则', en: 'Set a rule of routing' },
  allow: 'service-hall.routing.edit',
  params: Type.Object({ item: Type.String({ pattern: '^([*]|[0-9A-Za-z-]{4,60})$' }) }),
  body: Type.Object({ principle: PrincipleSchema }, { additionalProperties: false }),
  reply: RuleSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { item: '*' }, body: { principle: 'residence' } } },
  handler: async ({ db, actor, clock, params, body: { principle } }) => {
    const { unit } = actor;
    if (unit === undefined) throw NotFound.with();
    const item = params.item === '*' ? '' : params.item;
    // A rule of an item that is another unit's says nothing: rules are looked up by the unit of the item.
    await db.run(sql`
      insert into service_hall.routing_rule (unit, item, principle, entered_at, entered_by)
      values (${unit}, ${item}, ${principle}, ${clock.now()}::timestamptz, ${actor.account})
      on conflict (unit, item) do update set principle = excluded.principle, entered_at = excluded.entered_at, entered_by = excluded.entered_by`);
    return { unit, item, principle };
  },
});
