import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findPart, PART_COLUMNS, PartSchema, type PartRow, partsNear } from './part-row.ts';
import { FARTHEST_M, MOST_NEAR } from './part-register.ts';
import { PART_CLASSES } from './part-classes.ts';

const PAGE = 50;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const ClassCode = Type.String({ pattern: '^[0-9]{4}$' });
export const CodeParams = Type.Object({ code: Type.String({ pattern: '^[0-9]{16}$', description: '部件代码' }) });

/** The register (部件列表) by code or its beginning, class, owner, keeper, state; fifty a page. Parts are public (L1). */
export const listParts = route({
  method: 'GET',
  path: '/api/grid/parts',
  summary: { zh: '部件列表', en: 'Register of parts' },
  allow: 'public',
  query: Type.Object(
    {
      code: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$', description: '代码或其开头' })),
      class: Type.Optional(ClassCode),
      owner: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
      state: Type.Optional(Type.Union([Type.Literal('in-use'), Type.Literal('missing'), Type.Literal('removed')])),
      committee: Type.Optional(Type.String({ pattern: '^[0-9]{9}([0-9]{3})?$', description: '街道或居委会' })),
      after: Type.Optional(Type.String({ pattern: '^[0-9]{16}$' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    parts: Type.Array(PartSchema),
    next: Type.Union([Type.String(), Type.Null()]),
    /** Units that own parts, for the choice. */
    owners: Type.Array(Type.Object({ unit: Type.String(), parts: Type.Integer() })),
  }),
  examples: { own: { as: 'anonymous', query: { class: '0101' } } },
  handler: async ({ db, query }) => {
    const { code = null, class: kind = null, owner = null, state = null, committee = null, after = null } = query;
    const rows = await db.rows<PartRow>(sql`
      select ${PART_COLUMNS} from grid.part
      where (${code}::text is null or (code >= ${code}::text and code < ${code === null ? null : `${code}:`}::text))
        and (${kind}::text is null or class = ${kind}::text) and (${owner}::text is null or owner = ${owner}::text)
        and (${state}::text is null or state = ${state}::text)
        and (${committee}::text is null or starts_with(committee, ${committee}::text)) and (${after}::text is null or code > ${after}::text)
      order by code limit ${PAGE + 1}::int`);
    return {
      parts: rows.slice(0, PAGE),
      next: rows.length > PAGE ? (rows[PAGE - 1]?.code ?? null) : null,
      owners: await db.rows<{ unit: string; parts: number }>(
        sql`select owner as unit, count(*)::int as parts from grid.part group by owner order by owner`,
      ),
    };
  },
});

/** What stands nearest to a place (附近部件), within so many metres. */
export const listNearParts = route({
  method: 'GET',
  path: '/api/grid/parts-near',
  summary: { zh: '附近的部件', en: 'Parts near a place' },
  allow: 'public',
  query: Type.Object(
    {
      lon: Type.Number({ minimum: -180, maximum: 180 }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      within: Type.Optional(
        Type.Number({ minimum: 1, maximum: FARTHEST_M, description: '米 / metres, 100 if absent' }),
      ),
      class: Type.Optional(ClassCode),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_NEAR })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    parts: Type.Array(Type.Object({ ...PartSchema.properties, distanceM: Type.Number() })),
  }),
  examples: { own: { as: 'anonymous', query: { lon: '121.468', lat: '31.2185' } } },
  handler: async ({ db, query: { lon, lat, within = 100, class: kind, limit = 10 } }) => ({
    parts: await partsNear(db, { lon, lat, withinM: within, class: kind, limit }),
  }),
});

/** Classes of parts (部件类别). */
export const listPartClasses = route({
  method: 'GET',
  path: '/api/grid/part-classes',
  summary: { zh: '部件类别', en: 'Classes of parts' },
  allow: 'public',
  reply: Type.Object({ classes: Type.Array(Type.Object({ code: Type.String(), name: Words })) }),
  examples: { own: { as: 'anonymous' } },
  handler: async () => ({ classes: [...PART_CLASSES] }),
});

/** One part with what was done with it (部件详情). */
export const showPart = route({
  method: 'GET',
  path: '/api/grid/parts/:code',
  summary: { zh: '部件详情', en: 'One part' },
  allow: 'public',
  params: CodeParams,
  reply: Type.Object({
    ...PartSchema.properties,
    history: Type.Array(
      Type.Object({
        at: Type.String({ format: 'date-time' }),
        kind: Type.String(),
        byUnit: Type.Union([Type.String(), Type.Null()]),
        reason: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { code: 'fixture:grid-part' } } },
  handler: async ({ db, params: { code } }) => {
    const row = await findPart(db, code);
    if (!row) throw NotFound.with();
    const history = await db.rows<{ at: Date; kind: string; byUnit: string | null; reason: string | null }>(
      sql`select at, kind, by_unit as "byUnit", reason from grid.part_change where part = ${code} order by seq desc limit 200`,
    );
    return { ...row, history: history.map((each) => ({ ...each, at: each.at.toISOString() })) };
  },
});

/** Cases at a part (部件案件) of the caller's own area, the newest first, by the grant of cases. */
export const listPartCases = route({
  method: 'GET',
  path: '/api/grid/parts/:code/cases',
  summary: { zh: '部件的案件', en: 'Cases at a part' },
  allow: 'grid.part.cases',
  params: CodeParams,
  reply: Type.Object({
    cases: Type.Array(
      Type.Object({
        no: Type.String(),
        class: Type.String(),
        state: Type.String(),
        reportedAt: Type.String({ format: 'date-time' }),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk', params: { code: 'fixture:grid-part' } } },
  handler: async ({ db, params: { code } }) => {
    const rows = await db.rows<{ no: string; class: string; state: string; reportedAt: Date }>(sql`
      select no, class, state, reported_at as "reportedAt" from ${db.share('case')} where part = ${code} order by reported_at desc, no desc limit 200`);
    return { cases: rows.map((each) => ({ ...each, reportedAt: each.reportedAt.toISOString() })) };
  },
});
