import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { sensitivity, topsis } from './topsis.ts';

const Title = Type.String({ minLength: 1, maxLength: 60 });
const CriterionId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,20}$' });
export const CriterionSchema = Type.Object(
  {
    id: CriterionId,
    title: Type.Object({ zh: Title, en: Title }, { additionalProperties: false }),
    weight: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
    direction: Type.Union([Type.Literal('benefit'), Type.Literal('cost')]),
    unit: Type.Object({ zh: Title, en: Title }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export const OptionSchema = Type.Object(
  {
    title: Type.String({ minLength: 2, maxLength: 200 }),
    demand: Type.String({ minLength: 4, maxLength: 2000 }),
    units: Type.Array(Type.String({ minLength: 1, maxLength: 61 }), { minItems: 1, maxItems: 40 }),
    facts: Type.Record(
      CriterionId,
      Type.Object(
        { value: Type.Number({ minimum: 0 }), evidence: Type.String({ minLength: 2, maxLength: 300 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CriterionRow = {
  id: string;
  title: { zh: string; en: string };
  weight: number;
  direction: 'benefit' | 'cost';
  unit: { zh: string; en: string };
};
export type OptionInput = {
  title: string;
  demand: string;
  units: readonly string[];
  facts: Record<string, { value: number; evidence: string }>;
};
export type OptionSet = { question: string; criteria: readonly CriterionRow[]; options: readonly OptionInput[] };

/** Writes an option set about an incident; one about an exercise is of the exercise. */
export async function writeOptionSet(
  db: Db,
  incident: { id: string; exercise: string | null },
  set: OptionSet,
): Promise<string> {
  const id = uuidv7();
  await db.run(sql`
    insert into ops.option_set (id, incident, question, criteria, state, made_at, made_by, made_name, exercise)
    values (${id}::uuid, ${incident.id}::uuid, ${set.question}, ${JSON.stringify(set.criteria)}::text::jsonb, 'open', kernel.now(), ${db.actor.account}, ${db.actor.name},
      ${incident.exercise}::uuid)`);
  for (const [position, option] of set.options.entries())
    await db.run(sql`
      insert into ops.option (id, option_set, position, title, demand, units, facts)
      values (${uuidv7()}::uuid, ${id}::uuid, ${position}::int, ${option.title}, ${option.demand}, ${[...option.units]}::text[], ${JSON.stringify(option.facts)}::text::jsonb)`);
  return id;
}

export type SetRow = {
  id: string;
  incident: string;
  question: string;
  criteria: CriterionRow[];
  state: string;
  madeBy: string;
  madeName: string;
  madeAt: Date;
  chosen: string | null;
  reason: string | null;
  decidedName: string | null;
  decidedAt: Date | null;
  exercise: boolean;
};
export type OptionRow = OptionInput & { id: string; position: number; units: string[] };

export async function readOptionSet(
  db: Db,
  id: string,
  hold = false,
): Promise<{ set: SetRow; options: OptionRow[] } | undefined> {
  const set = await db.first<SetRow>(sql`
    select id, incident, question, criteria, state, made_by as "madeBy", made_name as "madeName", made_at as "madeAt", chosen, reason, decided_name as "decidedName",
      decided_at as "decidedAt", exercise is not null as exercise from ops.option_set where id = ${id}::uuid ${hold ? sql`for update` : sql``}`);
  if (!set) return undefined;
  const options = await db.rows<OptionRow>(
    sql`select id, position, title, demand, units, facts from ops.option where option_set = ${id}::uuid order by position`,
  );
  return { set, options };
}

/** Closeness and rank of each option, and how far each weight may move. */
export function rate(set: Pick<SetRow, 'criteria'>, options: readonly OptionInput[]) {
  const values = options.map(({ facts }) => set.criteria.map(({ id }) => facts[id]?.value ?? 0));
  return { scores: topsis(set.criteria, values), sensitivity: sensitivity(set.criteria, values) };
}
