import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

/** An item of a case as the window that took it in may know it. */
export type ReceivedItem = {
  no: number;
  item: string;
  title: Text;
  unit: string;
  person: string | null;
  entity: string | null;
  /** The same for two cases of one applicant, and nothing else: a code, a keyed digest or an id. */
  applicant: string | null;
};

/** The items of a case that the actor's unit took in at a window (收件); none where it is no such case. Call it outside a transaction. */
export function receivedCase(options: { services: Services; actor: Actor; code: string }): Promise<ReceivedItem[]> {
  const { services, actor, code } = options;
  return services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    db.rows<ReceivedItem>(
      sql`select no, item, title, unit, person, entity, service.received_applicant(${code}) as applicant from service.received_case(${code})`,
    ),
  );
}
