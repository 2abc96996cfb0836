import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { composeCaseCode, parseCaseCode } from '#platform/kernel/codes/case-code.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { CodeNotReserved } from './case-errors.ts';
import { districtOf, setApart } from './case-number.ts';

const BlockSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  day: Type.String({ format: 'date' }),
  /** All codes of the block, in order: the window needs no network to check or to use one. */
  codes: Type.Array(Type.String()),
});
type Block = { id: string; district: string; day: string; first: number; last: number };

/** Sets codes apart for a window that may be cut off (预留断网号段): they are this unit's until they are used or returned. */
export const reserveCodes = route({
  method: 'POST',
  path: '/api/service/code-blocks',
  summary: { zh: '预留办件编码号段', en: 'Reserve a block of case codes' },
  allow: 'service.case.reserve',
  body: Type.Object({ count: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  reply: BlockSchema,
  status: 201,
  errors: [InvalidInput, NotFound],
  examples: { own: { as: 'street-clerk', body: { count: 3 } } },
  handler: async ({ db, actor, clock, body: { count } }) => {
    if (actor.unit === undefined) throw NotFound.with();
    const now = clock.now();
    const { amount: most } = await amountAt(db, 'service.code-block.most', now);
    if (count > most) throw InvalidInput.with({ fields: [tooMany(most)] });
    const district = await districtOf(db, now);
    const day = shanghaiDate(now);
    const numbers = await setApart(db, { district, day, count });
    const block = { id: uuidv7(), district, day, ...numbers };
    await db.run(sql`
      insert into service.code_block (id, unit, district, day, first, last, allocated_at, allocated_by)
      values (${block.id}::uuid, ${actor.unit}, ${district}, ${day}::date, ${block.first}::int, ${block.last}::int, ${now}::timestamptz, ${actor.account})`);
    return { id: block.id, day, codes: codesOf(block) };
  },
});

/** Gives back what was not used (交回号段): these numbers are void, each on record, so that the series of the day has no gap. */
export const returnCodes = route({
  method: 'POST',
  path: '/api/service/code-blocks/:id/return',
  summary: { zh: '交回办件编码号段', en: 'Return a block of case codes' },
  allow: 'service.case.reserve',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({ used: Type.Integer(), void: Type.Integer() }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:code-block' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-code-block' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const block = await db.first<Block & { returned: boolean }>(sql`
      select id, district, day::text as day, first, last, returned_at is not null as returned from service.code_block where id = ${id}::uuid for update`);
    if (!block) throw NotFound.with();
    const codes = codesOf(block);
    if (!block.returned) {
      await db.run(sql`
        insert into service.void_code (code, block, at)
        select x.code, ${id}::uuid, ${clock.now()}::timestamptz from unnest(${codes}::text[]) x(code) where not service.code_used(x.code)`);
      await db.run(sql`update service.code_block set returned_at = ${clock.now()}::timestamptz where id = ${id}::uuid`);
    }
    const { voided } = await db.one<{ voided: number }>(
      sql`select count(*)::int as voided from service.void_code where block = ${id}::uuid`,
    );
    return { used: codes.length - voided, void: voided };
  },
});

function codesOf({ district, day, first, last }: Block): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => composeCaseCode({ district, day, number: first + i }));
}

/**
 * A code that the caller's unit set apart and has not returned. That it is used once only is the unique index's affair. It may be of
 * an earlier day: the window was cut off over midnight.
 */
export async function takeReserved(db: Db, options: { code: string; day: string }): Promise<string> {
  const parsed = parseCaseCode(options.code);
  if (!parsed.ok || parsed.value.day > options.day) throw CodeNotReserved.with();
  const { code, district, day, number } = parsed.value;
  const block = await db.first(sql`
    select id from service.code_block where unit = ${db.actor.unit ?? null}::text and district = ${district} and day = ${day}::date
      and ${number}::int between first and last and returned_at is null for share`);
  const { used } = await db.one<{ used: boolean }>(sql`select service.code_used(${code}) as used`);
  if (!block || used) throw CodeNotReserved.with();
  return code;
}

const tooMany = (most: number) => ({
  pointer: '/count',
  rule: 'maximum',
  message: { zh: `一次最多 ${most} 个`, en: `at most ${most} at a time` },
});
