import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { Words } from './act-route.ts';
import { fileReport, type Report } from './file-report.ts';
import { heldReport } from './resources.ts';

const OPERATE = { allow: 'incident.case.operate' } as const;
/** Decided in one request; what is left is told, and the page goes on. */
const AT_ONCE = 200;
const PAGE = 100;
const Heap = Type.String({ minLength: 8, maxLength: 120, description: '批次标识 / keyed digest of the sender' });
const Chosen = {
  heap: Heap,
  /** Absent: the whole heap, the oldest first. */
  ids: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: AT_ONCE })),
};
const Moment = Type.String({ format: 'date-time' });

/** Why held reports are not taken in (不予受理的理由), coded. */
export const HELD_REASONS = ['repeated', 'not-ours', 'not-found', 'unclear', 'solved', 'false-report', 'test'] as const;

/**
 * Heaps of held reports (待核上报), the oldest first, and the reports of one. A heap is what one sender sent; who that is stands nowhere here. Streets see what
 * lies in their area.
 */
export const listHeld = route({
  ...OPERATE,
  method: 'GET',
  path: '/api/incident/held',
  summary: { zh: '待核上报', en: 'Held reports' },
  query: Type.Object({ heap: Type.Optional(Heap) }, { additionalProperties: false }),
  reply: Type.Object({
    heaps: Type.Array(
      Type.Object({
        heap: Type.String(),
        cause: Type.String(),
        /** Name of a third party with a key of its own; null for people, whose names are not shown. */
        holder: Type.Union([Type.String(), Type.Null()]),
        count: Type.Integer(),
        from: Moment,
        to: Moment,
        classes: Type.Array(Type.String()),
        streets: Type.Integer(),
        /** Different words among them: one text many times reads otherwise than many matters. */
        texts: Type.Integer(),
        cooling: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
    reports: Type.Array(
      itemOf(heldReport, [
        'id',
        'no',
        'source',
        'class',
        'text',
        'lon',
        'lat',
        'address',
        'street',
        'photos',
        'cause',
        'at',
        'sample',
      ]),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, query }) => {
    const heaps = await db.rows<{
      heap: string;
      cause: string;
      holder: string | null;
      count: number;
      from: Date;
      to: Date;
      classes: string[];
      streets: number;
      texts: number;
      cooling: string | null;
    }>(sql`
      select h.heap, max(h.cause) as cause, max(k.holder) as holder, count(*)::int as count, min(h.at) as "from", max(h.at) as "to", array_agg(distinct h.class) as classes,
        count(distinct h.street)::int as streets, count(distinct h.text)::int as texts,
        (select max(c.state) from incident.cooling c where c.heap = h.heap and c.state in ('proposed', 'on')) as cooling
      from incident.held_report h left join incident.api_key k on k.id = h.api_key
      where h.state = 'held' group by h.heap order by min(h.at), h.heap limit ${PAGE}::int`);
    const reports =
      query.heap === undefined
        ? []
        : await db.rows<Row>(sql`
            select ${COLUMNS} from incident.held_report where heap = ${query.heap} and state = 'held' order by at, id limit ${AT_ONCE}::int`);
    return {
      heaps: heaps.map((each) => ({ ...each, from: each.from.toISOString(), to: each.to.toISOString() })),
      reports: reports.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    };
  },
});

type Row = {
  id: string;
  no: string;
  source: string;
  class: string;
  text: string;
  lon: number;
  lat: number;
  address: string | null;
  street: string;
  photos: number;
  cause: string;
  at: Date;
  sample: boolean;
};
const COLUMNS = sql`id, no, source, class, text, lon, lat, address, street, photos, cause, at, sample`;

const Decided = Type.Object({
  done: Type.Integer(),
  left: Type.Integer({ description: '本批还有 / still held of this heap' }),
});

/**
 * Takes held reports in (转入受理): each becomes a case in the usual queue, with its own words, photos and receipt, and its clock starts now. At most 200 in
 * one request; `left` says how many wait still.
 */
export const takeHeldIn = route({
  ...OPERATE,
  method: 'POST',
  path: '/api/incident/held/take-in',
  summary: { zh: '待核上报转入受理', en: 'Take held reports in' },
  body: Type.Object(Chosen, { additionalProperties: false }),
  reply: Decided,
  errors: [NotFound],
  examples: { own: { as: 'street-clerk', body: { heap: 'fixture:held-heap', ids: ['fixture:held-to-take'] } } },
  prepare: ({ services }) => openAreaLocator(services),
  handler: async ({ db, actor, services, clock, body, prepared: locator }) => {
    const now = clock.now();
    const rows = await holdChosen(db, body);
    for (const row of rows) {
      const where = locator.whereabouts(row.lon, row.lat);
      // The areas that it lay in when it came stand, also where a border has moved since.
      const areas = where ?? {
        district: locator.name(row.street.slice(0, 6)),
        street: locator.name(row.street),
        committee: locator.name(row.committee),
        cell: locator.name(row.cell),
      };
      const made = await fileReport({
        db,
        services,
        now,
        where: areas,
        held: { id: row.id, caseId: row.caseId, token: row.token, at: row.at, sealed: row.contact },
        report: reportOf(row),
      });
      await db.run(sql`
        update incident.held_report set state = 'taken', case_no = ${made.no}, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz
        where id = ${row.id}::uuid`);
    }
    return { done: rows.length, left: await leftOf(db, body.heap) };
  },
});

/** Does not take them in (不予受理): a coded reason, and words that the reporter reads. Photos and words are kept as long as the record is. */
export const refuseHeld = route({
  ...OPERATE,
  method: 'POST',
  path: '/api/incident/held/refuse',
  summary: { zh: '待核上报不予受理', en: 'Refuse held reports' },
  body: Type.Object(
    { ...Chosen, reason: Type.Union(HELD_REASONS.map((each) => Type.Literal(each))), text: Words },
    { additionalProperties: false },
  ),
  reply: Decided,
  errors: [NotFound],
  examples: {
    own: {
      as: 'street-clerk',
      body: {
        heap: 'fixture:held-heap',
        ids: ['fixture:held-to-refuse'],
        reason: 'repeated',
        text: '同一问题已经受理，请勿重复上报',
      },
    },
  },
  handler: async ({ db, actor, clock, body }) => {
    const rows = await holdChosen(db, body);
    await db.run(sql`
      update incident.held_report set state = 'refused', reason = ${body.reason}, words = ${body.text}, decided_by = ${actor.account}, decided_name = ${actor.name},
        decided_at = ${clock.now()}::timestamptz
      where id = any(${rows.map(({ id }) => id)}::uuid[])`);
    return { done: rows.length, left: await leftOf(db, body.heap) };
  },
});

type Held = Row & {
  caseId: string;
  clientId: string;
  account: string;
  person: string | null;
  entity: string | null;
  contact: string | null;
  committee: string;
  cell: string;
  part: string | null;
  owner: string | null;
  keeper: string | null;
  flags: string[];
  picture: string | null;
  apiKey: string | null;
  mediaUrl: string | null;
  token: string;
};

/** What was chosen of a heap, held until the transaction ends: two desks that decide at once decide one after the other. NOT_FOUND where nothing is left. */
async function holdChosen(db: Db, { heap, ids }: { heap: string; ids?: readonly string[] }): Promise<Held[]> {
  const rows = await db.rows<Held>(sql`
    select ${COLUMNS}, case_id as "caseId", client_id as "clientId", account, person, entity, contact, committee, cell, part, owner, keeper, flags, picture,
      api_key as "apiKey", media_url as "mediaUrl", token
    from incident.held_report where heap = ${heap} and state = 'held' and (${ids === undefined}::boolean or id = any(${[...(ids ?? [])]}::uuid[]))
    order by at, id limit ${AT_ONCE}::int for update`);
  if (rows.length === 0) throw NotFound.with();
  return rows;
}

async function leftOf(db: Db, heap: string): Promise<number> {
  const { n } = await db.one<{ n: number }>(
    sql`select count(*)::int as n from incident.held_report where heap = ${heap} and state = 'held'`,
  );
  return n;
}

/** The report as it came; who sent it goes along unseen. Its photos hang on its case already. */
function reportOf(row: Held): Report {
  return {
    clientId: row.clientId,
    source: row.source as Report['source'],
    class: row.class,
    text: row.text,
    lon: row.lon,
    lat: row.lat,
    address: row.address ?? undefined,
    part: row.part ?? undefined,
    owner: row.owner,
    keeper: row.keeper,
    flags: row.flags,
    picture: row.picture ?? undefined,
    apiKey: row.apiKey ?? undefined,
    mediaUrl: row.mediaUrl ?? undefined,
    reporter: { account: row.account, person: row.person, entity: row.entity, contact: null },
  };
}
