-- For whom an act was done (替谁办): the delegation, as set on the transaction. A default, so that whoever writes the row need not
-- know of it.
alter table audit.access add column behalf text default kernel.actor('behalf');

-- What others did, or were refused, in the name of the caller: for the giver of a delegation only, like own_log.
create function audit.own_acts(subject_kind text, before timestamptz, most int)
returns table (id uuid, at timestamptz, behalf text, account text, name text, route text, outcome text, code text)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.at, a.behalf, a.account, a.name, a.route, a.outcome, a.code
  from audit.access_subject s join audit.access a on a.id = s.access_id
  where s.kind = subject_kind and s.subject = (case subject_kind when 'person' then kernel.actor('person') when 'entity' then kernel.actor('entity') end)
    and a.behalf is not null and (before is null or s.at < before)
  order by s.at desc, s.access_id desc limit least(most, 200)
$$;
grant execute on function audit.own_acts(text, timestamptz, int) to district_module;
