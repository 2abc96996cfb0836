import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { computeEdition, monthOf } from './compute-edition.ts';
import { POST_FORMULAE, readPostInputs } from './posts-of-acts.ts';
import { type Flag, FORMULAE } from './score.ts';

export const NotOver = domainError({
  code: 'GRID_MONTH_NOT_OVER',
  status: 409,
  title: { zh: '这个月还没有结束', en: 'The month is not over' },
  action: { zh: '月份结束后再编制评价。', en: 'Evaluate it once it has ended.' },
});
export const DraftWaits = domainError({
  code: 'GRID_DRAFT_WAITS',
  status: 409,
  title: { zh: '这个月已有待公布的评价', en: 'A draft of this month waits to be published' },
  action: { zh: '请先公布它。', en: 'Publish that one first.' },
});
export const Published = domainError({
  code: 'GRID_PUBLISHED',
  status: 409,
  title: { zh: '已经公布，不能再改', en: 'Published, and not changed any more' },
  action: { zh: '需要更正时，请编制新的版次。', en: 'To correct it, make a new edition.' },
});

const Period = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Maybe = Type.Union([Type.Number(), Type.Null()]);
const Edition = Type.Object({
  id: Type.String(),
  period: Type.String(),
  edition: Type.Integer(),
  state: Type.String(),
  computedAt: Type.String({ format: 'date-time' }),
  computedName: Type.String(),
  reason: MaybeText,
  publishedAt: MaybeText,
  publishedName: MaybeText,
  sample: Type.Boolean(),
});
const ScoreItem = Type.Object({
  kind: Type.String(),
  object: Type.String(),
  indicator: Type.String(),
  numerator: Type.Integer(),
  denominator: Type.Integer(),
  value: Maybe,
  rank: Type.Union([Type.Integer(), Type.Null()]),
  holders: Type.Union([Type.Integer(), Type.Null()]),
});
const FormulaItem = Type.Object({
  id: Type.String(),
  title: Type.Object({ zh: Type.String(), en: Type.String() }),
  zh: Type.String(),
  en: Type.String(),
  feel: Type.String(),
  better: Type.String(),
});
type EditionRow = Omit<Static<typeof Edition>, 'computedAt' | 'publishedAt'> & {
  computedAt: Date;
  publishedAt: Date | null;
};
const COLUMNS = sql`id, period, edition, state, computed_at as "computedAt", computed_name as "computedName", reason, published_at as "publishedAt", published_name as "publishedName", sample`;
const shown = (row: EditionRow): Static<typeof Edition> => ({
  ...row,
  computedAt: row.computedAt.toISOString(),
  publishedAt: row.publishedAt?.toISOString() ?? null,
});
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Editions of the monthly evaluation (评价版次), drafts with them. */
export const listEditions = route({
  method: 'GET',
  path: '/api/grid/evaluation/editions',
  summary: { zh: '月度评价的各版次', en: 'Editions of the monthly evaluation' },
  allow: 'grid.evaluation.read',
  reply: Type.Object({ editions: Type.Array(Edition) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db }) => ({
    editions: (
      await db.rows<EditionRow>(
        sql`select ${COLUMNS} from grid.evaluation_edition order by period desc, edition desc limit 60`,
      )
    ).map(shown),
  }),
});

/** One edition with its numbers and the formulae that made them. */
export const showEdition = route({
  method: 'GET',
  path: '/api/grid/evaluation/editions/:id',
  summary: { zh: '一个版次的评价', en: 'One edition' },
  allow: 'grid.evaluation.read',
  params: Id,
  reply: Type.Object({ ...Edition.properties, scores: Type.Array(ScoreItem), formulae: Type.Array(FormulaItem) }),
  errors: [NotFound],
  examples: { own: { as: 'street-clerk', params: { id: 'fixture:evaluation-published' } } },
  handler: async ({ db, params: { id } }) => {
    const row = await db.first<EditionRow & { formulae: Static<typeof FormulaItem>[] }>(
      sql`select ${COLUMNS}, formulae from grid.evaluation_edition where id = ${id}::uuid`,
    );
    if (!row) throw NotFound.with();
    const { formulae, ...edition } = row;
    return {
      ...shown(edition),
      formulae: formulae.map(({ id: formula, title, zh, en, feel, better }) => ({
        id: formula,
        title,
        zh,
        en,
        feel,
        better,
      })),
      scores: await db.rows<Static<typeof ScoreItem>>(sql`
        select kind, object, indicator, numerator, denominator, value, rank, holders from grid.evaluation_score where edition = ${id}::uuid
        order by array_position(array['district', 'area', 'department', 'post'], kind), rank nulls last, object`),
    };
  },
});

