import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Golden, Source } from '#platform/basedata/shared/survivorship.ts';
import { CONDITIONS } from './authority.ts';

type Held = { pid: string; kind: string; value: string; source: Source };

/** Writes the conditions (人员状况) of some persons; a changed value ends one row and begins the next. Returns who changed. */
export async function storeConditions(
  db: Db,
  goldens: readonly { pid: string; golden: Golden }[],
): Promise<Set<string>> {
  const wanted = goldens.flatMap(({ pid, golden }): Held[] =>
    CONDITIONS.flatMap((kind) => {
      const held = golden[kind];
      return held ? [{ pid, kind, ...held }] : [];
    }),
  );
  const held = await db.rows<Held>(sql`
    select pid, kind, value, source from population.condition where tx_to is null and pid = any(${goldens.map((g) => g.pid)}::uuid[])`);
  const key = (h: { pid: string; kind: string }) => `${h.pid}/${h.kind}`;
  const now = new Map(held.map((h) => [key(h), h]));
  const begun: Held[] = [];
  const renewed: Held[] = [];
  const ended: Held[] = [];
  for (const next of wanted) {
    const before = now.get(key(next));
    now.delete(key(next));
    if (before?.value === next.value && before.source.d === next.source.d) {
      if (before.source.c !== next.source.c) renewed.push(next);
      continue;
    }
    if (before) ended.push(before);
    begun.push(next);
  }
  ended.push(...now.values());
  if (ended.length > 0) {
    await db.run(sql`
      update population.condition c set tx_to = kernel.now() from jsonb_to_recordset(${json(ended)}::text::jsonb) as r(pid uuid, kind text)
      where c.pid = r.pid and c.kind = r.kind and c.tx_to is null`);
  }
  if (begun.length > 0) {
    await db.run(sql`
      insert into population.condition (pid, kind, value, source, tx_from)
      select r.pid, r.kind, r.value, r.source, kernel.now() from jsonb_to_recordset(${json(begun)}::text::jsonb) as r(pid uuid, kind text, value text, source jsonb)`);
  }
  if (renewed.length > 0) {
    await db.run(sql`
      update population.condition c set source = r.source from jsonb_to_recordset(${json(renewed)}::text::jsonb) as r(pid uuid, kind text, source jsonb)
      where c.pid = r.pid and c.kind = r.kind and c.tx_to is null`);
  }
  return new Set([...begun, ...ended].map((h) => h.pid));
}
