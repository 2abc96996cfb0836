import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { type Clock, clocksWhere } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { OVERSIGHT_UNIT } from '../grant-record.ts';
import { changeClock, reviewClock } from './clocks.ts';
import { type Content, contentFaults, ContentSchema } from './content.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
export const EntryParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** An item of the register (目录项): what is in force, what is proposed, and the clocks of both. */
export const EntrySchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  unit: Type.String(),
  code: MaybeText,
  state: Type.Union([Type.Literal('draft'), Type.Literal('published'), Type.Literal('withdrawn')]),
  content: Type.Union([ContentSchema, Type.Null()]),
  version: Type.Integer(),
  publishedAt: MaybeText,
  revisedAt: MaybeText,
  withdrawnAt: MaybeText,
  sample: Type.Boolean(),
  proposal: Type.Union([
    Type.Object({
      kind: Type.Union([Type.Literal('new'), Type.Literal('revision'), Type.Literal('withdrawal')]),
      content: Type.Union([ContentSchema, Type.Null()]),
      name: Type.String(),
      why: MaybeText,
      submittedAt: MaybeText,
      returnedReason: MaybeText,
      clock: Type.Union([ClockSchema, Type.Null()]),
    }),
    Type.Null(),
  ]),
  change: Type.Union([Type.Object({ on: Type.String(), note: MaybeText, clock: ClockSchema }), Type.Null()]),
  steps: Type.Array(
    Type.Object({ at: Type.String(), step: Type.String(), name: MaybeText, unit: MaybeText, reason: MaybeText }),
  ),
  mayEdit: Type.Boolean(),
  mayReview: Type.Boolean(),
});
export type EntryView = Static<typeof EntrySchema>;

type Row = {
  id: string;
  unit: string;
  code: string | null;
  state: EntryView['state'];
  content: Content | null;
  version: number;
  publishedAt: Date | null;
  revisedAt: Date | null;
  withdrawnAt: Date | null;
  sample: boolean;
  proposal: 'new' | 'revision' | 'withdrawal' | null;
  proposed: Content | null;
  proposedBy: string | null;
  proposedName: string | null;
  proposedWhy: string | null;
  submittedAt: Date | null;
  reviewClock: string | null;
  returnedReason: string | null;
  changedOn: string | null;
  changeNote: string | null;
  changeClock: string | null;
  steps: EntryView['steps'] | null;
};

const COLUMNS = sql`e.id, e.unit, e.code, e.state, e.content, e.version, e.published_at as "publishedAt", e.revised_at as "revisedAt", e.withdrawn_at as "withdrawnAt", e.sample,
  e.proposal, e.proposed, e.proposed_by as "proposedBy", e.proposed_name as "proposedName", e.proposed_why as "proposedWhy", e.submitted_at as "submittedAt",
  e.review_clock as "reviewClock", e.returned_reason as "returnedReason", e.changed_on::text as "changedOn", e.change_note as "changeNote", e.change_clock as "changeClock"`;

/** Officers of the owner see what is proposed, and so do those who review it; everybody else sees what is in force. */
function seesProposals(db: Db, unit: string): boolean {
  const { actor } = db;
  return (
    actor.kind !== 'anonymous' &&
    (actor.unit === unit || actor.unit === OVERSIGHT_UNIT || actor.post === 'security-auditor') &&
    actor.post !== 'citizen'
  );
}

