import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import { FindingParams, FindingSchema, readFinding, readFindings } from './finding-record.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { FINDING_KINDS } from './kinds.ts';

/** The board of the reconciliation (户管比对): what is open, by kind and owner; the caller's unit first. */
export const listFindings = route({
  method: 'GET',
  path: '/api/legal-entity/findings',
  summary: { zh: '户管比对差异', en: 'Findings of the reconciliation' },
  allow: 'legal-entity.finding.read',
  query: Type.Object({
    kind: Type.Optional(Type.Enum([...FINDING_KINDS])),
    owner: Type.Optional(Type.String({ maxLength: 60 })),
    uscc: Type.Optional(Type.String({ maxLength: 18 })),
    state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('answered'), Type.Literal('closed')])),
    mine: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({
    findings: Type.Array(FindingSchema),
    counts: Type.Array(
      Type.Object({
        kind: Type.String(),
        state: Type.String(),
        findings: Type.Integer(),
        amber: Type.Integer(),
        overdue: Type.Integer(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer', query: { state: 'open' } } },
  handler: async ({ db, actor, clock, query }) => {
    const where = sql`true
      ${query.kind === undefined ? empty : sql`and f.kind = ${query.kind}`}
      ${query.owner === undefined ? empty : sql`and f.owner_unit = ${query.owner}`}
      ${query.uscc === undefined ? empty : sql`and f.uscc = ${query.uscc}`}
      ${query.state === undefined ? empty : sql`and f.state = ${query.state}`}
      ${query.mine === true ? sql`and f.owner_unit = ${actor.unit ?? ''}` : empty}`;
    const counts = await db.rows<{ kind: string; state: string; findings: number; amber: number; overdue: number }>(sql`
      select f.kind, f.state, count(*)::int as findings, count(*) filter (where f.state = 'open' and c.amber_at <= ${clock.now()}::timestamptz and c.due_at > ${clock.now()}::timestamptz)::int as amber,
        count(*) filter (where f.state = 'open' and c.due_at <= ${clock.now()}::timestamptz)::int as overdue
      from legal_entity.finding f join calendar.clock c on c.id = f.clock group by 1, 2 order by 1, 2`);
    return { findings: await readFindings({ db, now: clock.now(), where }), counts };
  },
});

/** One finding with its history. */
export const showFinding = route({
  method: 'GET',
  path: '/api/legal-entity/findings/:id',
  summary: { zh: '一条比对差异', en: 'One finding of the reconciliation' },
  allow: 'legal-entity.finding.read',
  params: FindingParams,
  reply: FindingSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:finding' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-finding' } },
  },
  handler: ({ db, clock, params: { id } }) => readFinding({ db, now: clock.now(), id }),
});
