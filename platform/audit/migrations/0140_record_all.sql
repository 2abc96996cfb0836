-- Entries of several messages that share a transaction of the gateway, each in the name of the system that it proved to be of. Nobody else may write in
-- others' names. For the rest as audit.record.
create function audit.record_all(entries json) returns void
language plpgsql security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  if coalesce(kernel.actor('module'), '') <> 'gateway' then raise exception 'not for this module' using errcode = '42501'; end if;
  insert into audit.access (id, at, account, name, unit, purpose, trace, module, route, resources, fields, level, outcome, code, statement, subjects, digest)
  select r.id, r.at, r.account, r.name, r.unit, kernel.actor('purpose'), r.trace, 'gateway', r.route, r.resources, r.fields, r.level, r.outcome, r.code, r.statement,
    cardinality(r.subject_ids), r.digest
  from json_to_recordset(entries) as r(id uuid, at timestamptz, account text, name text, unit text, trace text, route text, resources text[], fields text[],
    level text, outcome text, code text, statement text, digest text, subject_ids text[]);
  insert into audit.access_subject (kind, subject, access_id, at)
  select u.k, u.s, r.id, r.at from json_to_recordset(entries) as r(id uuid, at timestamptz, subject_kinds text[], subject_ids text[])
    cross join lateral unnest(r.subject_kinds, r.subject_ids) as u(k, s) on conflict do nothing;
end $$;
grant execute on function audit.record_all(json) to district_module;
