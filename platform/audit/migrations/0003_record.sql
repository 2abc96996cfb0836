-- The same as before in plpgsql, which keeps its plans: this runs in every request that reads catalogued data.
create or replace function audit.record(row_id uuid, row_at timestamptz, row_route text, row_resources text[], row_fields text[], row_level text, row_outcome text, row_code text,
  row_statement text, row_digest text, subject_kinds text[], subject_ids text[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into audit.access (id, at, account, name, post, unit, purpose, trace, module, route, resources, fields, level, outcome, code, statement, subjects, digest)
  values (row_id, row_at, coalesce(kernel.actor('account'), ''), coalesce(kernel.actor('name'), ''), kernel.actor('post'), kernel.actor('unit'), kernel.actor('purpose'),
          kernel.actor('trace'), coalesce(kernel.actor('module'), ''), row_route, row_resources, row_fields, row_level, row_outcome, row_code, row_statement,
          cardinality(subject_ids), row_digest);
  if cardinality(subject_ids) > 0 then
    insert into audit.access_subject (kind, subject, access_id, at)
    select k, s, row_id, row_at from unnest(subject_kinds, subject_ids) as u(k, s) on conflict do nothing;
  end if;
end $$;
