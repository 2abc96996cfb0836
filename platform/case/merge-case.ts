import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { carryOut } from './act.ts';
import { CaseNo, CaseParams } from './act-route.ts';
import { CASE_COLUMNS, type CaseRow, findCase, holdCase } from './case-row.ts';
import { type DuplicateLimits, likelierFirst, likenessOf } from './duplicates.ts';
import { NoDuplicate, REFUSALS } from './errors.ts';
import { CLOSED_STATES } from './lifecycle.ts';
import { incidentCase } from './resources.ts';
import { tell } from './tell.ts';

const MOST_CANDIDATES = 20;
/** One degree of latitude in metres: a box that is never too small, before the exact distance. */
const DEGREE_M = 110_000;

/** Cases that may be the same as this one (疑似重复), with the reasons; a person confirms. */
export const listDuplicates = route({
  method: 'GET',
  path: '/api/incident/cases/:no/duplicates',
  summary: { zh: '疑似重复的案件', en: 'Cases that may be the same' },
  allow: 'incident.case.operate',
  params: CaseParams,
  reply: Type.Object({
    candidates: Type.Array(
      Type.Object({
        ...itemOf(incidentCase, ['no', 'class', 'description', 'state', 'unit', 'reports', 'reportedAt']).properties,
        metres: Type.Integer(),
        minutes: Type.Integer(),
        sameClass: Type.Boolean(),
        text: Type.Number({ description: '文字相似度 0–1 / share of common pieces' }),
        bits: Type.Union([Type.Integer(), Type.Null()], {
          description: '照片指纹相差位数 / bits between the pictures',
        }),
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { no: 'fixture:incident-to-accept' } },
    foreign: { as: 'street-clerk', params: { no: 'fixture:foreign-incident' } },
  },
  handler: async ({ db, clock, params: { no } }) => {
    const row = await findCase(db, no);
    if (!row) throw NotFound.with();
    const limits = await duplicateLimits(db, clock.now());
    const found = await candidatesOf(db, row, limits);
    return {
      candidates: found.map(({ row: other, like }) => ({
        no: other.no,
        class: other.class,
        description: other.description,
        state: other.state,
        unit: other.unit,
        reports: other.reports,
        reportedAt: other.reportedAt.toISOString(),
        ...like,
      })),
    };
  },
});

export async function duplicateLimits(db: Db, now: Date): Promise<DuplicateLimits> {
  return amountsAt(
    db,
    {
      metres: { id: 'incident.duplicate.distance', unit: 'metre' },
      hours: { id: 'incident.duplicate.time', unit: 'hour' },
      bits: { id: 'incident.duplicate.picture', unit: 'bit' },
    },
    now,
  );
}

async function candidatesOf(db: Db, row: CaseRow, limits: DuplicateLimits) {
  const span = limits.hours * 3_600_000;
  const high = limits.metres / DEGREE_M;
  const wide = high / Math.cos((row.lat * Math.PI) / 180);
  const near = await db.rows<CaseRow>(sql`
    select ${CASE_COLUMNS} from incident.case_file c
    where c.street = ${row.street} and c.id <> ${row.id}::uuid and not c.state = any(${[...CLOSED_STATES]}::text[])
      and c.reported_at between ${new Date(row.reportedAt.getTime() - span)}::timestamptz and ${new Date(row.reportedAt.getTime() + span)}::timestamptz
      and c.lon between ${row.lon - wide}::float8 and ${row.lon + wide}::float8 and c.lat between ${row.lat - high}::float8 and ${row.lat + high}::float8
    order by c.reported_at desc limit 200`);
  return near
    .flatMap((other) => {
      const like = likenessOf(row, other, limits);
      return like ? [{ row: other, like }] : [];
    })
    .sort((a, b) => likelierFirst(a.like, b.like))
    .slice(0, MOST_CANDIDATES);
}

/** The case that is likeliest the same as one that was just reported (疑似重复), by its number; a person confirms. */
export async function likeliestTwin(db: Db, no: string, now: Date): Promise<string | undefined> {
  const row = await findCase(db, no);
  const [first] = row ? await candidatesOf(db, row, await duplicateLimits(db, now)) : [];
  return first?.row.no;
}

/**
 * Merges a report into a case that is open already (并案), before it is filed. Every reporter of it becomes one of the other case, and is told now
 * and at each further step: forty callers, one case, forty people who learn of it.
 */
export const mergeCase = route({
  method: 'POST',
  path: '/api/incident/cases/:no/merge',
  summary: { zh: '并案', en: 'Merge into another case' },
  allow: 'incident.case.operate',
  params: CaseParams,
  body: Type.Object({ into: CaseNo }, { additionalProperties: false }),
  reply: Type.Object({ no: Type.String(), into: Type.String(), reports: Type.Integer() }),
  errors: [NotFound, InvalidInput, NoDuplicate, ...new Set(Object.values(REFUSALS))],
  examples: {
    own: {
      as: 'street-clerk',
      params: { no: 'fixture:incident-to-merge' },
      body: { into: 'fixture:incident-to-take' },
    },
    foreign: {
      as: 'street-clerk',
      params: { no: 'fixture:foreign-incident' },
      body: { into: 'fixture:incident-to-take' },
    },
  },
  handler: async ({ db, actor, clock, params: { no }, body: { into } }) => {
    // Held in the order of their numbers, so that two merges cannot wait for each other.
    const [first, second] = [no, into].sort();
    const held = [await holdCase(db, first ?? ''), await holdCase(db, second ?? '')];
    const row = held.find((each) => each?.no === no);
    const master = held.find((each) => each?.no === into);
    if (!row || !master) throw NotFound.with();
    if (row.id === master.id || CLOSED_STATES.includes(master.state)) throw NoDuplicate.with();
    const now = clock.now();
    await carryOut({
      db,
      row,
      act: { act: 'merge' },
      hand: { roles: ['operator'], account: actor.account },
      now,
      brought: { mergedInto: master.id, data: { into: master.no } },
    });
    // The notice of the merge goes to them first, then they belong to the other case.
    const moved = await db.run(
      sql`update incident.report set case_id = ${master.id}::uuid where case_id = ${row.id}::uuid`,
    );
    await db.run(
      sql`update incident.case_file set reports = reports + ${moved}::int, updated_at = ${now}::timestamptz where id = ${master.id}::uuid`,
    );
    await db.run(sql`select kernel.add_link('duplicate_of', 'case', ${row.no}, 'case', ${master.no})`);
    tell(db, { caseId: master.id, at: now, kind: 'merged', shown: true, data: { from: row.no, reports: moved } });
    return { no: row.no, into: master.no, reports: master.reports + moved };
  },
});
