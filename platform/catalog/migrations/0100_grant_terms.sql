-- What a grant allows at this moment, for deliveries that are made without a query of the taker. No row unless it is in force.
create function catalog.grant_terms(grant_id uuid)
returns table (taker text, resource text, owner text, fields text[], row_filter jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select g.taker, g.resource, r.owner, g.fields, g.row_filter
  from catalog.grant g join catalog.resource r on r.id = g.resource
  where kernel.actor('module') = 'exchange' and g.id = grant_id and g.state = 'approved' and (g.valid_until is null or g.valid_until > kernel.now())
$$;
-- Grants on resources, for choosing one: who takes what, without reasons and names.
create function catalog.grants_on(resources text[])
returns table (id uuid, taker text, resource text, name text, fields text[])
language sql stable security definer set search_path = pg_catalog as $$
  select g.id, g.taker, g.resource, g.name, g.fields from catalog.grant g
  where kernel.actor('module') = 'exchange' and g.resource = any (resources) and g.state = 'approved' and (g.valid_until is null or g.valid_until > kernel.now())
$$;
grant usage on schema catalog to district_module;
grant execute on function catalog.grant_terms(uuid), catalog.grants_on(text[]) to district_module;
