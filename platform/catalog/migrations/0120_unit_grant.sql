-- Grants of a unit for its own systems outside of the platform: the taker is the gateway, the unit is the one that asked.
alter table catalog.grant add column for_unit text;
create unique index grant_for_unit on catalog.grant (for_unit, resource) where for_unit is not null;

-- Terms of such a grant as they stand, for the gateway that serves a system of that unit: what it may hand out, never whose rows.
create function catalog.unit_grant(the_unit text, the_resource text)
returns table (id uuid, name text, owner text, state text, fields text[], purposes text[], valid_until timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select g.id, g.name, r.owner, case when g.state = 'approved' and g.valid_until <= kernel.now() then 'expired' else g.state end, g.fields, g.purposes, g.valid_until
  from catalog.grant g join catalog.resource r on r.id = g.resource
  where g.for_unit = the_unit and g.resource = the_resource and kernel.actor('module') = 'gateway' and kernel.actor('unit') = the_unit
$$;
-- Which unit answers for the data of a grant, and of which unit it is.
create function catalog.unit_grant_sides(the_grant uuid) returns table (owner text, unit text, resource text)
language sql stable security definer set search_path = pg_catalog as $$
  select r.owner, g.for_unit, g.resource from catalog.grant g join catalog.resource r on r.id = g.resource
  where g.id = the_grant and g.for_unit is not null and kernel.actor('module') = 'gateway'
$$;
grant usage on schema catalog to district_module;
grant execute on function catalog.unit_grant(text, text), catalog.unit_grant_sides(uuid) to district_module;
