import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Grant } from './grant-record.ts';

/** ISO 8601 instant; null = without end. */
export const InstantOrNone = Type.Union([
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|[+-]\\d{2}:\\d{2})$' }),
  Type.Null(),
]);

/** Names in `chosen` that `wanted` does not hold, as faults at their place. */
export function beyond(options: {
  pointer: string;
  chosen: readonly string[];
  wanted: readonly string[];
}): FieldFault[] {
  const wanted = new Set(options.wanted);
  return options.chosen.flatMap((name, index) =>
    wanted.has(name)
      ? []
      : [
          {
            pointer: `${options.pointer}/${index}`,
            rule: 'not-requested',
            message: { zh: `申请中没有“${name}”`, en: `“${name}” was not asked for` },
          },
        ],
  );
}

/** Row filters that let through more than was asked for: a filter that was dropped, or values that it did not hold. */
export function rowsBeyond(options: { chosen: Grant['rowFilter']; asked: Grant['rowFilter'] }): FieldFault[] {
  const { chosen, asked } = options;
  return asked.flatMap(({ field, in: values }) => {
    const kept = chosen.findIndex((filter) => filter.field === field);
    const narrow = kept >= 0 && (chosen[kept]?.in ?? []).every((value) => values.includes(value));
    return narrow
      ? []
      : [
          {
            pointer: kept >= 0 ? `/rowFilter/${kept}` : '/rowFilter',
            rule: 'not-requested',
            message: {
              zh: `申请只要“${field}”为所列值的行`,
              en: `only rows were asked for whose “${field}” has one of the values named`,
            },
          },
        ];
  });
}

/** Names of the fields of a resource. */
export async function fieldsOf(db: Db, resource: string): Promise<string[]> {
  return (await db.rows<{ name: string }>(sql`select name from catalog.field where resource = ${resource}`)).map(
    (row) => row.name,
  );
}

/** Whether an end is over by the clock of the district. */
export async function isPast(db: Db, until: string | null): Promise<boolean> {
  const { past } = await db.one<{ past: boolean }>(
    sql`select coalesce(${until}::timestamptz <= kernel.now(), false) as past`,
  );
  return past;
}
