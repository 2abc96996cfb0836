import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type ClaimValue, plain } from '#platform/exchange/target.ts';
import { CUT, UNCERTAIN } from '#platform/linkage/engine/link.ts';
import { firmSpace } from '#platform/linkage/spaces/firm.ts';
import { answersTo, explainPair } from '#platform/linkage/store/review.ts';
import { identityOf } from '../claim-identity.ts';
import { linkedFirms, statedBy } from '../link-claims.ts';
import { entities } from '../resources.ts';

export const PairClosed = domainError({
  code: 'FIRM_PAIR_CLOSED',
  status: 409,
  title: { zh: '这一对已有结论，或您已作答', en: 'This pair is decided, or you have answered' },
  action: { zh: '请返回队列看下一对。', en: 'Go back to the queue for the next pair.' },
});

const Claim = Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'number of a claim' });
export const PairParams = Type.Object({ a: Claim, b: Claim });
export const Words = Type.Object({ zh: Type.String(), en: Type.String() });
export const Answer = Type.Union([Type.Literal('same'), Type.Literal('different'), Type.Literal('unsure')]);
const Maybe = Type.Union([Type.String(), Type.Null()]);

/** One of the two records, as a reviewer sees it: what registers publish, and how the firm can be reached. */
const RecordSchema = Type.Object({
  claim: Type.String(),
  unit: Type.String(),
  dataset: Type.String(),
  receivedAt: Type.String(),
  /** Enterprise that the record belongs to at present. */
  ...itemOf(entities, ['uscc', 'name', 'registrationNo', 'legalRepresentative', 'phone']).properties,
  address: Maybe,
  /** The code as the record writes it, good or not. */
  code: Maybe,
});

/** Two records side by side (人工比对), with the weight of each field in plain words. */
export const PairSchema = Type.Object({
  a: RecordSchema,
  b: RecordSchema,
  probability: Type.Number(),
  asked: Words,
  version: Type.String(),
  fields: Type.Array(
    Type.Object({
      attribute: Type.String(),
      level: Maybe,
      weight: Type.Number(),
      counted: Type.Boolean(),
      text: Words,
    }),
  ),
  reviewers: Type.Integer(),
  answers: Type.Array(Type.Object({ reviewer: Type.String(), answer: Answer, note: Maybe, at: Type.String() })),
});

/** Why the engine asks a person about a pair. */
export function askedBecause(reason: string): Text {
  if (reason === UNCERTAIN) return { zh: '分数介于两可之间', en: 'the score lies in between' };
  if (reason === CUT)
    return { zh: '所在的一组记录互相矛盾，在此处断开', en: 'their group contradicts itself and was cut here' };
  return firmSpace.rules.find((rule) => rule.id === reason)?.title ?? { zh: reason, en: reason };
}

export const reviewerOf = (actor: { account?: string; name: string }): string => actor.account ?? actor.name;

type Row = {
  id: number;
  unit: string;
  dataset: string;
  receivedAt: Date;
  payload: Record<string, ClaimValue>;
  uscc: string;
};

/** A pair of the queue; undefined if nobody was ever asked about it. */
export async function readPair(options: {
  db: Db;
  a: number;
  b: number;
  reviewer: string;
}): Promise<Static<typeof PairSchema> | undefined> {
  const { db, a, b, reviewer } = options;
  const linked = await linkedFirms(db);
  const link = await db.first<{ reason: string }>(sql`
    select reason from linkage.link where app = ${db.module} and space = ${linked.space.id} and a = ${a}::bigint and b = ${b}::bigint and reason is not null`);
  const said = link && (await explainPair({ db, linked, a, b }));
  if (!said) return undefined;
  const rows = await db.rows<Row>(sql`
    select c.id, c.unit, c.dataset, c.received_at as "receivedAt", c.payload, m.uscc
    from exchange.claim c join legal_entity.entity_claim m on m.claim_id = c.id where c.id = any(${[a, b]}::bigint[])`);
  if (rows.length < 2) return undefined;
  const record = (id: number): Static<typeof RecordSchema> => {
    const row = rows.find((r) => Number(r.id) === id) as Row;
    const stated = statedBy(row.payload);
    return {
      claim: String(id),
      unit: row.unit,
      dataset: row.dataset,
      receivedAt: row.receivedAt.toISOString(),
      uscc: row.uscc,
      name: identityOf(row.payload).name ?? null,
      registrationNo: plain(row.payload, 'registrationNo') ?? null,
      legalRepresentative: stated.representative ?? null,
      phone: stated.phone ?? null,
      address: stated.address ?? null,
      code: plain(row.payload, 'uscc') ?? null,
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
