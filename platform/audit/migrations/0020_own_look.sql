-- One entry of the log for whom it is about, like own_log: what an objection (异议) names.
create function audit.own_look(subject_kind text, entry uuid)
returns table (account text, name text, unit text, post text, at timestamptz, route text, purpose text, fields text[], behalf text)
language sql stable security definer set search_path = pg_catalog as $$
  select a.account, a.name, a.unit, a.post, a.at, a.route, a.purpose, a.fields, a.behalf
  from audit.access a join audit.access_subject s on s.access_id = a.id and s.at = a.at
  where a.id = entry and s.kind = subject_kind
    and s.subject = (case subject_kind when 'person' then kernel.actor('person') when 'entity' then kernel.actor('entity') end)
$$;
grant execute on function audit.own_look(text, uuid) to district_module;