const FactItem = Type.Object({
  no: Type.String(),
  class: Type.String(),
  street: Type.String(),
  unit: MaybeText,
  counts: Type.Boolean({ description: '计入分子 / counts in the numerator' }),
});

/** The cases behind one number (穿透到案件): all of its denominator, each with whether it counts above the line. Cases that the caller may see only. */
export const drillEdition = route({
  method: 'GET',
  path: '/api/grid/evaluation/editions/:id/cases',
  summary: { zh: '一个数字背后的案件', en: 'The cases behind one number' },
  allow: 'grid.evaluation.read',
  params: Id,
  query: Type.Object(
    {
      kind: Type.Union([
        Type.Literal('district'),
        Type.Literal('area'),
        Type.Literal('department'),
        Type.Literal('post'),
      ]),
      object: Type.String({ minLength: 2, maxLength: 60 }),
      indicator: Type.Union([...FORMULAE, ...POST_FORMULAE].map(({ id }) => Type.Literal(id))),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ cases: Type.Array(FactItem), numerator: Type.Integer(), denominator: Type.Integer() }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:evaluation-published' },
      query: { kind: 'area', object: 'fixture:incident-place', indicator: 'handling-rate' },
    },
  },
  handler: async ({ db, params: { id }, query }) => {
    const found = await db.first(sql`select 1 as there from grid.evaluation_edition where id = ${id}::uuid`);
    if (!found) throw NotFound.with();
    if (query.kind === 'post') return drillPost(db, id, query.object);
    const formula = FORMULAE.find((each) => each.id === query.indicator);
    if (!formula) throw NotFound.with();
    const rows = await db.rows<Record<Flag, boolean> & Omit<Static<typeof FactItem>, 'counts'> & { seen: boolean }>(sql`
      select f.no, f.class, f.street, f.unit, f.reported, f.established, f.due, f.closed, f.handled, f.on_time as "onTime", f.reworked, f.closed_in as "closedIn", f.reopened,
        f.rated, f.satisfied, c.id is not null as seen
      from grid.evaluation_fact f left join ${db.share('case')} c on c.id = f.case_id
      where f.edition = ${id}::uuid and (${query.kind} = 'district' or (${query.kind} = 'area' and f.street = ${query.object}) or (${query.kind} = 'department' and f.unit = ${query.object}))
      order by f.no`);
    const base = rows.filter((row) => row[formula.denominator.fact]);
    const counts = (row: Record<Flag, boolean>) => row[formula.numerator.fact];
    return {
      numerator: base.filter(counts).length,
      denominator: base.length,
      cases: base
        .filter(({ seen }) => seen)
        .slice(0, 500)
        .map((row) => ({ no: row.no, class: row.class, street: row.street, unit: row.unit, counts: counts(row) })),
    };
  },
});

/** Cases behind the figure of a post; none where the figure is withheld. A case stands once for each step. */
async function drillPost(db: Db, edition: string, object: string) {
  const score = await db.first<{ numerator: number; denominator: number }>(sql`
    select numerator, denominator from grid.evaluation_score where edition = ${edition}::uuid and kind = 'post' and object = ${object}`);
  if (!score) throw NotFound.with();
  const [post = '', unit] = object.split('@');
  const cases =
    score.denominator === 0
      ? []
      : await db.rows<Static<typeof FactItem>>(sql`
          select f.no, f.class, f.street, f.unit, f.on_time as counts from grid.evaluation_post_fact f join ${db.share('case')} c on c.id = f.case_id
          where f.edition = ${edition}::uuid and f.post = ${post} and (${unit ?? null}::text is null or f.unit = ${unit ?? null}::text) order by f.no, f.done_at limit 500`);
  return { ...score, cases };
}

