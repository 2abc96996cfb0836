import type { Consumer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { type Claim, type ClaimValue, plain } from '#platform/exchange/target.ts';
import type { Statement } from './survivorship.ts';

/** What a correction claim says besides its values: which claim it corrects, and which value of which attribute it refutes. */
const CORRECTS = 'corrects';
const REFUTED = 'refuted';
const ATTRIBUTE = 'refutedAttribute';

/** The part of a statement by which a correction takes the wrong value out; nothing for claims of sources. */
export function refutedBy(payload: Record<string, ClaimValue>): Pick<Statement, 'refutes'> {
  const attribute = plain(payload, ATTRIBUTE);
  const value = plain(payload, REFUTED);
  return attribute === undefined || value === undefined ? {} : { refutes: { attribute, value } };
}

/** Attributes of a subject that are disputed (争议中), for its card. */
export async function disputedAttributes(db: Db, subject: string): Promise<Set<string>> {
  const rows = await db.rows<{ attribute: string }>(sql`
    select attribute from dispute.dispute where app = ${db.module} and coalesce(subject_person::text, subject_entity) = ${subject} and state = 'open'`);
  return new Set(rows.map(({ attribute }) => attribute));
}

export type Accepted = {
  id: string;
  subject: string;
  attribute: string;
  /** Sealed by the dispute; null = the value does not hold, and none is claimed. */
  claimed: string | null;
  unit: string;
  sourceClaim: number | null;
};

/**
 * How a base database makes an accepted dispute effective: a claim of the source's unit with the right value (来源“更正”) follows the
 * source's own, and an entry goes back to the source. Repeatable: one correction a dispute.
 */
export function followDisputes(options: {
  module: string;
  target: string;
  /** The other values that belong to the corrected one (an address and its date), as the correction must state them. */
  along(context: {
    db: Db;
    accepted: Accepted;
  }): Promise<{ values: Record<string, string>; refuted: string | undefined }>;
  /** Takes the claim in and computes the record anew. */
  apply(context: { db: Db; claim: Claim; subject: string }): Promise<void>;
}): Consumer {
  const { module, target } = options;
  return {
    name: 'apply-correction',
    type: 'dispute.accepted',
    handle: async ({ event, db, services }) => {
      if (event.data.base !== module) return;
      const accepted = await db.first<Accepted>(sql`
        select id, coalesce(subject_person::text, subject_entity) as subject, attribute, claimed, unit, source_claim as "sourceClaim" from dispute.dispute d
        where app = ${module} and id = ${event.subject}::uuid and state = 'accepted' and not exists (select from dispute.correction c where c.dispute = d.id)`);
      if (!accepted) return;
      const { keyring, config } = services;
      const value =
        accepted.claimed === null ? undefined : keyring.open(accepted.claimed, `dispute:claimed:${accepted.id}`);
      const { values, refuted } = await options.along({ db, accepted });
      const payload: Record<string, string> = {
        ...values,
        ...(value === undefined ? {} : { [accepted.attribute]: value }),
        ...(accepted.sourceClaim === null ? {} : { [CORRECTS]: String(accepted.sourceClaim) }),
        ...(refuted === undefined ? {} : { [REFUTED]: refuted, [ATTRIBUTE]: accepted.attribute }),
      };
      const claim = await storeClaim({ db, accepted, target, payload, badge: config.sample ? 'sample' : 'real' });
      await options.apply({ db, claim, subject: accepted.subject });
      await db.run(sql`
        insert into dispute.correction (app, dispute, unit, dataset, row_no, subject_person, subject_entity, attribute, value)
        select ${module}, d.id, d.unit, c.dataset, c.row_no, d.subject_person, d.subject_entity, d.attribute, d.claimed
        from dispute.dispute d left join exchange.claim c on c.id = d.source_claim where d.id = ${accepted.id}::uuid`);
      await db.emit({ type: 'dispute.corrected', subject: accepted.id, data: { base: module } });
    },
  };
}

/** A batch of one row from the data set of corrections of the unit. */
async function storeClaim(options: {
  db: Db;
  accepted: Accepted;
  target: string;
  payload: Record<string, string>;
  badge: 'sample' | 'real';
}): Promise<Claim> {
  const { db, accepted, target, payload, badge } = options;
  const { unit } = accepted;
  const dataset = `correction-${db.module}-${unit}`;
  const batch = uuidv7();
  await db.run(sql`
    insert into exchange.dataset (id, app, target, unit, title, badge)
    values (${dataset}, ${db.module}, ${target}, ${unit}, ${json({ zh: '异议更正', en: 'Corrections after disputes' })}::text::jsonb, ${badge}) on conflict (id) do nothing`);
  await db.run(sql`
    insert into exchange.batch (id, app, dataset, unit, mapping_version, file_id, file_name, file_size, file_digest, state, rows_read, rows_ok, rows_loaded, changed, sent_by, sent_name,
      received_at, published_at, loaded_at)
    values (${batch}::uuid, ${db.module}, ${dataset}, ${unit}, 1, ${accepted.id}::uuid, ${`dispute-${accepted.id}`}, 0, ${`dispute-${accepted.id}`}, 'loaded', 1, 1, 1, 1,
      ${db.actor.account}, ${db.actor.name}, kernel.now(), kernel.now(), kernel.now())`);
  return db.one<Claim>(sql`
    insert into exchange.claim (app, dataset, unit, batch, row_no, source_key, digest, payload, received_at)
    values (${db.module}, ${dataset}, ${unit}, ${batch}::uuid, 1, ${accepted.id}, ${accepted.id}, ${json(payload)}::text::jsonb, kernel.now())
    returning id, dataset, unit, batch, row_no as row, source_key as "sourceKey", received_at as "receivedAt", payload`);
}

/** After a load of the base: which corrections the source has adopted, because it now says so or says something else than before. */
export function markAdopted(options: {
  module: string;
  target: string;
  /** Subjects of claims: table and columns, e.g. `population.person_claim (claim_id, pid)`. */
  subjectOf(claim: Sql): Sql;
}): Consumer {
  return {
    name: 'corrections-adopted',
    type: 'exchange.batch.loaded',
    handle: async ({ event, db }) => {
      if (event.data.target !== options.target) return;
      const adopted = await db.rows<{ dispute: string }>(sql`
        update dispute.correction k set adopted_at = kernel.now()
        from exchange.batch b
        where b.id = ${event.data.batch ?? event.subject}::uuid and k.app = ${options.module} and k.unit = b.unit and k.adopted_at is null
          and exists (select from exchange.claim c where c.batch = b.id and c.payload ->> k.attribute is not null
            and ${options.subjectOf(sql`c.id`)} = coalesce(k.subject_person::text, k.subject_entity)
            -- Blanks are no other value.
            and regexp_replace(c.payload ->> k.attribute, '\\s', '', 'g') is distinct from (
              select regexp_replace(x.payload ->> 'refuted', '\\s', '', 'g') from exchange.claim x where x.dataset = 'correction-' || k.app || '-' || k.unit and x.source_key = k.dispute::text limit 1))
        returning k.dispute`);
      for (const { dispute } of adopted) await db.emit({ type: 'dispute.adopted', subject: dispute });
    },
  };
}
