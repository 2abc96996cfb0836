import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ID_KIND } from '#platform/exchange/target.ts';
import type { BaseKeys } from '#platform/theme/base-keys.ts';

const PID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A person by their key, or by identity number (公民身份号码); a name alone is nobody. */
export const personKeys: BaseKeys = {
  base: 'person',
  title: { zh: '自然人', en: 'Person' },
  version: '1',
  resolve: async ({ services, values }) => {
    const pids = values.map((value) => (PID.test(value) ? value : null));
    const numbers = values.map((value, at) =>
      pids[at] === null ? services.keyring.lookup(ID_KIND, value.trim().toUpperCase()) : null,
    );
    const found = await services.database.tx(
      { module: 'population', actor: systemActor({ name: 'base-keys' }), readOnly: true },
      (db) =>
        db.rows<{ pid: string | null }>(sql`
          select p.pid::text as pid from unnest(${pids}::uuid[], ${numbers}::text[]) with ordinality as w(pid, key, at)
            left join population.identifier i on i.kind = ${ID_KIND} and i.lookup_key = w.key
            left join population.person p on p.pid = coalesce(w.pid, i.pid)
          order by w.at`),
    );
    return found.map(({ pid }) => pid ?? undefined);
  },
};
