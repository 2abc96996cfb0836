import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { clocksWhere, endClock, startClock } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { OVERSIGHT_UNIT } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';
import { demandClock } from './clocks.ts';
import { EntryNotOpen, OnNegativeList } from './register-errors.ts';

const strict = { additionalProperties: false };
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const List = Type.Union([Type.Literal('demand'), Type.Literal('duty'), Type.Literal('negative')]);
const Resource = Type.String({ pattern: '^[a-z][a-z0-9-]*\\.[a-z0-9.-]+$', maxLength: 120 });
const Title = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ maxLength: 200 }) },
  strict,
);
const Reason = Type.String({ minLength: 2, maxLength: 500 });
const Article = Type.String({ minLength: 2, maxLength: 200 });
const ListParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** A line of one of the three lists (需求·责任·负面清单). */
export const ListEntrySchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  list: List,
  unit: Type.String(),
  title: TextSchema,
  reason: Type.String(),
  article: MaybeText,
  resource: MaybeText,
  entry: MaybeText,
  validFrom: Type.String(),
  validTo: MaybeText,
  madeName: Type.String(),
  madeUnit: Type.String(),
  madeAt: Type.String(),
  state: Type.String(),
  endedReason: MaybeText,
  endedAt: MaybeText,
  clock: Type.Union([ClockSchema, Type.Null()]),
  escalatedAt: MaybeText,
  lateUnit: MaybeText,
  /** Whether the caller may end it, or answer the demand. */
  mayAct: Type.Boolean(),
});
type ListEntry = Static<typeof ListEntrySchema>;
type Row = Omit<ListEntry, 'madeAt' | 'endedAt' | 'clock' | 'escalatedAt' | 'mayAct'> & {
  madeAt: Date;
  endedAt: Date | null;
  clock: string | null;
  escalatedAt: Date | null;
};

async function readLists(db: Db, options: { where: Sql; now: Date }): Promise<ListEntry[]> {
  const rows = await db.rows<Row>(sql`
    select l.id, l.list, l.unit, l.title, l.reason, l.article, l.resource, l.entry, l.valid_from::text as "validFrom", l.valid_to::text as "validTo", l.made_name as "madeName",
      l.made_unit as "madeUnit", l.made_at as "madeAt", l.state, l.ended_reason as "endedReason", l.ended_at as "endedAt", l.clock, l.escalated_at as "escalatedAt", l.late_unit as "lateUnit"
    from catalog.list_entry l where ${options.where} order by l.state not in ('open', 'in-force'), l.made_at desc, l.id limit 500`);
  const clocks = new Map(
    (await clocksWhere(db, { ids: rows.map(({ clock }) => clock).filter((id) => id !== null) })).map((c) => [c.id, c]),
  );
  const { calendar } = await readCalendar(db);
  return rows.map((row) => {
    const clock = row.clock === null ? undefined : clocks.get(row.clock);
    return {
      ...row,
      madeAt: row.madeAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      escalatedAt: row.escalatedAt?.toISOString() ?? null,
      clock: clock ? clockView({ clock, kind: demandClock, now: options.now, calendar }) : null,
      mayAct: mayAct(db, row),
    };
  });
}

/** A demand is answered by its owner, when escalated also by the unit that runs the catalogue; the negative list is that unit's alone. */
function mayAct(db: Db, row: Pick<Row, 'list' | 'unit' | 'state' | 'escalatedAt'>): boolean {
  const { post, unit } = db.actor;
  if (post !== 'data-officer' || unit === undefined) return false;
  const oversees = unit === OVERSIGHT_UNIT;
  if (row.list === 'demand')
    return row.state === 'open' && (row.unit === unit || (oversees && row.escalatedAt !== null));
  return row.state === 'in-force' && (row.list === 'negative' ? oversees : row.unit === unit || oversees);
}

