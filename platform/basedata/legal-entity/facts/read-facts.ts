import { type Static, Type } from 'typebox';
import { locationOf } from '#platform/basedata/shared/buildings.ts';
import type { AttributeMark } from '#platform/access/attributes/register.ts';
import { shownAs, type View } from '#platform/access/attributes/view.ts';
import { type Db, ident } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { LocationSchema } from '#platform/basedata/shared/card-schema.ts';
import { LIFE_STATES, lifeOf } from '../life-cycle.ts';
import { licences, presences, roles } from '../resources.ts';
import { statementsOf } from '../statements.ts';
import { ROLE_MARKS } from './marks.ts';

const Maybe = Type.Union([Type.String(), Type.Null()]);

/** What hangs on an enterprise (一企一档的事实): life, places, people, licences, size. */
export const FactsSchema = Type.Object({
  uscc: itemOf(presences, ['uscc']).properties.uscc,
  life: Type.Array(
    Type.Object({
      state: Type.Enum([...LIFE_STATES]),
      on: Maybe,
      unit: Type.String(),
      doubtful: Type.Boolean(),
    }),
  ),
  size: Type.Object({
    class: Maybe,
    rule: Type.String(),
    verified: Type.Boolean({ description: 'false = the measure behind it is 待核' }),
  }),
  places: Type.Array(
    Type.Object({
      ...itemOf(presences, ['kind', 'address', 'buildingCode', 'room']).properties,
      since: Type.String(),
      location: LocationSchema,
      /** Firms registered on the same room: a cluster address (集中登记地) is a mark, not a fault. */
      sharing: Type.Integer(),
      crowded: Type.Boolean(),
    }),
  ),
  roles: Type.Array(
    Type.Object({
      ...itemOf(roles, ['kind', 'holder', 'holderKind', 'holderName']).properties,
      percent: Type.Union([Type.Number(), Type.Null()]),
      since: Maybe,
      nominee: Type.Boolean(),
    }),
  ),
  licences: Type.Array(
    Type.Object({
      ...itemOf(licences, ['number', 'kind', 'scope', 'issuer', 'validTo']).properties,
      expired: Type.Boolean(),
    }),
  ),
});
export type Facts = Static<typeof FactsSchema>;

/** The facts as known now, or at an instant. */
export async function readFacts(options: {
  db: Db;
  uscc: string;
  until: Date | undefined;
  now: Date;
  viewOf: (mark: AttributeMark) => View;
}): Promise<Facts> {
  const { db, uscc, until, now, viewOf } = options;
  const at = until ?? now;
  const open = (t: string) =>
    sql`${ident(t, 'tx_from')} <= ${at}::timestamptz and (${ident(t, 'tx_to')} is null or ${ident(t, 'tx_to')} > ${at}::timestamptz)`;
  const { crowd } = await amountsAt(db, { crowd: { id: 'legal-entity.address.crowded', unit: 'firm' } }, now);
  const places = await db.rows<{
    kind: string;
    address: string;
    buildingCode: string | null;
    room: string | null;
    since: Date;
    sharing: number;
  }>(sql`
    select p.kind, p.address, p.building_code as "buildingCode", p.room, p.tx_from as since,
      (select count(*)::int from legal_entity.presence o where o.building_code = p.building_code and o.room is not distinct from p.room and o.kind = 'registered' and o.tx_to is null
        and o.uscc <> p.uscc) as sharing
    from legal_entity.presence p where p.uscc = ${uscc} and ${open('p')}
    order by array_position(array['registered', 'premises', 'trading', 'business', 'tax'], p.kind)`);
  const holders = await db.rows<{
    kind: string;
    holder: string;
    holderKind: string;
    holderName: string | null;
    percent: string | null;
    since: string | null;
    nominee: boolean;
  }>(sql`
    select r.kind, r.holder, r.holder_kind as "holderKind", coalesce(e.name, r.holder_name) as "holderName", r.percent::text as percent, r.since::text as since, r.nominee
    from legal_entity.role r left join legal_entity.entity e on r.holder = 'uscc:' || e.uscc
    where r.uscc = ${uscc} and ${open('r')} order by r.kind <> 'shareholder', r.percent desc nulls last, r.holder`);
  const papers = await db.rows<{
    number: string;
    kind: string;
    scope: string | null;
    issuer: string;
    validTo: string | null;
    expired: boolean;
  }>(sql`
    select l.number, l.kind, l.scope, l.issuer, l.valid_to::text as "validTo", coalesce(l.valid_to < (${at}::timestamptz at time zone 'Asia/Shanghai')::date, false) as expired
    from legal_entity.licence l where l.uscc = ${uscc} and ${open('l')} order by l.kind, l.number`);
  const size = await db.first<{ size: string | null; verified: boolean }>(sql`
    select e.size_class as size, r.verified_on is not null as verified from legal_entity.entity e, rulebook.rule_at('legal-entity.size.class', ${now}::date, null) r where e.uscc = ${uscc}`);
  const statements = (await statementsOf(db, [uscc], until)).get(uscc) ?? [];
  const spots = new Map<string, Awaited<ReturnType<typeof locationOf>>>();
  for (const { buildingCode } of places)
    if (buildingCode !== null && !spots.has(buildingCode)) spots.set(buildingCode, await locationOf(db, buildingCode));
  const person = viewOf(ROLE_MARKS[0] as AttributeMark);
  return {
    uscc,
    life: lifeOf(statements).map(({ state, on, unit, doubtful }) => ({ state, on, unit, doubtful })),
    size: { class: size?.size ?? null, rule: 'legal-entity.size.class', verified: size?.verified ?? false },
    places: places.map((p) => ({
      ...p,
      since: p.since.toISOString(),
      location: spots.get(p.buildingCode ?? '') ?? null,
      crowded: p.kind === 'registered' && p.sharing + 1 >= crowd,
    })),
    roles: holders.map((r) => ({
      ...r,
      percent: r.percent === null ? null : Number(r.percent),
      holderName: r.holderKind === 'entity' ? r.holderName : shownAs(person, r.holderName),
    })),
    licences: papers,
  };
}
