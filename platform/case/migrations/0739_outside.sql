-- A pin outside is offered to the neighbour by name (移交邻区): outlines of the districts around, from open data that the district brings. Their lines are rough, so a name is an offer, never a decision.
create table incident.neighbour (
  code text collate "C" primary key,
  name jsonb not null,
  -- What the outline is good to, metres: nearer to a line than that, two districts may be meant.
  accuracy int not null check (accuracy > 0),
  source text not null,
  outline public.geometry(MultiPolygon, 4490) not null
);
create index neighbour_outline on incident.neighbour using gist (outline);

alter table incident.outside_report
  -- Code and name of the district in whose outline the pin lies; null where none is known.
  add column neighbour text collate "C",
  add column neighbour_name jsonb,
  -- The pin lies nearer to another outline than the lines are good to.
  add column near_line boolean not null default false,
  add column source text not null default 'citizen' check (source in ('citizen', 'grid', 'hotline', 'iot', 'patrol', 'open311')),
  add column class text collate "C",
  add column api_key uuid,
  add column media_url text check (media_url ~ '^https?://'),
  add column person uuid,
  add column entity text collate "C";
create index outside_person on incident.outside_report (person, at desc);
-- Whoever reported it sees what became of it.
create policy own_outside on incident.outside_report for select to incident_app
  using ((person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen')
    or (entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent'));

-- The districts that may be meant by a pin, the likeliest first.
create function incident.neighbours_at(at_lon float8, at_lat float8) returns table (code text, name jsonb, inside boolean, metres float8, accuracy int)
language sql stable security definer set search_path = pg_catalog, public as $$
  with pin as (select public.ST_SetSRID(public.ST_MakePoint(at_lon, at_lat), 4490) as p)
  select code, name, public.ST_Intersects(outline, p), metres, accuracy from incident.neighbour cross join pin
    -- One degree of latitude is 111 km; the other way it is shorter, so that this is never too small.
    cross join lateral (select public.ST_Distance(outline, p) * 111000 as metres) d
  where metres <= accuracy order by metres, code limit 3
$$;
grant execute on function incident.neighbours_at(float8, float8) to incident_app, incident_app_all;

drop function incident.outside_of_client(text, uuid);
create function incident.outside_of_client(sender text, sent uuid)
returns table (id uuid, no text, token uuid, state text, at timestamptz, neighbour_name jsonb, near_line boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select id, no, token, state, at, neighbour_name, near_line from incident.outside_report where account = sender and client_id = sent
$$;
grant execute on function incident.outside_of_client(text, uuid) to incident_app, incident_app_all;