/** The three lists, each with owner, reason, article and dates. */
export const showLists = route({
  method: 'GET',
  path: '/api/catalog/lists',
  summary: { zh: '需求、责任、负面清单', en: 'Demand, duty and negative lists' },
  allow: 'catalog.register.read',
  query: Type.Object({ list: Type.Optional(List) }),
  reply: Type.Object({
    entries: Type.Array(ListEntrySchema),
    counts: Type.Object({ demand: Type.Integer(), duty: Type.Integer(), negative: Type.Integer() }),
    mayList: Type.Boolean(),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query: { list = 'demand' }, clock, actor }) => ({
    entries: await readLists(db, { where: sql`l.list = ${list}`, now: clock.now() }),
    counts: await db.one<{ demand: number; duty: number; negative: number }>(sql`
      select (count(*) filter (where list = 'demand' and state = 'open'))::int as demand, (count(*) filter (where list = 'duty' and state = 'in-force'))::int as duty,
        (count(*) filter (where list = 'negative' and state = 'in-force'))::int as negative from catalog.list_entry`),
    mayList:
      actor.post === 'data-officer' && (list === 'duty' || (list === 'negative' && actor.unit === OVERSIGHT_UNIT)),
  }),
});

/** Adds a duty of the own unit, or, by the unit that runs the catalogue, a line of the negative list: with reason, article and dates. */
export const addToList = route({
  method: 'POST',
  path: '/api/catalog/lists',
  summary: { zh: '列入清单', en: 'Add to a list' },
  allow: 'catalog.register.keep',
  body: Type.Object(
    {
      list: Type.Union([Type.Literal('duty'), Type.Literal('negative')]),
      title: Title,
      unit: Type.Optional(Type.String({ maxLength: 80 })),
      reason: Reason,
      article: Article,
      resource: Type.Optional(Resource),
      entry: Type.Optional(Type.String({ format: 'uuid' })),
      validFrom: Type.String({ format: 'date' }),
      validTo: Type.Optional(Type.String({ format: 'date' })),
    },
    strict,
  ),
  reply: ListEntrySchema,
  status: 201,
  examples: {
    own: {
      as: 'data-officer',
      body: {
        list: 'duty',
        title: { zh: '样例职责', en: 'A sample duty' },
        reason: '法定职责',
        article: '《样例条例》第一条',
        validFrom: '2026-01-01',
      },
    },
  },
  handler: async ({ db, body, actor, clock }) => {
    if (body.list === 'negative' && actor.unit !== OVERSIGHT_UNIT) throw NotFound.with();
    const faults: FieldFault[] = [];
    const fault = (pointer: string, message: Text) => faults.push({ pointer, rule: 'known', message });
    if (!isCalendarDate(body.validFrom)) fault('/validFrom', { zh: '日期不存在', en: 'is no date' });
    if (body.validTo !== undefined && (!isCalendarDate(body.validTo) || body.validTo < body.validFrom))
      fault('/validTo', { zh: '不能早于开始日期', en: 'cannot be before the first day' });
    const owner = await ownerOf(db, body);
    if (owner === null) fault('/resource', { zh: '目录中没有这一项', en: 'is not in the catalogue' });
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    const id = uuidv7();
    const unit = body.list === 'duty' ? (actor.unit ?? '') : (owner ?? body.unit ?? actor.unit ?? '');
    await db.run(sql`
      insert into catalog.list_entry (id, list, unit, title, reason, article, resource, entry, valid_from, valid_to, made_by, made_name, made_unit, made_at)
      values (${id}::uuid, ${body.list}, ${unit}, ${json(body.title)}::text::jsonb, ${body.reason}, ${body.article}, ${body.resource ?? null}::text, ${body.entry ?? null}::uuid,
        ${body.validFrom}::date, ${body.validTo ?? null}::date, ${actor.account}, ${actor.name}, ${actor.unit ?? ''}, kernel.now())`);
    await db.emit({ type: 'catalog.list.added', subject: id });
    return readLine(db, id, clock.now());
  },
});

