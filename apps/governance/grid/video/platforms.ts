import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { rightTo } from './rights.ts';

export const NoRight = domainError({
  code: 'GRID_VIDEO_NO_RIGHT',
  status: 403,
  title: { zh: '没有调看这一辖区视频的授权', en: 'No right to look at this area' },
  action: {
    zh: '确有需要的，请申请限时授权，由对方审批。',
    en: 'Where it is needed, ask for a time-boxed grant; the other side decides.',
  },
});
export const OwnGrant = domainError({
  code: 'GRID_VIDEO_SEPARATION',
  status: 403,
  title: { zh: '申请人不能审批自己的申请', en: 'Who asks does not decide' },
  action: { zh: '请由平台管理单位的另一人审批。', en: 'Another person of the unit that runs the platform decides.' },
});
export const GrantDecided = domainError({
  code: 'GRID_VIDEO_DECIDED',
  status: 409,
  title: { zh: '这项授权已不在这一步', en: 'The grant is no longer at this step' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});

const Platform = Type.Object({
  id: Type.String(),
  level: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  area: Type.String(),
  unit: Type.String(),
  cameras: Type.Integer(),
  /** How the caller may look: own area, by grant (until when), or not. */
  right: Type.Union([Type.Literal('own'), Type.Literal('grant'), Type.Literal('none')]),
  until: Type.Union([Type.String(), Type.Null()]),
  decides: Type.Boolean(),
  sample: Type.Boolean(),
});
const Grant = Type.Object({
  id: Type.String(),
  platform: Type.String(),
  platformName: Type.String(),
  toUnit: Type.String(),
  reason: Type.String(),
  fromAt: Type.String({ format: 'date-time' }),
  untilAt: Type.String({ format: 'date-time' }),
  state: Type.String(),
  over: Type.Boolean(),
  askedName: Type.String(),
  decidedName: Type.Union([Type.String(), Type.Null()]),
  answer: Type.Union([Type.String(), Type.Null()]),
  mayDecide: Type.Boolean(),
  sample: Type.Boolean(),
});
type PlatformRow = {
  id: string;
  level: string;
  name: string;
  nameEn: string;
  area: string;
  unit: string;
  sample: boolean;
};
const PLATFORM = sql`p.id, p.level, p.name, p.name_en as "nameEn", p.area, p.unit, p.sample`;
type GrantRow = {
  id: string;
  platform: string;
  toUnit: string;
  state: string;
  fromAt: Date;
  untilAt: Date;
};

/** Grants that reach a unit for a platform. */
const grantsFor = (db: Db, platform: string, unit: string | undefined) =>
  db.rows<GrantRow>(sql`
    select id, platform, to_unit as "toUnit", state, from_at as "fromAt", until_at as "untilAt" from grid.video_grant
    where platform = ${platform} and to_unit = ${unit ?? ''} order by until_at desc`);

/** Whoever runs the platform decides on it; the centre may too. */
const decidesOn = (actor: Actor, platform: Pick<PlatformRow, 'unit'>): boolean =>
  actor.unit === platform.unit || actor.post === 'duty-officer';

/** The register of video platforms (一中心、十街道、廿九站), with what the caller may do, and the grants that concern them. */
export const listPlatforms = route({
  method: 'GET',
  path: '/api/grid/video/platforms',
  summary: { zh: '视频平台和授权', en: 'Video platforms and grants' },
  allow: 'grid.video.read',
  reply: Type.Object({ platforms: Type.Array(Platform), grants: Type.Array(Grant) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const platforms = await db.rows<PlatformRow & { cameras: number }>(sql`
      select ${PLATFORM}, (select count(*)::int from grid.video_camera c where c.platform = p.id) as cameras
      from grid.video_platform p order by array_position(array['centre', 'street', 'station'], p.level), p.area, p.id`);
    const grants = await db.rows<
      Omit<Static<typeof Grant>, 'fromAt' | 'untilAt' | 'over' | 'mayDecide'> & {
        fromAt: Date;
        untilAt: Date;
        askedBy: string;
        unit: string;
      }
    >(sql`
      select g.id, g.platform, p.name as "platformName", g.to_unit as "toUnit", g.reason, g.from_at as "fromAt", g.until_at as "untilAt", g.state, g.asked_name as "askedName",
        g.decided_name as "decidedName", g.answer, g.sample, g.asked_by as "askedBy", p.unit
      from grid.video_grant g join grid.video_platform p on p.id = g.platform
      where g.to_unit = ${actor.unit ?? ''} or p.unit = ${actor.unit ?? ''} or ${actor.reach === 'district'}::boolean order by g.state = 'requested' desc, g.until_at desc limit 200`);
    return {
      platforms: platforms.map((platform) => {
        const own = grants.filter((grant) => grant.platform === platform.id && grant.toUnit === actor.unit);
        const right = rightTo(actor, { area: platform.area, grants: own }, now);
        const by = own.find(({ id }) => id === right?.through);
        return {
          ...platform,
          right: !right ? ('none' as const) : right.through === null ? ('own' as const) : ('grant' as const),
          until: by?.untilAt.toISOString() ?? null,
          decides: decidesOn(actor, platform),
        };
      }),
      grants: grants.map(({ askedBy, unit, ...grant }) => ({
        ...grant,
        fromAt: grant.fromAt.toISOString(),
        untilAt: grant.untilAt.toISOString(),
        over: grant.untilAt <= now,
        mayDecide: grant.state === 'requested' && askedBy !== actor.account && decidesOn(actor, { unit }),
      })),
    };
  },
});

const Camera = Type.Object({
  id: Type.String(),
  name: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  committee: Type.String(),
  state: Type.String(),
});
const PlatformParams = Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }) });