/** Computes a month (编制评价): the first edition, or a correction of what was published, with its reason. */
export const makeEdition = route({
  method: 'POST',
  path: '/api/grid/evaluation/editions',
  summary: { zh: '编制月度评价或更正版', en: 'Evaluate a month, or correct it' },
  allow: 'grid.evaluation.publish',
  body: Type.Object(
    { period: Period, reason: Type.Optional(Type.String({ minLength: 4, maxLength: 1000 })) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String(), edition: Type.Integer() }),
  errors: [NotOver, DraftWaits, InvalidInput],
  examples: { own: { as: 'duty-officer', body: { period: '2025-11' } } },
  prepare: ({ body, services }) => readPostInputs(services, monthOf(body.period)),
  handler: async ({ db, actor, clock, body, prepared: posts }) => {
    const now = clock.now();
    if (body.period >= shanghaiDate(now).slice(0, 7)) throw NotOver.with();
    await db.run(sql`select pg_advisory_xact_lock(hashtext(${`grid.evaluation ${body.period}`}))`);
    const before = await db.rows<{ state: string }>(
      sql`select state from grid.evaluation_edition where period = ${body.period}`,
    );
    if (before.some(({ state }) => state === 'draft')) throw DraftWaits.with();
    if (before.length > 0 && body.reason === undefined)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/reason',
            rule: 'required',
            message: { zh: '更正已公布的评价要说明理由', en: 'say why what was published is corrected' },
          },
        ],
      });
    const district = actor.area?.slice(0, 6) ?? '';
    const { id, edition } = await computeEdition({
      db,
      actor,
      period: body.period,
      district,
      now,
      reason: before.length > 0 ? body.reason : undefined,
      posts,
    });
    return { id, edition };
  },
});

/** Publishes an edition (公布): by a person, once; nothing of it changes afterwards. */
export const publishEdition = route({
  method: 'POST',
  path: '/api/grid/evaluation/editions/:id/publish',
  summary: { zh: '公布月度评价', en: 'Publish an edition' },
  allow: 'grid.evaluation.publish',
  params: Id,
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, Published],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:evaluation-draft' } } },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const row = await db.first<{ state: string }>(
      sql`select state from grid.evaluation_edition where id = ${id}::uuid for update`,
    );
    if (!row) throw NotFound.with();
    if (row.state === 'published') throw Published.with();
    await db.run(sql`
      update grid.evaluation_edition set state = 'published', published_by = ${actor.account}, published_name = ${actor.name}, published_at = ${clock.now()}::timestamptz
      where id = ${id}::uuid`);
    await db.emit({ type: 'grid.evaluation.published', subject: id });
    return { state: 'published' };
  },
});

/** The newest edition of each published month for everybody (公开的评价): numbers and plain words. */
export const showPublished = route({
  method: 'GET',
  path: '/api/grid/evaluation',
  summary: { zh: '已公布的城市管理评价', en: 'Published evaluation' },
  allow: 'public',
  query: Type.Object({ period: Type.Optional(Period) }, { additionalProperties: false }),
  reply: Type.Object({
    periods: Type.Array(Type.String()),
    edition: Type.Union([
      Type.Object({
        period: Type.String(),
        edition: Type.Integer(),
        publishedAt: Type.String({ format: 'date-time' }),
        reason: MaybeText,
        sample: Type.Boolean(),
      }),
      Type.Null(),
    ]),
    formulae: Type.Array(FormulaItem),
    scores: Type.Array(ScoreItem),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, query }) => {
    const editions = await db.rows<EditionRow & { formulae: Static<typeof FormulaItem>[] }>(sql`
      select distinct on (period) ${COLUMNS}, formulae from grid.evaluation_edition where state = 'published' order by period desc, edition desc`);
    const chosen = editions.find(({ period }) => period === query.period) ?? editions[0];
    return {
      periods: editions.map(({ period }) => period),
      edition: chosen
        ? {
            period: chosen.period,
            edition: chosen.edition,
            publishedAt: chosen.publishedAt?.toISOString() ?? '',
            reason: chosen.reason,
            sample: chosen.sample,
          }
        : null,
      formulae: (chosen?.formulae ?? []).map(({ id, title, zh, en, feel, better }) => ({
        id,
        title,
        zh,
        en,
        feel,
        better,
      })),
      scores: chosen
        ? await db.rows<Static<typeof ScoreItem>>(sql`
            select kind, object, indicator, numerator, denominator, value, rank, holders from grid.evaluation_score where edition = ${chosen.id}::uuid
            order by array_position(array['district', 'area', 'department', 'post'], kind), rank nulls last, object`)
        : [],
    };
  },
});