/** The unit behind what a line names; undefined where it names nothing, null where that is not in the catalogue. */
async function ownerOf(db: Db, body: { resource?: string; entry?: string }): Promise<string | null | undefined> {
  if (body.resource === undefined && body.entry === undefined) return undefined;
  const found = await db.first<{ unit: string }>(
    body.resource === undefined
      ? sql`select unit from catalog.entry where id = ${body.entry ?? ''}::uuid and state = 'published'`
      : sql`select owner as unit from catalog.resource where id = ${body.resource}`,
  );
  return found?.unit ?? null;
}

async function readLine(db: Db, id: string, now: Date): Promise<ListEntry> {
  const [line] = await readLists(db, { where: sql`l.id = ${id}::uuid`, now });
  if (!line) throw NotFound.with();
  return line;
}

type HeldLine = { id: string; unit: string; clock: string | null; state: string };

async function holdLine(db: Db, id: string, where: Sql): Promise<HeldLine> {
  const held = await db.first<HeldLine>(
    sql`select l.id, l.unit, l.clock, l.state from catalog.list_entry l where l.id = ${id}::uuid and ${where} for update`,
  );
  if (!held) throw NotFound.with();
  return held;
}

/** Ends a duty or a line of the negative list, with the reason; it stays to be read. */
export const endLine = route({
  method: 'POST',
  path: '/api/catalog/lists/:id/end',
  summary: { zh: '移出清单', en: 'End a line of a list' },
  allow: 'catalog.register.keep',
  params: ListParams,
  body: Type.Object({ reason: Reason }, strict),
  reply: ListEntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:duty' }, body: { reason: '职责划转' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-duty' }, body: { reason: '职责划转' } },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const own = sql`l.unit = ${actor.unit ?? ''}`;
    const where = actor.unit === OVERSIGHT_UNIT ? sql`l.list <> 'demand'` : sql`(l.list = 'duty' and ${own})`;
    const line = await holdLine(db, params.id, where);
    if (line.state !== 'in-force') throw EntryNotOpen.with();
    await db.run(sql`
      update catalog.list_entry set state = 'ended', ended_at = kernel.now(), ended_name = ${actor.name}, ended_reason = ${body.reason},
        valid_to = greatest(valid_from, (kernel.now() at time zone 'Asia/Shanghai')::date) where id = ${line.id}::uuid`);
    await db.emit({ type: 'catalog.list.ended', subject: line.id });
    return readLine(db, line.id, clock.now());
  },
});

/** A unit tells what it needs and does not find in the catalogue (未编目需求). Its owner has its time to confirm and catalogue it. */
export const demand = route({
  method: 'POST',
  path: '/api/catalog/demands',
  summary: { zh: '提出数据需求', en: 'Tell a need that no item serves' },
  allow: 'catalog.demand.make',
  body: Type.Object(
    {
      title: Title,
      /** The unit that should have it. */
      unit: Type.String({ minLength: 1, maxLength: 80 }),
      reason: Reason,
      article: Type.Optional(Article),
      /** An item of the register that is meant, if any. */
      entry: Type.Optional(Type.String({ format: 'uuid' })),
    },
    strict,
  ),
  reply: ListEntrySchema,
  status: 201,
  errors: [OnNegativeList],
  examples: {
    own: {
      as: 'street-clerk',
      body: { title: { zh: '样例需求', en: 'A sample need' }, unit: 'civil-affairs', reason: '走访需要' },
    },
  },
  handler: async ({ db, body, actor, clock }) => {
    if (body.entry !== undefined) await assertNotNegative(db, { entry: body.entry });
    await assertNotNegative(db, { title: body.title.zh, unit: body.unit });
    const id = uuidv7();
    const running = await startClock(db, {
      kind: demandClock,
      subject: id,
      event: 'demanded',
      of: { unit: body.unit },
    });
    await db.run(sql`
      insert into catalog.list_entry (id, list, unit, title, reason, article, entry, valid_from, made_by, made_name, made_unit, made_at, state, clock)
      values (${id}::uuid, 'demand', ${body.unit}, ${json(body.title)}::text::jsonb, ${body.reason}, ${body.article ?? null}::text, ${body.entry ?? null}::uuid,
        (kernel.now() at time zone 'Asia/Shanghai')::date, ${actor.account}, ${actor.name}, ${actor.unit ?? ''}, kernel.now(), 'open', ${running.id}::uuid)`);
    await db.emit({ type: 'catalog.demand.made', subject: id });
    return readLine(db, id, clock.now());
  },
});

