import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { ShownValue } from './entry-file.ts';
import { type Rule, ruleOf, type RuleRow } from './rule-at.ts';

const Text = Type.Object({ zh: Type.String(), en: Type.String() });
const Nullable = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);
const Day = Type.String({ format: 'date' });
const On = Type.Optional(
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '适用日期 / the day asked about' }),
);

/** An entry as it is shown: value, source, dates, and who has verified it. */
export const RuleSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  title: Text,
  value: ShownValue,
  /** A decision by a model of DMN: `value` is its name, the rest stands at `/api/rulebook/decisions/{id}`. */
  isDecision: Type.Boolean(),
  unit: Nullable(Type.String()),
  kind: Type.Union([Type.Literal('law'), Type.Literal('standard'), Type.Literal('measure')]),
  source: Type.Object({
    title: Type.String(),
    documentNo: Nullable(Type.String()),
    article: Nullable(Type.String()),
  }),
  note: Type.Union([Text, Type.Null()]),
  validFrom: Day,
  validTo: Nullable(Day),
  /** Null = 待核: no named person has compared it with its source. */
  verified: Type.Union([Type.Object({ name: Type.String(), on: Day }), Type.Null()]),
});
const Period = Type.Intersect([RuleSchema, Type.Object({ recordedAt: Type.String({ format: 'date-time' }) })]);

const COLUMNS = sql`e.id, e.version, e.valid_from::text as "validFrom", e.valid_to::text as "validTo", e.title, e.value, e.unit, e.kind, e.source_title as "sourceTitle",
  e.document_no as "documentNo", e.article, e.note, e.digest, v.verified_by as "verifiedBy", v.verified_name as "verifiedName", v.verified_on::text as "verifiedOn", e.recorded_at as "recordedAt"`;
const FROM = sql`rulebook.entry e left join rulebook.verification v on v.id = e.id and v.digest = e.digest`;
const NEWEST = sql`e.version = (select max(w.version) from rulebook.entry w where w.id = e.id)`;

/** Rules that apply on a day (当日适用的规则), all of them or those that a word is in. Public: law is no secret. */
export const listEntries = route({
  method: 'GET',
  path: '/api/rulebook/entries',
  summary: { zh: '规则库', en: 'Rules that apply on a day' },
  allow: 'public',
  query: Type.Object(
    {
      on: On,
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      unverified: Type.Optional(Type.Literal('1')),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ on: Day, rules: Type.Array(RuleSchema), unverified: Type.Integer() }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, query }) => {
    const on = await dayOf(db, query.on);
    const rules = await periods(db, sql`${NEWEST} and ${holdsOn(on)}`);
    const word = query.q?.toLowerCase();
    const found = rules.filter(
      (rule) =>
        (!word ||
          [rule.id, rule.title.zh, rule.title.en, rule.source.title].some((t) => t.toLowerCase().includes(word))) &&
        (!query.unverified || rule.verified === null),
    );
    return {
      on,
      rules: found.map(withoutTime),
      unverified: rules.filter(({ verified }) => verified === null).length,
    };
  },
});

/** One rule (规则详情): which applied on the day, and every version and period there has been. */
export const showEntry = route({
  method: 'GET',
  path: '/api/rulebook/entries/:id',
  summary: { zh: '规则详情与历次版本', en: 'A rule with its versions' },
  allow: 'public',
  params: Type.Object({ id: Type.String({ maxLength: 120 }) }),
  query: Type.Object({ on: On }, { additionalProperties: false }),
  reply: Type.Object({
    on: Day,
    applies: Type.Union([RuleSchema, Type.Null()]),
    versions: Type.Array(Period),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', params: { id: 'audit.objection.answer' } },
    foreign: { as: 'unit-head', params: { id: 'audit.no-such.rule' } },
  },
  handler: async ({ db, params, query }) => {
    const on = await dayOf(db, query.on);
    const versions = await periods(db, sql`e.id = ${params.id}`);
    if (versions.length === 0) throw NotFound.with();
    const newest = Math.max(...versions.map(({ version }) => version));
    const found = versions.find(
      (p) => p.version === newest && p.validFrom <= on && (p.validTo === null || on < p.validTo),
    );
    const applies = found === undefined ? null : withoutTime(found);
    return { on, applies, versions };
  },
});

function withoutTime(period: Static<typeof Period>): Static<typeof RuleSchema> {
  const { recordedAt: _, ...rule } = period;
  return rule;
}

async function periods(db: Db, where: Sql): Promise<Static<typeof Period>[]> {
  const rows = await db.rows<RuleRow & { recordedAt: Date }>(
    sql`select ${COLUMNS} from ${FROM} where ${where} order by e.id, e.version desc, e.valid_from desc`,
  );
  return rows.map(({ recordedAt, ...row }) => ({ ...shownRule(ruleOf(row)), recordedAt: recordedAt.toISOString() }));
}

/** A rule as people see it: without the account of the verifier. */
export function shownRule(rule: Rule): Static<typeof RuleSchema> {
  const { digest: _, verified, decision, ...rest } = rule;
  return {
    ...rest,
    isDecision: decision !== undefined,
    verified: verified ? { name: verified.name, on: verified.on } : null,
  };
}

function holdsOn(on: string): Sql {
  return sql`e.valid_from <= ${on}::date and (e.valid_to is null or ${on}::date < e.valid_to)`;
}

async function dayOf(db: Db, on: string | undefined): Promise<string> {
  if (on !== undefined) {
    if (isCalendarDate(on)) return on;
    throw InvalidInput.with({
      fields: [{ pointer: '/query/on', rule: 'date', message: { zh: '没有这一天', en: 'is no day of the calendar' } }],
    });
  }
  const { today } = await db.one<{ today: string }>(
    sql`select (kernel.now() at time zone 'Asia/Shanghai')::date::text as today`,
  );
  return today;
}
