-- Hot spots (高发点位): runs of the space-time scan with what they were made of, their clusters, and tasks that go to the root of what comes back (源头治理).
create table grid.scan_run (
  id uuid primary key,
  class text collate "C" not null,
  model text not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  -- The same seed and the same data give the same clusters.
  seed int not null,
  replications int not null check (replications > 0),
  significance float8 not null,
  events int not null,
  places int not null,
  -- Digest of what went in.
  data_version text not null,
  finished_at timestamptz not null
);
create index scan_run_class on grid.scan_run (class, finished_at desc);

create table grid.hotspot (
  id uuid primary key,
  run uuid not null references grid.scan_run on delete cascade,
  class text collate "C" not null,
  street text collate "C" not null,
  committee text collate "C" not null,
  lon float8 not null,
  lat float8 not null,
  radius float8 not null,
  cells text[] not null,
  from_day date not null,
  to_day date not null,
  observed int not null,
  expected float8 not null,
  likelihood float8 not null,
  p float8 not null check (p > 0 and p <= 1),
  cases text[] not null,
  found_at timestamptz not null
);
create index hotspot_run on grid.hotspot (run);
create index hotspot_street on grid.hotspot (street, found_at desc);

-- Proposed by the machine, opened or dismissed by a person.
create table grid.root_task (
  id uuid primary key,
  no text collate "C" not null unique,
  class text collate "C" not null,
  street text collate "C" not null,
  committee text collate "C" not null,
  lon float8 not null,
  lat float8 not null,
  cases text[] not null check (cardinality(cases) >= 3),
  first_at timestamptz not null,
  last_at timestamptz not null,
  state text not null check (state in ('proposed', 'open', 'dismissed', 'done')),
  proposed_at timestamptz not null,
  unit text,
  due date,
  measures text check (length(measures) between 4 and 2000),
  reason text check (length(reason) between 4 and 1000),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  result text check (length(result) between 4 and 2000),
  done_by text,
  done_name text,
  done_at timestamptz,
  sample boolean not null default false,
  check ((state = 'proposed') = (decided_at is null)),
  check (state <> 'open' or (unit is not null and due is not null and measures is not null)),
  check ((state = 'done') = (done_at is not null))
);
create index root_task_state on grid.root_task (state, street);

-- Expected cases for each cell and day (风险预警), with the gate that each series had to pass.
create table grid.forecast (
  day date not null,
  street text collate "C" not null,
  cell text collate "C" not null,
  expected float8 not null check (expected >= 0),
  -- Among the five in a hundred of the district with the most.
  high boolean not null,
  primary key (day, cell)
);
create index forecast_high on grid.forecast (day, street) where high;
create table grid.forecast_series (
  day date not null,
  street text collate "C" not null,
  model text not null,
  reliable boolean not null,
  value float8 not null,
  low float8,
  high float8,
  naive float8 not null,
  mase float8,
  coverage float8,
  origins int not null,
  from_day date not null,
  to_day date not null,
  data_version text not null,
  made_at timestamptz not null,
  primary key (day, street)
);

alter table grid.hotspot enable row level security;
create policy own_street on grid.hotspot to grid_app using (street = left((select kernel.actor('area')), 9));
create policy whole_district on grid.hotspot to grid_app_all using (true);
alter table grid.root_task enable row level security;
create policy own_street on grid.root_task to grid_app
  using (street = left((select kernel.actor('area')), 9) or unit = (select kernel.actor('unit')));
create policy whole_district on grid.root_task to grid_app_all using (true);
alter table grid.forecast enable row level security;
create policy own_street on grid.forecast to grid_app using (street = left((select kernel.actor('area')), 9));
create policy whole_district on grid.forecast to grid_app_all using (true);
alter table grid.forecast_series enable row level security;
create policy own_street on grid.forecast_series to grid_app using (street = left((select kernel.actor('area')), 9));
create policy whole_district on grid.forecast_series to grid_app_all using (true);