/** The owner answers: catalogued under this item, or not to be had, with reason and article. When it was silent, the catalogue's unit may. */
export const answerDemand = route({
  method: 'POST',
  path: '/api/catalog/demands/:id/answer',
  summary: { zh: '答复数据需求', en: 'Answer a need' },
  allow: 'catalog.register.keep',
  params: ListParams,
  body: Type.Union([
    Type.Object(
      {
        decision: Type.Literal('catalogued'),
        resource: Type.Optional(Resource),
        entry: Type.Optional(Type.String({ format: 'uuid' })),
      },
      strict,
    ),
    Type.Object({ decision: Type.Literal('refused'), reason: Reason, article: Article }, strict),
  ]),
  reply: ListEntrySchema,
  errors: [EntryNotOpen],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:demand' },
      body: { decision: 'refused', reason: '不掌握该数据', article: '《样例条例》第一条' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-demand' },
      body: { decision: 'refused', reason: '不掌握该数据', article: '《样例条例》第一条' },
    },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const own = sql`l.unit = ${actor.unit ?? ''}`;
    const mine = actor.unit === OVERSIGHT_UNIT ? sql`(${own} or l.escalated_at is not null)` : own;
    const line = await holdLine(db, params.id, sql`(l.list = 'demand' and ${mine})`);
    if (line.state !== 'open' || line.clock === null) throw EntryNotOpen.with();
    if (body.decision === 'catalogued') {
      const owner = await ownerOf(db, body);
      // Whoever was asked answers with what it has: an item of a third unit would close the need without anybody giving anything.
      if (owner !== line.unit || (body.resource !== undefined && body.entry !== undefined))
        throw InvalidInput.with({
          fields: [
            {
              pointer: '/resource',
              rule: 'known',
              message: { zh: '请选择被需求单位目录中的一项', en: 'choose one item of the unit that was asked' },
            },
          ],
        });
      await db.run(sql`
        update catalog.list_entry set state = 'catalogued', resource = ${body.resource ?? null}::text, entry = ${body.entry ?? null}::uuid, ended_at = kernel.now(), ended_name = ${actor.name}
        where id = ${line.id}::uuid`);
    } else
      await db.run(sql`
        update catalog.list_entry set state = 'refused', article = ${body.article}, ended_reason = ${body.reason}, ended_at = kernel.now(), ended_name = ${actor.name}
        where id = ${line.id}::uuid`);
    await endClock(db, { kind: demandClock, clock: line.clock });
    await db.emit({ type: `catalog.demand.${body.decision}`, subject: line.id });
    return readLine(db, line.id, clock.now());
  },
});

/** Refuses what stands on the negative list today (负面清单), with the article of its line. */
export async function assertNotNegative(
  db: Db,
  what: { resource: string } | { entry: string } | { title: string; unit: string },
): Promise<void> {
  const where =
    'resource' in what
      ? sql`l.resource = ${what.resource}`
      : 'entry' in what
        ? sql`l.entry = ${what.entry}::uuid`
        : sql`(l.unit = ${what.unit} and l.title->>'zh' = ${what.title})`;
  const line = await db.first<{ id: string; title: Text; article: string; reason: string }>(sql`
    select l.id, l.title, l.article, l.reason from catalog.list_entry l where l.list = 'negative' and l.state = 'in-force' and ${where}
      and l.valid_from <= (kernel.now() at time zone 'Asia/Shanghai')::date and (l.valid_to is null or l.valid_to >= (kernel.now() at time zone 'Asia/Shanghai')::date) limit 1`);
  if (!line) return;
  throw OnNegativeList.with({
    detail: {
      zh: `“${line.title.zh}”：${line.reason}（${line.article}）`,
      en: `“${line.title.en || line.title.zh}”: ${line.reason} (${line.article})`,
    },
    extra: { article: line.article, line: line.id },
  });
}