/** Cameras of a platform (摄像机), and the last looks through them for whoever runs it. Without a right: 403. */
export const listCameras = route({
  method: 'GET',
  path: '/api/grid/video/platforms/:id/cameras',
  summary: { zh: '平台的摄像机和调看记录', en: 'Cameras of a platform and who looked' },
  allow: 'grid.video.read',
  params: PlatformParams,
  reply: Type.Object({
    cameras: Type.Array(Camera),
    views: Type.Array(
      Type.Object({
        camera: Type.String(),
        name: Type.String(),
        unit: Type.String(),
        at: Type.String({ format: 'date-time' }),
        reason: Type.String(),
        byGrant: Type.Boolean(),
      }),
    ),
  }),
  errors: [NotFound, NoRight],
  examples: { own: { as: 'street-clerk', params: { id: 'fixture:video-platform' } } },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const platform = await db.first<PlatformRow>(sql`select ${PLATFORM} from grid.video_platform p where p.id = ${id}`);
    if (!platform) throw NotFound.with();
    const grants = await grantsFor(db, id, actor.unit);
    if (!rightTo(actor, { area: platform.area, grants }, clock.now())) throw NoRight.with();
    const views = decidesOn(actor, platform)
      ? await db.rows<{ camera: string; name: string; unit: string; at: Date; reason: string; byGrant: boolean }>(sql`
          select camera, name, unit, at, reason, through is not null as "byGrant" from grid.video_view where platform = ${id} order by at desc limit 50`)
      : [];
    return {
      cameras: await db.rows<Static<typeof Camera>>(
        sql`select id, name, lon, lat, committee, state from grid.video_camera where platform = ${id} order by id`,
      ),
      views: views.map((view) => ({ ...view, at: view.at.toISOString() })),
    };
  },
});

