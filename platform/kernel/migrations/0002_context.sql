-- Functions that every statement of a request calls. Written so that they are inlined (a body parsed when it is created
-- needs no search_path) or keep their plan (plpgsql): an SQL function that does neither is parsed again at each call.
create or replace function kernel.actor(name text) returns text language sql stable
  return nullif(current_setting('actor.' || name, true), '');
create or replace function kernel.area_from() returns text language sql stable
  return coalesce(nullif(current_setting('actor.area', true), ''), '~');
create or replace function kernel.area_to() returns text language sql stable
  return coalesce(nullif(current_setting('actor.area', true), ''), '~') || '~';
create or replace function kernel.now() returns timestamptz language plpgsql stable security definer set search_path = pg_catalog
  as $$ begin return now() + (select "offset" from kernel.clock); end $$;
