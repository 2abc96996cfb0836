-- How often a module has read a resource, by day and purpose: counts for both sides of a grant, never who looked at whom.
create function audit.reads_by_day(reader text, resource text, since timestamptz)
returns table (day date, purpose text, reads int, subjects int)
language sql stable security definer set search_path = pg_catalog as $$
  select (a.at at time zone 'Asia/Shanghai')::date, a.purpose, count(*)::int, sum(a.subjects)::int
  from audit.access a
  where a.at >= since and a.module = reader and a.outcome = 'read' and resource = any (a.resources)
  group by 1, 2 order by 1 desc, 2
$$;
grant execute on function audit.reads_by_day(text, text, timestamptz) to district_module;