/** Items with proposals and clocks, as far as the caller may see them; `where` is on `catalog.entry e`. */
export async function readEntries(db: Db, options: { where: Sql; now: Date; limit?: number }): Promise<EntryView[]> {
  const rows = await db.rows<Row & { reviewable: boolean }>(sql`
    select ${COLUMNS}, ${reviewableBy(db.actor)} as reviewable, (select jsonb_agg(jsonb_build_object('at', s.at, 'step', s.step, 'name', s.name, 'unit', s.unit, 'reason', s.reason) order by s.seq desc)
      from catalog.entry_step s where s.entry = e.id) as steps
    from catalog.entry e where ${options.where} order by e.submitted_at nulls last, e.made_at desc, e.id limit ${options.limit ?? 200}::int`);
  const ids = rows.flatMap(({ reviewClock: a, changeClock: b }) => [a, b]).filter((id) => id !== null);
  const clocks = new Map((await clocksWhere(db, { ids })).map((clock) => [clock.id, clock]));
  const { calendar } = await readCalendar(db);
  const view = (id: string | null, kind: ClockKind) => {
    const clock: Clock | undefined = id === null ? undefined : clocks.get(id);
    return clock ? clockView({ clock, kind, now: options.now, calendar }) : null;
  };
  return rows
    .filter((row) => row.state === 'published' || seesProposals(db, row.unit))
    .map((row) => {
      const inside = seesProposals(db, row.unit);
      const own = db.actor.post === 'data-officer' && db.actor.unit === row.unit;
      const running = view(row.changeClock, changeClock);
      return {
        id: row.id,
        unit: row.unit,
        code: row.code,
        state: row.state,
        content: row.content,
        version: row.version,
        publishedAt: row.publishedAt?.toISOString() ?? null,
        revisedAt: row.revisedAt?.toISOString() ?? null,
        withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
        sample: row.sample,
        proposal:
          inside && row.proposal !== null
            ? {
                kind: row.proposal,
                content: row.proposed,
                name: row.proposedName ?? '',
                why: row.proposedWhy,
                submittedAt: row.submittedAt?.toISOString() ?? null,
                returnedReason: row.returnedReason,
                clock: view(row.reviewClock, reviewClock),
              }
            : null,
        change:
          inside && row.changedOn !== null && running
            ? { on: row.changedOn, note: row.changeNote, clock: running }
            : null,
        steps: inside ? (row.steps ?? []).map((step) => ({ ...step, at: new Date(step.at).toISOString() })) : [],
        mayEdit: own && row.state !== 'withdrawn' && row.submittedAt === null,
        mayReview: row.submittedAt !== null && row.reviewable && row.proposedBy !== db.actor.account,
      };
    });
}

export async function readEntry(db: Db, id: string, now: Date): Promise<EntryView> {
  const [entry] = await readEntries(db, { where: sql`e.id = ${id}::uuid`, now });
  if (!entry) throw NotFound.with();
  return entry;
}

/** An item held for a change; `where` says whose. Absent and not the caller's look the same. */
export async function holdEntry(db: Db, id: string, where: Sql): Promise<Omit<Row, 'steps'>> {
  const held = await db.first<Omit<Row, 'steps'>>(
    sql`select ${COLUMNS} from catalog.entry e where e.id = ${id}::uuid and ${where} for update`,
  );
  if (!held) throw NotFound.with();
  return held;
}

/** Items that the caller may review: of the own unit for its head, all for officers of the unit that runs the catalogue. */
export function reviewableBy(actor: Actor): Sql {
  if (actor.post === 'unit-head') return sql`e.unit = ${actor.unit ?? ''}`;
  return actor.post === 'data-officer' && actor.unit === OVERSIGHT_UNIT ? sql`true` : sql`false`;
}

/** The caller's own unit's item. */
export const ownEntry = (db: Db): Sql => sql`e.unit = ${db.actor.unit ?? ''}`;

/** Leaves a step that nobody can change, and an event. */
export async function entryStep(db: Db, options: { id: string; step: string; reason?: string | null }): Promise<void> {
  const { id, step, reason = null } = options;
  await db.run(sql`
    insert into catalog.entry_step (entry, at, step, account, name, unit, reason)
    values (${id}::uuid, kernel.now(), ${step}, ${db.actor.account}, ${db.actor.name}, ${db.actor.unit ?? null}::text, ${reason}::text)`);
  await db.emit({ type: `catalog.entry.${step}`, subject: id });
}

/** Refuses metadata that the rules of the register do not allow, each fault at its place. */
export async function assertContent(db: Db, content: Content): Promise<void> {
  const classes = new Set(
    (await db.rows<{ code: string }>(sql`select code from catalog.class`)).map(({ code }) => code),
  );
  const faults = contentFaults(content, classes);
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
}
