-- Reads of persons' data by officials, for electronic supervision alone: who read of how many, when and for what; never of whom. Reads in somebody's
-- own name, on another's behalf and by the platform itself are none of an official.
create function audit.person_reads(since timestamptz, most int)
returns table (id uuid, at timestamptz, account text, unit text, module text, purpose text, persons int)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.at, a.account, a.unit, a.module, a.purpose, a.subjects
  from audit.access a
  where kernel.actor('module') = 'evaluation' and a.at >= since and a.outcome = 'read' and a.subjects > 0 and a.behalf is null
    and a.unit is not null and a.account not like 'system:%'
    and exists (select from audit.access_subject s where s.access_id = a.id and s.kind = 'person')
  order by a.at desc limit most
$$;
revoke execute on function audit.person_reads(timestamptz, int) from public;
grant execute on function audit.person_reads(timestamptz, int) to district_module;
