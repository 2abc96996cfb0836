import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PATTERNS } from './patterns.ts';
import { switchedOff } from './run-patterns.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const RuleSchema = Type.Object({
  id: Type.String(),
  title: Words,
  why: Words,
  on: Type.Boolean(),
  /** Why a rule is off: the reason that somebody gave, or why it is shipped so. */
  offWhy: Nullable(Words),
  changed: Nullable(Type.Object({ name: Type.String(), at: Type.String({ format: 'date-time' }) })),
  standing: Type.Integer(),
  /** Appeals against its signals that were decided, and those of them that were upheld: false alarms. */
  decided: Type.Integer(),
  falseAlarms: Type.Integer(),
  precision: Type.Number({ description: '目标 / target' }),
  measured: Nullable(Type.Number({ description: '已裁定信号中成立的占比 / share of the decided that stood' })),
});

/** The rules beyond time (监察规则): hits, false alarms, what precision each must keep, and whether it is on. */
export const listRules = route({
  method: 'GET',
  path: '/api/evaluation/rules',
  summary: { zh: '监察规则', en: 'Rules of supervision' },
  allow: 'evaluation.wall.read',
  reply: Type.Object({ rules: Type.Array(RuleSchema) }),
  examples: { own: { as: 'security-auditor' } },
  handler: async ({ db }) => {
    const off = await switchedOff(db);
    const words = await db.rows<{ rule: string; reason: string; name: string; at: Date }>(
      sql`select distinct on (rule) rule, reason, set_name as name, at from evaluation.rule_switch order by rule, at desc, id desc`,
    );
    const counts = await db.rows<{ rule: string; standing: number; decided: number; upheld: number }>(sql`
      select s.rule, count(*) filter (where s.state = 'standing')::int as standing, count(a.id) filter (where a.state <> 'open')::int as decided,
        count(a.id) filter (where a.state = 'upheld')::int as upheld
      from evaluation.signal s left join evaluation.appeal a on a.signal = s.id group by s.rule`);
    return {
      rules: PATTERNS.map(({ id, title, why, precision, shipsOff }) => {
        const { standing = 0, decided = 0, upheld = 0 } = counts.find(({ rule }) => rule === id) ?? {};
        const measured = decided === 0 ? null : 1 - upheld / decided;
        const said = words.find(({ rule }) => rule === id);
        const on = !off.has(id);
        const offWhy = on ? null : said ? { zh: said.reason, en: said.reason } : (shipsOff ?? null);
        const changed = said ? { name: said.name, at: said.at.toISOString() } : null;
        return { id, title, why, precision, on, offWhy, changed, standing, decided, falseAlarms: upheld, measured };
      }),
    };
  },
});

/** Turns a rule off or on (规则开关), with a reason that stays. Off, all its signals are taken back with the next look. */
export const switchRule = route({
  method: 'PUT',
  path: '/api/evaluation/rules/:id/switch',
  summary: { zh: '开关监察规则', en: 'Turn a rule on or off' },
  allow: 'evaluation.rule.switch',
  params: Type.Object({ id: Type.String({ maxLength: 80 }) }),
  body: Type.Object(
    { on: Type.Boolean(), reason: Type.String({ minLength: 4, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), on: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'security-auditor',
      params: { id: 'evaluation.burst-approvals' },
      body: { on: false, reason: '误报偏多，先停用核对。' },
    },
  },
  handler: async ({ db, actor, params: { id }, body: { on, reason } }) => {
    if (!PATTERNS.some((pattern) => pattern.id === id)) throw NotFound.with();
    await db.run(sql`
      insert into evaluation.rule_switch (id, rule, is_on, reason, set_by, set_name, at)
      values (${uuidv7()}::uuid, ${id}, ${on}::boolean, ${reason.trim()}, ${actor.account}, ${actor.name}, kernel.now())`);
    await db.emit({ type: 'evaluation.rule.switched', subject: id, data: { on: on ? 'yes' : 'no' } });
    return { id, on };
  },
});
