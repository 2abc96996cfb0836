import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { EndedUnit } from '#platform/kernel/ended-units.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Unit } from '../organisation.ts';
import { successorsOf, unitAt, unitsAt } from './units-over-time.ts';

/** The unit as it is today, for other modules; undefined for one that is not there or has ended. */
export async function findUnit(services: Services, code: string): Promise<Unit | undefined> {
  const at = services.clock.now();
  return services.database.tx({ module: 'identity', actor: systemActor({ name: 'units' }), readOnly: true }, (db) =>
    unitAt({ db, code, at }),
  );
}

/** Units that do not stand any more (撤销单位), by code, with those that do their work today (承接单位, GS6): for modules that must not send them anything. */
export async function readEnded(services: Services): Promise<Map<string, EndedUnit>> {
  const now = services.clock.now();
  const rows = await services.database.tx(
    { module: 'identity', actor: systemActor({ name: 'units' }), readOnly: true },
    (db) =>
      db.rows<{ code: string; zh: string; en: string; by: string | null; byZh: string; byEn: string }>(sql`
        with recursive ended as (
          select u.code, u.name, u.name_en from identity.unit u where not exists (select from ${unitsAt(now)} s where s.code = u.code)
            and (u.valid_to <= ${now}::timestamptz)),
        later(root, code) as (
          select code, code from ended union select l.root, s.successor from identity.unit_successor s join later l on s.unit = l.code)
        select e.code, e.name as zh, e.name_en as en, s.code as by, s.name as "byZh", s.name_en as "byEn"
        from ended e left join (later l join ${unitsAt(now)} s on s.code = l.code) on l.root = e.code order by e.code, s.code`),
  );
  const found = new Map<string, EndedUnit & { successors: { code: string; name: Text }[] }>();
  for (const { code, zh, en, by, byZh, byEn } of rows) {
    const unit = found.get(code) ?? { name: { zh, en }, successors: [] };
    if (by !== null) unit.successors.push({ code: by, name: { zh: byZh, en: byEn } });
    found.set(code, unit);
  }
  return found;
}

/**
 * Which of these units do not stand any more, or never did, with those that do their work today (承接单位, GS6). Empty: all stand. For modules that
 * must not send something to a unit that is gone.
 */
export async function unitsGone(
  services: Services,
  codes: readonly string[],
): Promise<
  {
    code: string;
    name: string | null;
    nameEn: string | null;
    successors: { code: string; name: string; nameEn: string }[];
  }[]
> {
  const now = services.clock.now();
  return services.database.tx(
    { module: 'identity', actor: systemActor({ name: 'units' }), readOnly: true },
    async (db) => {
      const gone = [];
      for (const code of new Set(codes)) {
        if (await unitAt({ db, code, at: now })) continue;
        const last = await db.first<{ name: string; nameEn: string }>(
          sql`select name, name_en as "nameEn" from identity.unit where code = ${code}`,
        );
        const successors = [];
        for (const each of await successorsOf({ db, code })) {
          const unit = await unitAt({ db, code: each, at: now });
          if (unit) successors.push({ code: unit.code, name: unit.name, nameEn: unit.nameEn });
        }
        gone.push({ code, name: last?.name ?? null, nameEn: last?.nameEn ?? null, successors });
      }
      return gone;
    },
  );
}
