-- Many statements at once, for the signed interface to outside systems: place in the batch, person for the audit, field and answer. Only under a purpose
-- of the register; raw values never leave.
create function population.verify_batch(digests text[], stated jsonb) returns table (place int, pid uuid, field text, answer text)
-- One plan for whatever number of statements: making it takes several times as long as the query.
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare purpose text := kernel.actor('purpose');
begin
  if coalesce(kernel.actor('module'), '') not in ('population', 'gateway') then raise exception 'not for this module' using errcode = '42501'; end if;
  if purpose is null then raise exception 'PURPOSE_REQUIRED' using errcode = 'SD001'; end if;
  if not access.purpose_in_force(purpose) then raise exception 'PURPOSE_NOT_ALLOWED' using errcode = 'SD003'; end if;
  return query
    select d.at::int, p.pid, f.key, case when p.pid is null or held.value is null then 'unknown' when held.value = f.value then 'yes' else 'no' end
    from unnest(digests) with ordinality as d(digest, at)
    cross join lateral jsonb_each_text(stated -> (d.at::int - 1)) f
    left join population.identifier i on i.kind = 'id18' and i.lookup_key = d.digest
    -- A number that two living people have proves nothing about either.
    left join population.person p on p.pid = i.pid and not exists (select from population.conflict c where c.pid = p.pid and c.state = 'frozen')
    left join lateral (select case f.key
      when 'name' then p.name when 'sex' then p.sex when 'birthDate' then p.birth_date::text when 'phone' then p.phone when 'address' then p.address_key
      when 'buildingCode' then p.building_code when 'committeeCode' then p.committee_code when 'householdNo' then p.household_no
      else (select c.value from population.condition c where c.pid = p.pid and c.kind = f.key and c.tx_to is null limit 1) end as value) held on true;
end $$;
grant usage on schema population to district_module;
grant execute on function population.verify_batch(text[], jsonb) to district_module;
