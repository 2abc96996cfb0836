import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { WrongState } from '../errors.ts';
import { ownUnit } from '../scope.ts';
import { Done, Id, Line } from '../shapes.ts';
import { agreementOf } from './agreement.ts';

type Held = {
  state: string;
  dataset: string;
  owner: string;
  entity: string;
  purpose: string;
  measures: string[];
  article: string;
};

/** Decides on a request for a conditional set: an agreement for a year, or a refusal with its reason. Asked again after a year, it is renewed. */
export const decideAccess = route({
  method: 'POST',
  path: '/api/open-data/access-requests/:id/decision',
  summary: { zh: '审批有条件开放申请', en: 'Decide on a request for a conditional set' },
  allow: 'open-data.access.decide',
  params: Id,
  body: Type.Object(
    {
      outcome: Type.Union(['approved', 'refused', 'renewed', 'revoked'].map((outcome) => Type.Literal(outcome))),
      reason: Line(2, 600),
    },
    { additionalProperties: false },
  ),
  reply: Done,
  errors: [NotFound, WrongState],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:access-request' },
      body: { outcome: 'approved', reason: '用途明确，能力符合要求' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-access-request' },
      body: { outcome: 'approved', reason: '用途明确，能力符合要求' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { outcome, reason } }) => {
    const held = await db.first<Held>(sql`
      select r.state, r.dataset, r.owner, r.entity, r.purpose, r.measures, d.decision ->> 'article' as article from open_data.access_request r join open_data.dataset d on d.id = r.dataset
      where r.id = ${id}::uuid and ${ownUnit(actor, sql`r.owner`)} for update of r`);
    if (!held) throw NotFound.with();
    const fits = outcome === 'approved' || outcome === 'refused' ? held.state === 'asked' : held.state === 'approved';
    if (!fits) throw WrongState.with({ extra: { state: held.state } });
    const at = clock.now();
    if (outcome === 'refused' || outcome === 'revoked') {
      await db.run(
        sql`update open_data.access_request set state = ${outcome}, reason = ${reason}, decided_at = ${at}::timestamptz, decided_name = ${actor.name} where id = ${id}::uuid`,
      );
      return { id, state: outcome };
    }
    const { amount } = await amountAt(db, 'open-data.agreement.term', at);
    const until = new Date(at.getTime() + amount * 86_400_000);
    const { text, digest } = agreementOf({ id, ...held, until, at, rule: held.article });
    await db.run(sql`
      update open_data.access_request set state = 'approved', reason = ${reason}, decided_at = ${at}::timestamptz, decided_name = ${actor.name}, valid_until = ${until}::timestamptz, agreement = ${text},
        agreement_digest = ${digest} where id = ${id}::uuid`);
    return { id, state: 'approved' };
  },
});
