import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { answersContext } from './case-applicant.ts';
import type { KeptAnswers } from './case-answers.ts';
import { certificatesWhere } from './certificate-record.ts';
import { type Card, cardOf } from './certificate-view.ts';

/** A case that is not closed, as the person at the window would see it on their phone. */
export type OpenCase = { code: string; title: Text; state: string; receivedAt: string; waits: boolean };
/** An answer that the person gave before (一次填报): the newest of each data element, and where. */
export type EarlierAnswer = { value: string | number | boolean; caseCode: string; at: string };
export type PersonAtWindow = {
  cases: OpenCase[];
  certificates: Card[];
  earlier: Record<string, EarlierAnswer>;
};

/** Cases that are looked through for what was answered before. */
const RECENT = 20;

/**
 * What somebody would see of themselves on their own phone, for the window at which they stand and have agreed. `actor` acts in the person's name
 * (`platform/kernel/acting.ts`): row security gives that person's rows and no others. Opens a transaction of its own.
 */
export function personAtWindow(options: { services: Services; actor: Actor }): Promise<PersonAtWindow> {
  const { services, actor } = options;
  return services.database.tx({ module: 'service', actor, readOnly: true }, async (db) => {
    const cases = await db.rows<Omit<OpenCase, 'receivedAt'> & { receivedAt: Date }>(sql`
      select c.code, c.title, c.state, c.received_at as "receivedAt", bool_or(s.state = 'correction' or s.fee_state = 'open') as waits
      from service.case_file c join service.sub_case s on s.case_id = c.id
      where c.closed_at is null and c.applicant_person = ${actor.person ?? null}::uuid group by c.id order by c.received_at desc limit 20`);
    const certificates = await certificatesWhere(
      db,
      sql`c.state <> 'replaced' and c.holder_person = ${actor.person ?? null}::uuid order by c.issued_on desc, c.id limit 40`,
    );
    const parts = await db.rows<{ id: string; answers: string; code: string; at: Date }>(sql`
      select s.id, s.answers, c.code, c.received_at as at from service.sub_case s join service.case_file c on c.id = s.case_id
      where c.applicant_person = ${actor.person ?? null}::uuid order by c.received_at desc limit ${RECENT}::int`);
    const earlier: PersonAtWindow['earlier'] = {};
    for (const { id, answers, code, at } of parts) {
      const kept = JSON.parse(services.keyring.open(answers, answersContext(id))) as KeptAnswers;
      for (const [element, { value }] of Object.entries(kept))
        if (['string', 'number', 'boolean'].includes(typeof value))
          earlier[element] ??= { value: value as string | number | boolean, caseCode: code, at: at.toISOString() };
    }
    return {
      cases: cases.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() })),
      certificates: certificates.map(cardOf),
      earlier,
    };
  });
}

/** An item that a window may propose: of these units, or one that renews a certificate of these types. */
export type WindowItem = {
  code: string;
  title: Text;
  unit: string;
  certificateType: string | null;
  anyCentre: boolean;
};

export function windowItems(options: {
  services: Services;
  actor: Actor;
  units: readonly string[];
  types: readonly string[];
}): Promise<WindowItem[]> {
  const { services, actor, units, types } = options;
  return services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    db.rows<WindowItem>(sql`
      select i.code, i.title, i.unit, v.definition->>'certificateType' as "certificateType", i.any_centre as "anyCentre"
      from service.item i join service.item_version v on v.item = i.code and v.version = i.version
      where i.state = 'published' and v.definition->'audience' ? 'person'
        and (i.unit = any(${[...units]}::text[]) or v.definition->>'certificateType' = any(${[...types]}::text[])) order by i.code limit 400`),
  );
}
