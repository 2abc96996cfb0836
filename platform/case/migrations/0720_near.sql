-- What is known already near a place (附近已知问题): open cases as anybody may read them, and following one of them instead of reporting it anew.
create index case_open_place on incident.case_file (lat, lon) where closed_at is null;

-- Class, place, state and words that were masked when they came. Words of callers and of things stay inside, and nobody is named.
create function incident.open_near(at_lon float8, at_lat float8, metres float8, most int)
returns table (no text, class text, state text, description text, lon float8, lat float8, reports int, reported_at timestamptz, distance float8, sample boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select * from (
    select c.no, c.class, c.state, case when c.source in ('citizen', 'grid', 'patrol') then c.description end, c.lon, c.lat, c.reports, c.reported_at,
      12742017.6 * asin(least(1, sqrt(sin(radians(c.lat - at_lat) / 2) ^ 2 + cos(radians(at_lat)) * cos(radians(c.lat)) * sin(radians(c.lon - at_lon) / 2) ^ 2))) as distance, c.sample
    from incident.case_file c
    where c.closed_at is null and c.lat between at_lat - metres / 111000 and at_lat + metres / 111000
      and c.lon between at_lon - metres / (111000 * cos(radians(at_lat))) and at_lon + metres / (111000 * cos(radians(at_lat)))
  ) near where distance <= metres order by distance, no limit most
$$;

-- Adds a report of the caller to an open case. Nothing comes back where there is no such case; the earlier report where the caller stands in it already.
create function incident.follow_case(case_no text, new_report uuid, sent uuid, words text, moment timestamptz, secret uuid)
returns table (report uuid, case_id uuid, token uuid, state text, fresh boolean)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  held incident.case_file;
  earlier incident.report;
  me uuid := case when kernel.actor('post') = 'citizen' then kernel.actor('person')::uuid end;
  firm text := case when kernel.actor('post') = 'enterprise-agent' then kernel.actor('entity') end;
begin
  select * into held from incident.case_file c where c.no = case_no and c.closed_at is null for update;
  if held.id is null then return; end if;
  select * into earlier from incident.report r where r.case_id = held.id and r.withdrawn_at is null
    and (r.person = me or r.entity = firm or (r.account = kernel.actor('account') and r.client_id = sent)) limit 1;
  if earlier.id is not null then
    return query select earlier.id, held.id, earlier.token, held.state, false;
    return;
  end if;
  insert into incident.report (id, case_id, first_case, client_id, account, person, entity, channel, text, at, token)
  values (new_report, held.id, held.id, sent, kernel.actor('account'), me, firm, 'citizen', words, moment, secret);
  update incident.case_file c set reports = c.reports + 1, updated_at = moment where c.id = held.id;
  return query select new_report, held.id, secret, held.state, true;
end
$$;
grant execute on function incident.open_near(float8, float8, float8, int), incident.follow_case(text, uuid, uuid, text, timestamptz, uuid) to incident_app, incident_app_all;
