import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { BaseKeys } from '#platform/theme/base-keys.ts';

/** An enterprise by its unified social credit code (统一社会信用代码), as the base database knows it. */
export const firmKeys: BaseKeys = {
  base: 'firm',
  title: { zh: '法人单位', en: 'Enterprise' },
  version: '1',
  resolve: async ({ services, values }) => {
    const codes = values.map((value) => value.normalize('NFKC').trim().toUpperCase());
    const found = await services.database.tx(
      { module: 'legal-entity', actor: systemActor({ name: 'base-keys' }), readOnly: true },
      (db) =>
        db.rows<{ uscc: string | null }>(sql`
          select e.uscc from unnest(${codes}::text[]) with ordinality as w(code, at) left join legal_entity.entity e on e.uscc = w.code order by w.at`),
    );
    return found.map(({ uscc }) => uscc ?? undefined);
  },
};
