import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** A unit (单位) of the organisation tree; `area` is the code of the area that it answers for, if it has one. */
export type Unit = {
  code: string;
  kind: string;
  parent: string | null;
  area: string | null;
  name: string;
  nameEn: string;
};

/** A kind of unit that stands in a register of the district instead of being listed: one a row, `{column}` filled in. */
type Derived = { kind: string; register: string; code: string; name: string; parent: string; area: string };
type OrganisationFile = { units: (Omit<Unit, 'area'> & { area?: string })[]; derived?: Derived[] };

const ENGLISH_KIND: Record<string, string> = {
  committee: 'Residents’ committee',
  'affairs-centre': 'Community affairs centre',
};

/** The folder of the district that this installation runs for: the only one below `districts/` with an organisation. */
export function districtFolder(root: string): string {
  const folders = readdirSync(join(root, 'districts')).filter((name) =>
    existsSync(join(root, 'districts', name, 'organisation.json')),
  );
  const [only] = folders;
  if (only === undefined || folders.length > 1)
    throw new Error(`districts/: one folder with organisation.json is needed, found ${folders.length}`);
  return join(root, 'districts', only);
}

/** Reads the organisation file and the registers that it names; parents come before children. */
export async function readOrganisation(folder: string): Promise<Unit[]> {
  const file = JSON.parse(await readFile(join(folder, 'organisation.json'), 'utf8')) as OrganisationFile;
  const units: Unit[] = file.units.map((unit) => ({
    code: unit.code,
    kind: unit.kind,
    parent: unit.parent,
    area: unit.area ?? null,
    name: unit.name,
    nameEn: unit.nameEn,
  }));
  for (const derived of file.derived ?? []) {
    const rows = parse(await readFile(join(folder, derived.register), 'utf8'), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    for (const row of rows) {
      const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, column: string) => row[column] ?? '');
      const area = fill(derived.area);
      units.push({
        code: fill(derived.code),
        kind: derived.kind,
        parent: fill(derived.parent),
        area,
        name: fill(derived.name),
        nameEn: `${ENGLISH_KIND[derived.kind] ?? derived.kind} ${area}`,
      });
    }
  }
  const known = new Set(units.map((unit) => unit.code));
  for (const unit of units) {
    if (unit.parent !== null && !known.has(unit.parent))
      throw new Error(`organisation: ${unit.code} is below ${unit.parent}, which does not exist`);
  }
  if (known.size !== units.length) throw new Error('organisation: a unit code appears twice');
  return units;
}

/**
 * Writes the initial state of the organisation. The file has the first word only: units that left it stay, because rows elsewhere
 * name them, and what an order has changed (`by_order`) it leaves alone, or each start would undo the reforms since.
 */
export async function storeOrganisation(db: Db, units: readonly Unit[]): Promise<void> {
  await db.run(sql`
    insert into identity.unit (code, kind, parent, area, name, name_en, position)
    select * from unnest(${units.map((u) => u.code)}::text[], ${units.map((u) => u.kind)}::text[], ${units.map((u) => u.parent)}::text[],
      ${units.map((u) => u.area)}::text[], ${units.map((u) => u.name)}::text[], ${units.map((u) => u.nameEn)}::text[], ${units.map((_, i) => i)}::int[])
    on conflict (code) do update set kind = excluded.kind, parent = excluded.parent, area = excluded.area, name = excluded.name,
      name_en = excluded.name_en, position = excluded.position
    where unit.by_order is null and (unit.kind, unit.parent, unit.area, unit.name, unit.name_en, unit.position)
      is distinct from (excluded.kind, excluded.parent, excluded.area, excluded.name, excluded.name_en, excluded.position)`);
  // A correction in the file corrects the first version; it is no event of the history.
  await db.run(sql`
    update identity.unit_version v set kind = u.kind, parent = u.parent, area = u.area, name = u.name, name_en = u.name_en
    from identity.unit u where u.code = v.unit and u.by_order is null
      and (v.kind, v.parent, v.area, v.name, v.name_en) is distinct from (u.kind, u.parent, u.area, u.name, u.name_en)`);
  await db.run(sql`
    insert into identity.unit_version (unit, valid_from, kind, parent, area, name, name_en)
    select u.code, u.valid_from, u.kind, u.parent, u.area, u.name, u.name_en from identity.unit u
    where not exists (select from identity.unit_version v where v.unit = u.code)`);
}
