import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/**
 * Brings households (户) up to their members: the head is who is called so, else the eldest; the place is the head's. The
 * dead are no members; a household without members stays with none, because documents may name it.
 */
export async function refreshHouseholds(db: Db, numbers: readonly string[]): Promise<void> {
  const touched = [...new Set(numbers)].sort();
  if (touched.length === 0) return;
  await db.run(sql`
    insert into population.household as h (household_no, head, head_name, members, building_code, committee_code, address, updated_at)
    select n.no, head.pid, head.name, coalesce(head.members, 0), head.building_code, head.committee_code, head.residence_address, kernel.now()
    from unnest(${touched}::text[]) as n(no)
    left join lateral (
      select p.pid, p.name, p.building_code, p.committee_code, p.residence_address, count(*) over ()::int as members
      from population.person p where p.household_no = n.no and p.death_date is null
      order by p.relation = '户主' desc nulls last, p.birth_date nulls last, p.pid limit 1) head on true
    on conflict (household_no) do update set head = excluded.head, head_name = excluded.head_name, members = excluded.members,
      building_code = coalesce(excluded.building_code, h.building_code), committee_code = coalesce(excluded.committee_code, h.committee_code),
      address = coalesce(excluded.address, h.address), updated_at = excluded.updated_at
    where (h.head, h.head_name, h.members) is distinct from (excluded.head, excluded.head_name, excluded.members)
      or (excluded.members > 0 and (h.building_code, h.committee_code, h.address) is distinct from (excluded.building_code, excluded.committee_code, excluded.address))`);
}
