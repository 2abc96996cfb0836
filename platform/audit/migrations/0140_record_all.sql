-- Entries of several requests of one actor that share a transaction, each under the number of its own request. For the rest as audit.record.
create function audit.record_all(entries json) returns void
language plpgsql security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare by_account text := coalesce(kernel.actor('account'), ''); by_name text := coalesce(kernel.actor('name'), ''); by_post text := kernel.actor('post');
  by_unit text := kernel.actor('unit'); by_purpose text := kernel.actor('purpose'); by_module text := coalesce(kernel.actor('module'), '');
begin
  insert into audit.access (id, at, account, name, post, unit, purpose, trace, module, route, resources, fields, level, outcome, code, statement, subjects, digest)
  select r.id, r.at, by_account, by_name, by_post, by_unit, by_purpose, r.trace, by_module, r.route, r.resources, r.fields, r.level, r.outcome, r.code, r.statement,
    cardinality(r.subject_ids), r.digest
  from json_to_recordset(entries) as r(id uuid, at timestamptz, trace text, route text, resources text[], fields text[], level text, outcome text, code text,
    statement text, digest text, subject_ids text[]);
  insert into audit.access_subject (kind, subject, access_id, at)
  select u.k, u.s, r.id, r.at from json_to_recordset(entries) as r(id uuid, at timestamptz, subject_kinds text[], subject_ids text[])
    cross join lateral unnest(r.subject_kinds, r.subject_ids) as u(k, s) on conflict do nothing;
end $$;
grant execute on function audit.record_all(json) to district_module;
