-- Who read my data (谁看过我的数据): the log of one subject, for that subject only. Whoever calls gets the rows about the
-- person or enterprise that the actor itself is, so the function may be given to every module.
create function audit.own_log(subject_kind text, before timestamptz, most int)
returns table (id uuid, at timestamptz, name text, post text, unit text, purpose text, module text, route text, resources text[], fields text[], level text, outcome text, trace text)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.at, a.name, a.post, a.unit, a.purpose, a.module, a.route, a.resources, a.fields, a.level, a.outcome, a.trace
  from audit.access_subject s join audit.access a on a.id = s.access_id
  where s.kind = subject_kind and s.subject = (case subject_kind when 'person' then kernel.actor('person') when 'entity' then kernel.actor('entity') end)
    and (before is null or s.at < before)
  order by s.at desc, s.access_id desc limit least(most, 200)
$$;
create index access_subject_recent on audit.access_subject (kind, subject, at desc);
grant execute on function audit.own_log(text, timestamptz, int) to district_module;
