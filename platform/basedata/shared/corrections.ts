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

/** How the data sets begin in which accepted disputes come in. */
const CORRECTIONS = 'correction-';

/** A correction is what somebody decided about a source, and no register of its own. */
export const isCorrection = ({ dataset }: { dataset: string }): boolean => dataset.startsWith(CORRECTIONS);

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
  const dataset = `${CORRECTIONS}${db.module}-${unit}`;
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
  /** What a claim says, in the form in which a correction refutes it. */
  valuesOf(payload: Record<string, ClaimValue>): Record<string, string>;
}): Consumer {
  const { module, subjectOf, valuesOf } = options;
  return {
    name: 'corrections-adopted',
    type: 'exchange.batch.loaded',
    handle: async ({ event, db }) => {
      if (event.data.target !== options.target) return;
      // The correction is a claim too: by it the subject is known under whatever it is called now.
      const said = await db.rows<{ dispute: string; attribute: string; payload: Payload; refuted: string | null }>(sql`
        select k.dispute, k.attribute, c.payload, x.payload ->> ${REFUTED} as refuted
        from exchange.batch b join dispute.correction k on k.app = ${module} and k.unit = b.unit and k.adopted_at is null
          join exchange.claim x on x.dataset = ${CORRECTIONS} || k.app || '-' || k.unit and x.source_key = k.dispute::text
          join exchange.claim c on c.batch = b.id and ${subjectOf(sql`c.id`)} = ${subjectOf(sql`x.id`)}
        where b.id = ${event.data.batch ?? event.subject}::uuid and b.dataset <> x.dataset`);
      const adopted = new Set(
        said.flatMap(({ dispute, attribute, payload, refuted }) => {
          const now = valuesOf(payload)[attribute];
          return now === undefined || tight(now) === tight(refuted ?? '') ? [] : [dispute];
        }),
      );
      if (adopted.size === 0) return;
      await db.run(
        sql`update dispute.correction set adopted_at = kernel.now() where dispute = any (${[...adopted].sort()}::uuid[])`,
      );
      for (const dispute of adopted) await db.emit({ type: 'dispute.adopted', subject: dispute });
    },
  };
}

type Payload = Record<string, ClaimValue>;

/** Blanks are no other value. */
const tight = (text: string): string => text.replace(/\s/g, '');
