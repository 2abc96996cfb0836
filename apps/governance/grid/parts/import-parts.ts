import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { endedFault, type EndedUnit, endedUnits } from '#platform/kernel/ended-units.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { openAreaLocator, type Whereabouts } from '#platform/geo/area-locator.ts';
import { type CodeFault, partCodeFault } from './part-code.ts';
import { partClasses } from './part-classes.ts';
import { storeParts } from './part-row.ts';

const MOST_ROWS = 2_000;
const Unit = Type.String({ minLength: 2, maxLength: 60 });
export const PartInput = Type.Object(
  {
    code: Type.String({ maxLength: 40 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    owner: Unit,
    keeper: Unit,
    installed: Type.Optional(Type.String({ format: 'date' })),
  },
  { additionalProperties: false },
);
export type PartInput = { code: string; lon: number; lat: number; owner: string; keeper: string; installed?: string };

const CODE_FAULTS: Readonly<Record<CodeFault, Text>> = {
  shape: { zh: '部件代码应为 16 位数字', en: 'a code has 16 digits' },
  division: { zh: '代码前六位不是本区', en: 'the first six digits are of another district' },
  class: { zh: '代码第 7 到 10 位不是部件类别', en: 'digits 7 to 10 are no class of parts' },
  temporary: { zh: '900000 以上是临时编号，不能登记', en: 'numbers from 900000 are temporary' },
};

/** Finds where points lie, which units there are and which of them were abolished, before a transaction. */
export async function placeParts(
  services: Services,
  rows: readonly { lon: number; lat: number }[],
): Promise<{
  where: (Whereabouts | null)[];
  units: ReadonlySet<string> | undefined;
  ended: ReadonlyMap<string, EndedUnit>;
}> {
  const locator = await openAreaLocator(services);
  const names = services.registry.provided(unitNames)[0]?.value;
  return {
    where: rows.map(({ lon, lat }) => locator.whereabouts(lon, lat)),
    units: names && new Set((await names.all(services)).keys()),
    ended: await endedUnits(services),
  };
}

/** What is wrong with a row, at its field; `at` is the pointer of the row. */
export function rowFaults(options: {
  row: PartInput;
  at: string;
  where: Whereabouts | null;
  units: ReadonlySet<string> | undefined;
  ended: ReadonlyMap<string, EndedUnit>;
  today: string;
  taken: ReadonlySet<string>;
  by: Pick<Actor, 'post' | 'unit'>;
}): FieldFault[] {
  const { row, at, where, units, ended, today, taken, by } = options;
  const faults: FieldFault[] = [];
  const add = (field: string, rule: string, message: Text) => faults.push({ pointer: `${at}/${field}`, rule, message });
  if (!where) add('lon', 'outside', { zh: '位置不在本区', en: 'lies outside of the district' });
  const bad = partCodeFault(row.code, {
    division: where?.district.code ?? row.code.slice(0, 6),
    classes: new Set(partClasses.keys()),
  });
  if (bad) add('code', bad, CODE_FAULTS[bad]);
  else if (taken.has(row.code))
    add('code', 'taken', { zh: '这个代码已经登记，或在表中重复', en: 'is registered already, or twice in the list' });
  for (const field of ['owner', 'keeper'] as const) {
    const gone = ended.get(row[field]);
    if (gone) faults.push(endedFault(gone, `${at}/${field}`));
    else if (units && !units.has(row[field])) add(field, 'unit', { zh: '没有这个单位', en: 'is no unit' });
  }
  // The centre registers for everybody, a unit what it owns or keeps.
  if (by.post !== 'duty-officer' && by.unit !== row.owner && by.unit !== row.keeper)
    add('keeper', 'own', {
      zh: '本单位只能登记自己权属或养护的部件',
      en: 'a unit registers what it owns or keeps only',
    });
  if (row.installed !== undefined && row.installed > today)
    add('installed', 'future', { zh: '安装日期不能晚于今天', en: 'cannot be later than today' });
  return faults;
}

export const takenCodes = async (db: Db, codes: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await db.rows<{ code: string }>(sql`select code from grid.part where code = any (${[...codes]}::text[])`)).map(
      ({ code }) => code,
    ),
  );

/** Imports parts (部件批量登记): every row or none. Each fault stands at its row and field, so that a list is mended and sent again. */
export const importParts = route({
  method: 'POST',
  path: '/api/grid/parts',
  summary: { zh: '批量登记部件', en: 'Register parts' },
  allow: 'grid.part.register',
  body: Type.Object(
    { rows: Type.Array(PartInput, { minItems: 1, maxItems: MOST_ROWS }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ registered: Type.Integer() }),
  status: 201,
  bodyLimit: 2 * 1024 ** 2,
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'duty-officer',
      body: {
        rows: [
          {
            code: 'fixture:grid-new-code',
            lon: 'fixture:grid-lon',
            lat: 'fixture:grid-lat',
            owner: 'water-company',
            keeper: 'water-company',
          },
        ],
      },
    },
  },
  prepare: ({ body, services }) => placeParts(services, body.rows),
  handler: async ({ db, actor, clock, body: { rows }, prepared: { where, units, ended } }) => {
    const now = clock.now();
    const taken = await takenCodes(
      db,
      rows.map(({ code }) => code),
    );
    const faults: FieldFault[] = [];
    rows.forEach((row, n) => {
      faults.push(
        ...rowFaults({
          row,
          at: `/rows/${n}`,
          where: where[n] ?? null,
          units,
          ended,
          today: shanghaiDate(now),
          taken,
          by: actor,
        }),
      );
      taken.add(row.code);
    });
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    const parts = rows.flatMap((row, n) => {
      const at = where[n];
      return at ? [{ ...row, source: 'import', where: at }] : [];
    });
    const by = { name: actor.name, unit: actor.unit ?? null };
    return { registered: await storeParts(db, { parts, at: now, by }) };
  },
});
