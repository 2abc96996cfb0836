import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { Conflict, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ApproverIsPreparer, ReleaseClosed, ReleaseEmpty } from './errors.ts';
import { frequencyOf } from './period.ts';
import { worksOn } from './readers.ts';
import { releases } from './resources.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const base = itemOf(releases, ['id', 'title', 'period', 'owner', 'embargoUntil', 'state']).properties;
export const ReleaseSchema = {
  ...base,
  preparedName: Nullable,
  approvedName: Nullable,
  publishedAt: Nullable,
  badge: Type.String(),
  values: Type.Integer(),
  /** The caller's unit answers for it: it may be prepared or approved here. */
  mine: Type.Boolean(),
  /** What the caller may do with it now, so that the page offers no more; the policy decides. */
  sends: Type.Boolean(),
  approves: Type.Boolean(),
};

export type ReleaseRow = {
  id: string;
  title: Text;
  period: string;
  owner: string;
  embargoUntil: Date;
  state: string;
  preparedBy: string | null;
  preparedName: string | null;
  approvedName: string | null;
  publishedAt: Date | null;
  badge: string;
  values: number;
};

const COLUMNS = sql`r.id, r.title, r.period, r.owner, r.embargo_until as "embargoUntil", r.state, r.prepared_by as "preparedBy", r.prepared_name as "preparedName",
  r.approved_name as "approvedName", r.published_at as "publishedAt", r.badge, (select count(*)::int from economy.observation o where o.release = r.id) as values`;

/** What anybody may know of a release before its time: that it comes, when, and from whom; not how much is in it. */
export function shownRelease(row: ReleaseRow, actor: Actor) {
  const { preparedBy, ...rest } = row;
  const mine = worksOn(actor, row.owner);
  const waits = row.state === 'planned' || row.state === 'loaded';
  const open = mine || row.state === 'published';
  return {
    ...rest,
    embargoUntil: row.embargoUntil.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    preparedName: open ? row.preparedName : null,
    approvedName: open ? row.approvedName : null,
    values: open ? row.values : 0,
    mine,
    sends: mine && waits && actor.post === 'data-officer',
    approves: mine && row.state === 'loaded' && actor.post === 'unit-head' && preparedBy !== actor.account,
  };
}

export async function readRelease(db: Db, id: string): Promise<ReleaseRow | undefined> {
  return db.first<ReleaseRow>(sql`select ${COLUMNS} from economy.release r where r.id = ${id}::uuid`);
}

/** Release calendar (发布日历): what comes, with its moment, and what came. */
export const listReleases = route({
  method: 'GET',
  path: '/api/economy/releases',
  summary: { zh: '发布日历', en: 'Release calendar' },
  allow: 'public',
  reply: Type.Object({ releases: Type.Array(Type.Object(ReleaseSchema)), now: Type.String(), plans: Type.Boolean() }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, actor, clock }) => {
    const rows = await db.rows<ReleaseRow>(
      sql`select ${COLUMNS} from economy.release r order by r.embargo_until desc limit 80`,
    );
    return {
      releases: rows.map((row) => shownRelease(row, actor)),
      now: clock.now().toISOString(),
      plans: actor.post === 'data-officer',
    };
  },
});

/** Puts a release on the calendar (排定发布): period and the minute from which on its figures are public. */
export const planRelease = route({
  method: 'POST',
  path: '/api/economy/releases',
  summary: { zh: '排定一期发布', en: 'Plan a release' },
  allow: 'economy.load.send',
  body: Type.Object(
    {
      title: Type.Object(
        { zh: Type.String({ minLength: 2, maxLength: 80 }), en: Type.String({ minLength: 2, maxLength: 120 }) },
        { additionalProperties: false },
      ),
      period: Type.String({ pattern: '^\\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$' }),
      embargoUntil: Type.String({ format: 'date-time' }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String(), state: Type.String() }),
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      body: {
        title: { zh: '2026年11月月报', en: 'Monthly figures, November 2026' },
        period: '2026-11',
        embargoUntil: '2030-12-18T02:00:00Z',
      },
    },
  },
  handler: async ({ db, actor, body, clock }) => {
    if (Date.parse(body.embargoUntil) < clock.now().getTime() - 60_000 || frequencyOf(body.period) === undefined)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/embargoUntil',
            rule: 'future',
            message: { zh: '发布时间不能早于现在', en: 'the moment of release cannot lie in the past' },
          },
        ],
      });
    const id = uuidv7();
    await db.run(sql`
      insert into economy.release (id, title, period, owner, embargo_until, state, badge)
      values (${id}::uuid, ${json(body.title)}::text::jsonb, ${body.period}, ${actor.unit ?? ''}, ${body.embargoUntil}::timestamptz, 'planned',
        coalesce((select badge from economy.series limit 1), 'real'))`);
    await db.emit({ type: 'economy.release.planned', subject: id, data: { release: id } });
    return { id, state: 'planned' };
  },
});

/** Approves a release (审批发布): by somebody else than who prepared it. From its moment on the figures are public. */
export const approveRelease = route({
  method: 'POST',
  path: '/api/economy/releases/:id/approve',
  summary: { zh: '审批发布', en: 'Approve a release' },
  allow: 'economy.release.approve',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ id: Type.String(), state: Type.String() }),
  errors: [NotFound, ApproverIsPreparer, ReleaseClosed, ReleaseEmpty, Conflict],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:economy-loaded' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:economy-foreign' } },
  },
  handler: async ({ db, actor, params, clock, services }) => {
    const row = await db.first<{ owner: string; state: string; prepared: string | null; open: number }>(sql`
      select r.owner, r.state, r.prepared_by as prepared, (select count(*)::int from economy.load l where l.release = r.id and l.state = 'questioned') as open
      from economy.release r where r.id = ${params.id}::uuid for update`);
    if (!row || row.owner !== actor.unit) throw NotFound.with();
    if (row.prepared === actor.account) throw ApproverIsPreparer.with();
    if (row.state === 'planned') throw ReleaseEmpty.with();
    if (row.state !== 'loaded') throw ReleaseClosed.with();
    if (row.open > 0)
      throw Conflict.with({
        detail: { zh: '还有报送等待说明原因', en: 'a load still waits for reasons' },
      });
    await db.run(sql`
      update economy.release set state = 'approved', approved_by = ${actor.account}, approved_name = ${actor.name}, approved_at = ${clock.now()}::timestamptz where id = ${params.id}::uuid`);
    await db.emit({ type: 'economy.release.approved', subject: params.id, data: { release: params.id } });
    services.wake();
    return { id: params.id, state: 'approved' };
  },
});
