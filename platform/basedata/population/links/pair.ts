import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { maskPhone } from '#platform/kernel/mask.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type ClaimValue, isSecret, plain } from '#platform/exchange/target.ts';
import { ASKED } from '#platform/linkage/store/ask-pair.ts';
import { CUT, UNCERTAIN } from '#platform/linkage/engine/link.ts';
import { personSpace } from '#platform/linkage/spaces/person.ts';
import { answersTo, explainPair } from '#platform/linkage/store/review.ts';
import { linkedPersons } from '../link-claims.ts';
import { identifier, resident } from '../resources.ts';

export const PairClosed = domainError({
  code: 'PAIR_CLOSED',
  status: 409,
  title: { zh: '这一对已有结论，或您已作答', en: 'This pair is decided, or you have answered' },
  action: { zh: '请返回队列看下一对。', en: 'Go back to the queue for the next pair.' },
});

const Claim = Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'number of a claim' });
export const PairParams = Type.Object({ a: Claim, b: Claim });
export const Words = Type.Object({ zh: Type.String(), en: Type.String() });
export const Answer = Type.Union([Type.Literal('same'), Type.Literal('different'), Type.Literal('unsure')]);

/** One of the two records, as a reviewer sees it: telephone and identity number masked. */
const RecordSchema = Type.Object({
  claim: Type.String(),
  unit: Type.String(),
  dataset: Type.String(),
  receivedAt: Type.String(),
  ...itemOf(resident, ['pid', 'name', 'sex', 'birthDate', 'phone', 'address']).properties,
  ...itemOf(identifier, ['idNumber']).properties,
});

/** Two records side by side (人工比对), with the weight of each field in plain words. */
export const PairSchema = Type.Object({
  a: RecordSchema,
  b: RecordSchema,
  probability: Type.Number(),
  /** Why a person is asked. */
  asked: Words,
  version: Type.String(),
  fields: Type.Array(
    Type.Object({
      attribute: Type.String(),
      level: Type.Union([Type.String(), Type.Null()]),
      weight: Type.Number(),
      counted: Type.Boolean(),
      text: Words,
    }),
  ),
  /** How many must agree. */
  reviewers: Type.Integer(),
  /** All answers, once the caller has given one; before, none. */
  answers: Type.Array(
    Type.Object({
      reviewer: Type.String(),
      answer: Answer,
      note: Type.Union([Type.String(), Type.Null()]),
      at: Type.String(),
    }),
  ),
});

/** Why the engine asks a person about a pair. */
export function askedBecause(reason: string): Text {
  if (reason === ASKED) return { zh: '有人提请比对', en: 'somebody asked' };
  if (reason === UNCERTAIN) return { zh: '分数介于两可之间', en: 'the score lies in between' };
  if (reason === CUT)
    return { zh: '所在的一组记录互相矛盾，在此处断开', en: 'their group contradicts itself and was cut here' };
  return personSpace.rules.find((rule) => rule.id === reason)?.title ?? { zh: reason, en: reason };
}

/** Who a reviewer is in the queue. */
export const reviewerOf = (actor: { account?: string; name: string }): string => actor.account ?? actor.name;

type Row = {
  id: number;
  unit: string;
  dataset: string;
  receivedAt: Date;
  payload: Record<string, ClaimValue>;
  pid: string;
};

/** A pair of the queue; undefined if nobody was ever asked about it. */
export async function readPair(options: {
  db: Db;
  a: number;
  b: number;
  reviewer: string;
}): Promise<Static<typeof PairSchema> | undefined> {
  const { db, a, b, reviewer } = options;
  const linked = await linkedPersons(db);
  const link = await db.first<{ reason: string }>(sql`
    select reason from linkage.link where app = ${db.module} and space = ${linked.space.id} and a = ${a}::bigint and b = ${b}::bigint and reason is not null`);
  const said = link && (await explainPair({ db, linked, a, b }));
  if (!said) return undefined;
  const rows = await db.rows<Row>(sql`
    select c.id, c.unit, c.dataset, c.received_at as "receivedAt", c.payload, m.pid
    from exchange.claim c join population.person_claim m on m.claim_id = c.id where c.id = any(${[a, b]}::bigint[])`);
  if (rows.length < 2) return undefined;
  const record = (id: number): Static<typeof RecordSchema> => {
    const row = rows.find((r) => Number(r.id) === id) as Row;
    const value = (field: string): string | null => plain(row.payload, field) ?? null;
    const phone = value('phone');
    const number = row.payload.idNumber;
    return {
      claim: String(id),
      unit: row.unit,
      dataset: row.dataset,
      receivedAt: row.receivedAt.toISOString(),
      pid: row.pid,
      name: value('name'),
      sex: value('sex'),
      birthDate: value('birthDate'),
      phone: phone === null ? null : maskPhone(phone),
      address: value('residenceAddress'),
      idNumber: isSecret(number) ? number.m : null,
    };
  };
  const answers = await answersTo({ db, linked, reviewer, a, b });
  return {
    a: record(a),
    b: record(b),
    probability: said.probability,
    asked: askedBecause(link.reason),
    version: said.version,
    fields: said.reasons.map((reason) => ({ ...reason, level: reason.level ?? null })),
    reviewers: linked.reviewers,
    answers: answers.map((answer) => ({ ...answer, at: answer.at.toISOString() })),
  };
}
