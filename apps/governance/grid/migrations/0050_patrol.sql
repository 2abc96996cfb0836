-- Patrols (巡查): routes that are proposed by the machine and decided by a person; a change of an approved one is a new version.
create table grid.patrol (
  id uuid primary key,
  -- All versions of one patrol share it.
  series uuid not null,
  version int not null check (version > 0),
  title text not null check (length(title) between 2 and 120),
  street text collate "C" not null,
  day date not null,
  supervisor text not null,
  supervisor_name text not null,
  state text not null check (state in ('proposed', 'approved', 'rejected', 'superseded')),
  -- How it was found; a heuristic may be this far from the best.
  method text not null check (method in ('heuristic', 'by-hand')),
  minutes float8 not null,
  budget int not null,
  worth float8 not null,
  bound float8,
  seed int,
  line jsonb not null,
  attribution text,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null,
  reason text check (length(reason) between 2 and 1000),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  sample boolean not null default false,
  unique (series, version),
  check (minutes <= budget + 0.001),
  check ((state = 'proposed') = (decided_at is null)),
  check (state <> 'rejected' or reason is not null)
);
create unique index patrol_of_the_day on grid.patrol (supervisor, day) where state = 'approved';
create index patrol_street on grid.patrol (street, day desc);

create table grid.patrol_point (
  patrol uuid not null references grid.patrol,
  point text not null,
  at int not null,
  label text not null,
  lon float8 not null,
  lat float8 not null,
  kind text not null check (kind in ('risk', 'hotspot', 'root-cause', 'part', 'other')),
  worth float8 not null,
  -- Not on the route, since the time did not allow it: kept, so that who decides sees what was left out.
  required boolean not null,
  primary key (patrol, point)
);

-- Where somebody was, and when (轨迹): personal, kept for a limited time.
create table grid.patrol_visit (
  client_id uuid not null,
  patrol uuid not null,
  point text not null,
  account text not null,
  at timestamptz not null,
  lon float8,
  lat float8,
  primary key (account, client_id),
  foreign key (patrol, point) references grid.patrol_point
);
create unique index patrol_visit_once on grid.patrol_visit (patrol, point);

alter table grid.patrol enable row level security;
create policy own_street on grid.patrol to grid_app using (street = left((select kernel.actor('area')), 9));
create policy whole_district on grid.patrol to grid_app_all using (true);
alter table grid.patrol_point enable row level security;
create policy of_the_patrol on grid.patrol_point to grid_app using (exists (select from grid.patrol p where p.id = patrol));
create policy whole_district on grid.patrol_point to grid_app_all using (true);
alter table grid.patrol_visit enable row level security;
create policy own_track on grid.patrol_visit to grid_app using (account = (select kernel.actor('account')));
create policy whole_district on grid.patrol_visit to grid_app_all using (true);
-- How many points were seen, without who was where: that is for who walked.
create function grid.patrol_visited(of uuid) returns table (point text, at timestamptz) language sql stable security definer set search_path = pg_catalog as $$
  select v.point, v.at from grid.patrol_visit v where v.patrol = of
$$;
grant execute on function grid.patrol_visited(uuid) to grid_app, grid_app_all;
