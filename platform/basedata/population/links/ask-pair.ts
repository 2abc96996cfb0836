import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { askPair } from '#platform/linkage/store/ask-pair.ts';
import { linkedPersons } from '../link-claims.ts';
import { PairClosed } from './pair.ts';

export const TwoNumbers = domainError({
  code: 'TWO_NUMBERS',
  status: 409,
  title: { zh: '两人各有有效的公民身份号码', en: 'Both have a valid identity number' },
  action: {
    zh: '两个有效号码是两个人；号码本身有误的，请由公安更正。',
    en: 'Two valid numbers are two people; where a number is wrong, public security corrects it.',
  },
});

const Pid = Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' });

/**
 * Asks whether two persons are one (提请比对), where the engine never did: the pair enters the queue, and two people other than the
 * engine decide, as for every pair.
 */
export const askLink = route({
  method: 'POST',
  path: '/api/population/links',
  summary: { zh: '提请比对两个人', en: 'Ask whether two persons are one' },
  allow: 'population.link.review',
  body: Type.Object({ one: Pid, other: Pid }, { additionalProperties: false }),
  reply: Type.Object({ a: Type.String(), b: Type.String() }),
  status: 201,
  errors: [NotFound, PairClosed, TwoNumbers],
  examples: {
    own: {
      as: 'data-officer',
      body: { one: 'fixture:unasked-a', other: 'fixture:unasked-b' },
      purpose: 'data-quality',
    },
  },
  handler: async ({ db, actor, body: { one, other } }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const linked = await linkedPersons(db);
    // Reviewers compare records of the whole district, whatever their area: where a record belongs, the engine says.
    const rows = await db.rows<{ record: number; numbered: boolean }>(sql`
      select max(m.record) as record, bool_or(m.anchor is not null) as numbered from linkage.member m
      where m.app = ${db.module} and m.space = ${linked.space.id} and m.subject in (${one}::uuid, ${other}::uuid) group by m.subject`);
    const [first, second] = rows;
    if (!first || !second) throw NotFound.with();
    if (first.numbered && second.numbered) throw TwoNumbers.with();
    const [a, b] = [Number(first.record), Number(second.record)].sort((x, y) => x - y) as [number, number];
    if (!(await askPair({ db, linked, a, b }))) throw PairClosed.with();
    await db.emit({ type: 'population.link.asked', subject: `${a}/${b}` });
    return { a: String(a), b: String(b) };
  },
});