/** Asks to look through a camera (调看): own area or a grant in force, else 403; each look is kept with its reason. No stream yet. */
export const viewCamera = route({
  method: 'POST',
  path: '/api/grid/video/cameras/:id/views',
  summary: { zh: '申请调看一路视频', en: 'Ask to look through a camera' },
  allow: 'grid.video.view',
  params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9-]{2,40}$' }) }),
  body: Type.Object({ reason: Type.String({ minLength: 4, maxLength: 500 }) }, { additionalProperties: false }),
  status: 201,
  reply: Type.Object({ view: Type.String(), camera: Type.String(), byGrant: Type.Boolean() }),
  errors: [NotFound, NoRight],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:video-camera' }, body: { reason: '核实占道堆物案件' } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const camera = await db.first<{ id: string; platform: string; area: string }>(sql`
      select c.id, c.platform, greatest(p.area, c.committee) as area from grid.video_camera c join grid.video_platform p on p.id = c.platform where c.id = ${id}`);
    if (!camera) throw NotFound.with();
    const now = clock.now();
    const grants = await grantsFor(db, camera.platform, actor.unit);
    const right = rightTo(actor, { area: camera.area, grants }, now);
    if (!right) throw NoRight.with();
    const view = uuidv7();
    await db.run(sql`
      insert into grid.video_view (id, camera, platform, account, name, unit, at, reason, through)
      values (${view}::uuid, ${id}, ${camera.platform}, ${actor.account}, ${actor.name}, ${actor.unit ?? ''}, ${now}::timestamptz, ${body.reason}, ${right.through}::uuid)`);
    await db.emit({ type: 'grid.video.viewed', subject: view });
    return { view, camera: id, byGrant: right.through !== null };
  },
});

/** Asks for a time-boxed grant to look at another area (跨区域授权申请). */
export const askGrant = route({
  method: 'POST',
  path: '/api/grid/video/platforms/:id/grants',
  summary: { zh: '申请跨区域限时授权', en: 'Ask for a time-boxed grant' },
  allow: 'grid.video.view',
  params: PlatformParams,
  body: Type.Object(
    { reason: Type.String({ minLength: 4, maxLength: 1000 }), hours: Type.Integer({ minimum: 1, maximum: 720 }) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-video-platform' },
      body: { reason: '两街道交界处偷倒垃圾联合核查', hours: 4 },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const now = clock.now();
    const { longest } = await amountsAt(db, { longest: { id: 'grid.video.longest', unit: 'hour' } }, now);
    if (body.hours > longest)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/hours',
            rule: 'maximum',
            message: { zh: `最长 ${longest} 小时`, en: `is more than ${longest} hours` },
          },
        ],
      });
    const platform = await db.first(sql`select 1 as there from grid.video_platform where id = ${id}`);
    if (!platform) throw NotFound.with();
    const grant = uuidv7();
    await db.run(sql`
      insert into grid.video_grant (id, platform, to_unit, reason, from_at, until_at, state, asked_by, asked_name, asked_at)
      values (${grant}::uuid, ${id}, ${actor.unit ?? ''}, ${body.reason}, ${now}::timestamptz, ${new Date(now.getTime() + body.hours * 3_600_000)}::timestamptz, 'requested',
        ${actor.account}, ${actor.name}, ${now}::timestamptz)`);
    await db.emit({ type: 'grid.video.grant-asked', subject: grant });
    return { id: grant };
  },
});

/** Decides on a grant (审批授权): another person than who asked, of the unit that runs the platform or the centre. Its time runs from the decision. */
export const decideGrant = route({
  method: 'POST',
  path: '/api/grid/video/grants/:id/decide',
  summary: { zh: '审批跨区域授权', en: 'Decide on a grant' },
  allow: 'grid.video.decide',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    { approve: Type.Boolean(), answer: Type.String({ minLength: 2, maxLength: 1000 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, OwnGrant, GrantDecided],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:video-grant' }, body: { approve: true, answer: '同意' } },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-video-grant' },
      body: { approve: true, answer: '同意' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const grant = await db.first<{ state: string; askedBy: string; unit: string; hours: number }>(sql`
      select g.state, g.asked_by as "askedBy", p.unit, extract(epoch from g.until_at - g.from_at)::float8 / 3600 as hours
      from grid.video_grant g join grid.video_platform p on p.id = g.platform where g.id = ${id}::uuid for update of g`);
    if (!grant || !(decidesOn(actor, grant) || grant.askedBy === actor.account)) throw NotFound.with();
    if (grant.askedBy === actor.account) throw OwnGrant.with();
    if (grant.state !== 'requested') throw GrantDecided.with();
    const now = clock.now();
    const state = body.approve ? 'approved' : 'refused';
    await db.run(sql`
      update grid.video_grant set state = ${state}, answer = ${body.answer}, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz,
        from_at = ${now}::timestamptz, until_at = ${new Date(now.getTime() + grant.hours * 3_600_000)}::timestamptz where id = ${id}::uuid`);
    await db.emit({ type: 'grid.video.grant-decided', subject: id });
    return { state };
  },
});
