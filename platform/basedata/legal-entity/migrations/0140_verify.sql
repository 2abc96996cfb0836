-- Many statements about enterprises at once, for the signed interface to outside systems.
create function legal_entity.verify_batch(codes text[], stated jsonb) returns table (place int, uscc text, field text, answer text)
-- One plan for whatever number of statements: making it takes several times as long as the query.
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  if coalesce(kernel.actor('module'), '') not in ('legal-entity', 'gateway') then raise exception 'not for this module' using errcode = '42501'; end if;
  if kernel.actor('purpose') is null then raise exception 'PURPOSE_REQUIRED' using errcode = 'SD001'; end if;
  if not access.purpose_in_force(kernel.actor('purpose')) then raise exception 'PURPOSE_NOT_ALLOWED' using errcode = 'SD003'; end if;
  return query
    select d.at::int, e.uscc::text, f.key, case when e.uscc is null or held.value is null then 'unknown' when held.value = f.value then 'yes' else 'no' end
    from unnest(codes) with ordinality as d(code, at)
    cross join lateral jsonb_each_text(stated -> (d.at::int - 1)) f
    left join legal_entity.entity e on e.uscc = d.code
    left join lateral (select case f.key when 'name' then e.name when 'legalRepresentative' then e.legal_representative when 'status' then e.status
      when 'foundedOn' then e.founded_on when 'registeredAddress' then e.registered_address end as value) held on true;
end $$;
grant usage on schema legal_entity to district_module;
grant execute on function legal_entity.verify_batch(text[], jsonb) to district_module;
