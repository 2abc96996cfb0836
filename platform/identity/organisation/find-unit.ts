import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Unit } from '../organisation.ts';
import { successorsOf, unitAt } from './units-over-time.ts';

/** The unit as it is today, for other modules; undefined for one that is not there or has ended. */
export async function findUnit(services: Services, code: string): Promise<Unit | undefined> {
  const at = services.clock.now();
  return services.database.tx({ module: 'identity', actor: systemActor({ name: 'units' }), readOnly: true }, (db) =>
    unitAt({ db, code, at }),
  );
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
