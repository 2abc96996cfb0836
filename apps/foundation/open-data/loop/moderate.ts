import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { PORTAL_UNIT } from '../scope.ts';
import { Done, Line } from '../shapes.ts';
import { wishClock } from './clocks.ts';

export type Kind = 'wish' | 'feedback' | 'reuse';

/** Words in a text that a person looks at before others see it; the list is a rule of the district. */
export async function abusiveWords(db: Db, ...texts: string[]): Promise<string[]> {
  const { value } = await ruleAt(db, 'open-data.abusive');
  const words = typeof value === 'object' ? value.rows.map(([word]) => String(word)) : [];
  // Signs and spaces between the characters do not hide a word.
  const plain = texts
    .join('\n')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '');
  return words.filter((word) => plain.includes(word.toLowerCase()));
}

export async function noteModeration(
  db: Db,
  step: { kind: Kind; subject: string; step: 'held' | 'hidden' | 'shown'; words?: readonly string[]; reason?: string },
): Promise<void> {
  await db.run(sql`insert into open_data.moderation (id, kind, subject, step, words, reason, by_account, by_name, at)
    values (${uuidv7()}::uuid, ${step.kind}, ${step.subject}::uuid, ${step.step}, ${[...(step.words ?? [])]}::text[], ${step.reason ?? null}::text,
      ${step.step === 'held' ? 'system:moderation' : db.actor.account}, ${step.step === 'held' ? '自动筛查' : db.actor.name}, kernel.now())`);
}

const TABLES: Record<Kind, Sql> = {
  wish: sql`open_data.wish`,
  feedback: sql`open_data.feedback`,
  reuse: sql`open_data.reuse`,
};

const hide = (kind: Kind, id: string): Sql =>
  sql`update ${TABLES[kind]} set hidden_at = kernel.now() where id = ${id}::uuid and hidden_at is null`;

/** Shows a text again as it stood; what nobody had looked at yet begins. */
const SHOW: Record<Kind, (id: string) => Sql> = {
  wish: (id) =>
    sql`update open_data.wish set hidden_at = null, state = case state when 'held' then 'open' else state end where id = ${id}::uuid and (state = 'held' or hidden_at is not null)`,
  feedback: (id) =>
    sql`update open_data.feedback set hidden_at = null, state = case state when 'held' then 'open' else state end where id = ${id}::uuid and (state = 'held' or hidden_at is not null)`,
  reuse: (id) =>
    sql`update open_data.reuse set hidden_at = null, state = 'listed', listed_at = coalesce(listed_at, kernel.now()) where id = ${id}::uuid and (state = 'waiting' or hidden_at is not null)`,
};

/** Shows or hides what somebody wrote (互动管理), with a reason that stays on record. The unit that runs the portal does it. */
export const moderate = route({
  method: 'POST',
  path: '/api/open-data/moderation',
  summary: { zh: '展示或隐藏公众内容', en: 'Show or hide what the public wrote' },
  allow: 'open-data.moderate',
  body: Type.Object(
    {
      kind: Type.Union([Type.Literal('wish'), Type.Literal('feedback'), Type.Literal('reuse')]),
      id: Type.String({ format: 'uuid' }),
      step: Type.Union([Type.Literal('hidden'), Type.Literal('shown')]),
      reason: Line(2, 300),
    },
    { additionalProperties: false },
  ),
  reply: Done,
  errors: [NotFound],
  examples: {
    own: {
      as: 'data-officer',
      body: { kind: 'reuse', id: 'fixture:reuse-to-list', step: 'shown', reason: '内容属实' },
    },
  },
  handler: async ({ db, actor, body: { kind, id, step, reason } }) => {
    // Whoever answers for the data of a text may show it, and a re-use also hide. A wish or a report is hidden by the portal's unit alone:
    // it may speak against the owner.
    const portal = actor.unit === PORTAL_UNIT;
    const judge =
      portal || ((step === 'shown' || kind === 'reuse') && (await db.first(ownerOf(kind, id, actor.unit ?? ''))));
    if (!judge) throw NotFound.with();
    // The owner does not bring back what the portal's unit has hidden.
    if (
      !portal &&
      kind !== 'reuse' &&
      (await db.first(sql`select id from ${TABLES[kind]} where id = ${id}::uuid and hidden_at is not null`))
    )
      throw NotFound.with();
    if ((await db.run(step === 'hidden' ? hide(kind, id) : SHOW[kind](id))) === 0) throw NotFound.with();
    if (kind === 'wish' && step === 'shown') await beginClock(db, id);
    await noteModeration(db, { kind, subject: id, step, reason });
    return { id, state: step };
  },
});

function ownerOf(kind: Kind, id: string, unit: string): Sql {
  if (kind === 'wish') return sql`select id from open_data.wish where id = ${id}::uuid and owner = ${unit}`;
  if (kind === 'feedback') return sql`select id from open_data.feedback where id = ${id}::uuid and owner = ${unit}`;
  return sql`select r.id from open_data.reuse r join open_data.dataset d on d.id = any(r.datasets) where r.id = ${id}::uuid and d.owner = ${unit} limit 1`;
}

/** The time of the owner begins when the wish can be seen. */
async function beginClock(db: Db, wish: string): Promise<void> {
  const { clock, state, owner } = await db.one<{ clock: string | null; state: string; owner: string }>(
    sql`select clock, state, owner from open_data.wish where id = ${wish}::uuid`,
  );
  if (clock !== null || state !== 'open') return;
  const { id } = await startClock(db, { kind: wishClock, subject: wish, event: 'asked', of: { unit: owner } });
  await db.run(sql`update open_data.wish set clock = ${id}::uuid where id = ${wish}::uuid`);
}
