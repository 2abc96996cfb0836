-- as share_owner
-- A purpose that was retired from the register opens nothing, whatever a grant says.
create or replace function share.check(grant_id uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
declare until timestamptz; allowed text[]; purpose text := nullif(current_setting('actor.purpose', true), '');
begin
  select g.valid_until, g.purposes into until, allowed from catalog.grant g where g.id = grant_id;
  if until <= kernel.now() then raise exception 'GRANT_EXPIRED' using errcode = 'SD002'; end if;
  if purpose is null then raise exception 'PURPOSE_REQUIRED' using errcode = 'SD001'; end if;
  if not purpose = any (allowed) then raise exception 'PURPOSE_NOT_ALLOWED' using errcode = 'SD003'; end if;
  if not access.purpose_in_force(purpose) then raise exception 'PURPOSE_NOT_ALLOWED' using errcode = 'SD003'; end if;
  return true;
end $$;
