-- How reads of each resource by each module came out: served, or refused because no grant stood behind them. Counts only.
create function audit.outcomes(since timestamptz) returns table (resource text, module text, served int, closed int)
language sql stable security definer set search_path = pg_catalog as $$
  select r.id, a.module, (count(*) filter (where a.outcome = 'read'))::int, (count(*) filter (where a.outcome = 'refused'))::int
  from audit.access a, unnest(a.resources) r(id)
  where a.at >= since and (a.outcome = 'read' or (a.outcome = 'refused' and a.code in ('GRANT_EXPIRED', 'GRANT_PENDING', 'GRANT_WITHDRAWN')))
  group by 1, 2
$$;
grant execute on function audit.outcomes(timestamptz) to district_module;
