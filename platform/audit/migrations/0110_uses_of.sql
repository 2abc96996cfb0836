-- Who has used records between two moments, for a base database that finds that two of its subjects were held to be one (拆分后的追溯):
-- decisions of that time rest on a record that was not true. Answers the base databases only.
create function audit.uses_of(subject_kind text, subject_ids text[], since timestamptz, upto timestamptz, most int)
returns table (id uuid, at timestamptz, subject text, account text, name text, unit text, post text, purpose text, module text, route text, outcome text)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.at, s.subject, a.account, a.name, a.unit, a.post, a.purpose, a.module, a.route, a.outcome
  from audit.access_subject s join audit.access a on a.id = s.access_id and a.at = s.at
  where kernel.actor('module') in ('population', 'legal-entity') and s.kind = subject_kind and s.subject = any (subject_ids)
    and s.at >= since and s.at <= upto and a.outcome <> 'refused'
  order by s.at desc, a.id limit most
$$;
grant execute on function audit.uses_of(text, text[], timestamptz, timestamptz, int) to district_module;
