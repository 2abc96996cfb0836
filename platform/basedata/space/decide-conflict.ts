import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { answersForBuildings } from './building-rules.ts';
import { choicesOf, type ConflictRow, type Decision, outlinesOf } from './list-conflicts.ts';
import { buildFromOutlines, endBuildings, sameAs } from './succession.ts';

const NoChoice = domainError({
  code: 'NOT_A_CHOICE',
  status: 400,
  title: { zh: '这类冲突不能这样判定', en: 'This conflict cannot be decided so' },
  action: { zh: '请从列出的判定中选择。', en: 'Choose one of the decisions that are listed.' },
});

/** An officer of a unit that answers for buildings decides a conflict (判定). What follows is done in the same transaction. */
export const decideConflict = route({
  method: 'POST',
  path: '/api/space/conflicts/:id/decision',
  summary: { zh: '判定房屋冲突', en: 'Decide a conflict of buildings' },
  allow: 'space.conflicts.decide',
  repeatable: true,
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      decision: Type.Union(['same', 'parts', 'split', 'merge', 'apart'].map((name) => Type.Literal(name as Decision))),
      building: Type.Optional(
        Type.String({ maxLength: 40, description: 'which of the buildings it is, for same and parts' }),
      ),
      note: Type.Optional(Type.String({ maxLength: 300 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ decision: Type.String(), created: Type.Array(Type.String()), ended: Type.Array(Type.String()) }),
  errors: [NotFound, NoChoice],
  examples: {
    own: {
      as: 'data-officer',
      unit: 'housing',
      params: { id: 'fixture:space-conflict' },
      body: { decision: 'apart' },
    },
    foreign: { as: 'data-officer', params: { id: 'fixture:other-space-conflict' }, body: { decision: 'apart' } },
  },
  handler: async ({ params, body, db, actor, clock }) => {
    if (!answersForBuildings(actor)) throw NotFound.with();
    const row = await db.first<ConflictRow>(sql`
      select id, kind, building_code as building, outline_id as outline, detail, found_at as "foundAt" from space.conflict
      where id = ${params.id}::uuid and state = 'open' for update`);
    if (!row) throw NotFound.with();
    if (!choicesOf(row).includes(body.decision)) throw NoChoice.with();
    const building = body.building ?? row.building ?? '';
    if ((body.decision === 'same' || body.decision === 'parts') && row.kind === 'outline' && !row.detail.relation) {
      if (![row.building, ...(row.detail.near ?? [])].includes(building)) throw NoChoice.with();
    }
    const effect = await carryOut(db, row, { ...body, building, on: shanghaiDate(clock.now()) });
    await db.run(sql`
      update space.conflict set state = 'decided', decision = ${body.decision}, note = ${body.note ?? null}, decided_by = ${actor.account ?? ''}, decided_at = kernel.now()
      where id = ${row.id}::uuid`);
    await db.emit({ type: 'space.conflict.decided', subject: row.id, data: { decision: body.decision } });
    return { decision: body.decision, ...effect };
  },
});

type Effect = { created: string[]; ended: string[] };
const NOTHING: Effect = { created: [], ended: [] };

async function carryOut(
  db: Db,
  row: ConflictRow,
  { decision, building, on, note }: { decision: Decision; building: string; on: string; note?: string },
): Promise<Effect> {
  const basis = note ?? `冲突判定 ${row.id}`;
  if (row.kind === 'room-twice') {
    if (decision === 'apart') await addSecondRoom(db, row);
    return NOTHING;
  }
  if (row.kind !== 'outline') return NOTHING;
  switch (decision) {
    case 'same':
      await sameAs(db, row.outline ?? '', building);
      return NOTHING;
    case 'parts':
      if (!row.detail.relation)
        await db.run(
          sql`update space.outline set building_code = ${building}, relation = 'part' where id = ${row.outline}`,
        );
      return NOTHING;
    case 'apart':
      return { created: [...(await buildFromOutlines(db, [row.outline ?? ''])).values()], ended: [] };
    case 'split': {
      const created = [...(await buildFromOutlines(db, outlinesOf(row))).values()];
      return {
        created,
        ended: await endBuildings(db, { codes: [row.building ?? ''], kind: 'split', successors: created, on, basis }),
      };
    }
    case 'merge': {
      const created = [...(await buildFromOutlines(db, [row.outline ?? ''])).values()];
      return {
        created,
        ended: await endBuildings(db, { codes: row.detail.near ?? [], kind: 'merged', successors: created, on, basis }),
      };
    }
  }
}

/** Two rooms that share a number: the second is kept beside the first, under the number with -2. */
async function addSecondRoom(db: Db, { building, detail }: ConflictRow): Promise<void> {
  const second = detail.second as
    | { floor?: number | null; kind?: string; areaM2?: number; use?: string; right?: string }
    | undefined;
  await db.run(sql`
    insert into space.room (building_code, floor, number, kind, area_m2, use, right_type, claim_id)
    select ${building}, ${second?.floor ?? null}::int, ${`${detail.number ?? ''}-2`}, ${second?.kind ?? '未知'}, ${second?.areaM2 ?? null}::float8, ${second?.use ?? null}, ${second?.right ?? null},
      coalesce((select claim_id from space.room where building_code = ${building} and number = ${detail.number ?? ''}), 0)
    on conflict (id) do nothing`);
}
