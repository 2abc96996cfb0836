import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

/** A class (类·项·目·细目) of the catalogue, by its code of 1 + 2 + 3 + n digits. */
export type ClassEntry = { code: string; title: Text };

/** The class above another; undefined for 类, which have none. */
export function parentOf(code: string): string | undefined {
  const length = [6, 3, 1].find((each) => each < code.length);
  return length === undefined ? undefined : code.slice(0, length);
}

/** Whether items may be put into a class: 目 and 细目, not the broader ones. */
export function holdsItems(code: string): boolean {
  return code.length >= 6;
}

/** Code of an item (信息资源代码): its class and a sequence number within it, which is never given twice. */
export const ITEM_CODE = /^[1-9][0-9]{5,11}\/[0-9]{6}$/;

/** Adds classes to the tree; what is there keeps its numbers. Broader classes come first. */
export async function putClasses(db: Db, classes: readonly ClassEntry[]): Promise<void> {
  const rows = classes
    .map(({ code, title }) => ({ code, title, parent: parentOf(code) ?? null }))
    .sort((a, b) => a.code.length - b.code.length);
  await db.run(sql`
    insert into catalog.class (code, parent, title) select c.code, c.parent, c.title
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as c(code text, parent text, title jsonb) on conflict (code) do update set title = excluded.title`);
}

/** Classes of resources that manifests declare, by module; what is not named here is a theme resource of the platform itself. */
const CLASS_OF_MODULE: Record<string, string> = {
  population: '101001',
  'legal-entity': '102001',
  space: '103001',
  geo: '103002',
  economy: '104001',
  exchange: '202001',
};
const PLATFORM_CLASS = '201001';

/** The platform's own classes, and a code for every resource of a manifest that has none yet. */
export async function seedClasses(db: Db): Promise<void> {
  await putClasses(db, JSON.parse(readFileSync(join(import.meta.dirname, 'classes.json'), 'utf8')) as ClassEntry[]);
  const bare = await db.rows<{ id: string; module: string }>(
    sql`select id, module from catalog.resource where code is null order by id`,
  );
  for (const { id, module } of bare) {
    const code = CLASS_OF_MODULE[module] ?? PLATFORM_CLASS;
    await db.run(
      sql`update catalog.resource set class = ${code}, code = catalog.next_code(${code}) where id = ${id} and code is null`,
    );
  }
}
