import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { operationTitle } from '../titles.ts';
import { objection } from './resources.ts';

/** The time in which an objection is to be answered. It never stands still: the unit holds all that it needs. */
export const objectionClock: ClockKind = {
  id: 'objection.answer',
  title: { zh: '答复异议', en: 'Answer an objection' },
  basis: 'audit.objection.answer',
  stops: [],
  step: 'answer',
};

export type ObjectionRow = {
  id: string;
  access_id: string;
  objector_person: string | null;
  objector_entity: string | null;
  objector_name: string;
  text: string;
  filed_at: Date;
  looker_account: string;
  looker_name: string;
  looker_unit: string | null;
  looked_at: Date;
  addressee: 'unit' | 'auditor';
  clock: string;
  state: 'open' | 'answered' | 'withdrawn';
  finding: 'justified' | 'not-justified' | null;
  answer: string | null;
  answered_name: string | null;
  closed_at: Date | null;
  purposeTitle: Text | null;
  purposeBasis: { source: string; article: string; en: string } | null;
  route: string;
  fields: string[];
};

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** What was done, in words: the operation, why and on which legal basis, and which data items. */
const Look = Type.Object({
  what: Words,
  purpose: Type.Union([Words, Type.Null()]),
  basis: Type.Union([Words, Type.Null()]),
  items: Type.Array(Words),
});
const PLAIN = [
  'id',
  'accessId',
  'text',
  'filedAt',
  'lookerName',
  'lookerUnit',
  'lookedAt',
  'addressee',
  'state',
  'finding',
  'answer',
  'answeredName',
  'closedAt',
] as const;

/** An objection as the objector sees it. */
export const OwnObjectionSchema = Type.Object({
  ...itemOf(objection, PLAIN).properties,
  look: Look,
  clock: ClockSchema,
});
/** The same for those who answer: with the name of the objector, whose data these are. */
export const ObjectionSchema = Type.Object({
  ...itemOf(objection, [...PLAIN, 'objectorPerson', 'objectorEntity', 'objectorName']).properties,
  look: Look,
  clock: ClockSchema,
  mayAnswer: Type.Boolean({ description: 'false: the caller looked, or it is closed' }),
});

/** Objections that the caller may see, with their clocks; `where` narrows what row security leaves. */
export async function readObjections(options: {
  db: Db;
  services: Services;
  now: Date;
  where: Sql;
}): Promise<Static<typeof ObjectionSchema>[]> {
  const { db, services, now, where } = options;
  const rows = await db.rows<ObjectionRow>(sql`
    select o.id, o.access_id, o.objector_person, o.objector_entity, o.objector_name, o.text, o.filed_at, o.looker_account, o.looker_name, o.looker_unit, o.looked_at,
      o.addressee, o.clock, o.state, o.finding, o.answer, o.answered_name, o.closed_at, p.title as "purposeTitle", p.basis as "purposeBasis", o.look_route as route, o.look_fields as fields
    from objection.objection o left join access.purpose p on p.code = o.look_purpose
    where ${where} order by o.state <> 'open', o.filed_at desc, o.id desc limit 200`);
  const clocks = new Map((await clocksWhere(db, { ids: rows.map(({ clock }) => clock) })).map((c) => [c.id, c]));
  const { calendar } = await readCalendar(db);
  const titleOf = operationTitle(services);
  return rows.map((row) => {
    const clock = clocks.get(row.clock);
    if (!clock) throw new Error(`objection ${row.id} has no clock`);
    return {
      id: row.id,
      accessId: row.access_id,
      objectorPerson: row.objector_person,
      objectorEntity: row.objector_entity,
      objectorName: row.objector_name,
      text: row.text,
      filedAt: row.filed_at.toISOString(),
      lookerName: row.looker_name,
      lookerUnit: row.looker_unit,
      lookedAt: row.looked_at.toISOString(),
      addressee: row.addressee,
      state: row.state,
      finding: row.finding,
      answer: row.answer,
      answeredName: row.answered_name,
      closedAt: row.closed_at?.toISOString() ?? null,
      look: {
        what: titleOf(row.route),
        purpose: row.purposeTitle,
        basis: row.purposeBasis && {
          zh: `《${row.purposeBasis.source}》${row.purposeBasis.article}`,
          en: row.purposeBasis.en,
        },
        items: itemsOf(row.fields, services),
      },
      clock: clockView({ clock, kind: objectionClock, now, calendar }),
      mayAnswer: row.state === 'open' && row.looker_account !== db.actor.account && mayAnswer(db.actor),
    };
  });
}

/** One objection; NOT_FOUND for one that the caller may not see, as for none. */
export async function readObjection(options: {
  db: Db;
  services: Services;
  now: Date;
  id: string;
}): Promise<Static<typeof ObjectionSchema>> {
  const [found] = await readObjections({ ...options, where: sql`o.id = ${options.id}::uuid` });
  if (!found) throw NotFound.with();
  return found;
}

export function ownView(shown: Static<typeof ObjectionSchema>): Static<typeof OwnObjectionSchema> {
  const { objectorPerson: _p, objectorEntity: _e, objectorName: _n, mayAnswer: _m, ...own } = shown;
  return own;
}

/** Condition on `objection.objection o` for what the caller has filed. */
export function filedBy(actor: Actor): Sql {
  return actor.post === 'enterprise-agent'
    ? sql`o.objector_entity = ${actor.entity ?? null}::text`
    : sql`o.objector_person = ${actor.person ?? null}::uuid`;
}

/** Condition for what the caller may answer: the head what is the unit's task, the auditor everything. */
export function answerableBy(actor: Actor): Sql {
  return actor.post === 'security-auditor'
    ? sql`true`
    : sql`o.addressee = 'unit' and o.looker_unit = ${actor.unit ?? null}::text`;
}

function mayAnswer(actor: Actor): boolean {
  return actor.kind === 'person' && (actor.post === 'unit-head' || actor.post === 'security-auditor');
}

/** Titles of the data items of a look, once each. */
function itemsOf(fields: readonly string[], services: Services): Text[] {
  const titles = fields.flatMap((name) => {
    const at = name.lastIndexOf('.');
    const title = services.registry.resource(name.slice(0, at))?.resource.fields[name.slice(at + 1)]?.title;
    return title ? [title] : [];
  });
  return [...new Map(titles.map((title) => [title.zh, title])).values()];
}
