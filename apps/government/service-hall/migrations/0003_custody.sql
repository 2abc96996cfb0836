-- Custody of papers (材料交接): a paper has a barcode and one holder at a time; every change of hands is a row that stays.
create table service_hall.paper (
  id uuid primary key,
  barcode text collate "C" not null unique check (barcode ~ '^P[0-9]{12}[0-9A-Z]$'),
  what text not null check (length(what) between 2 and 100),
  -- Of which case, once there is one.
  case_code text collate "C",
  state text not null check (state in ('held', 'lost', 'returned', 'archived')),
  -- Units that hold it, held it or are offered it.
  units text[] not null check (cardinality(units) > 0),
  registered_at timestamptz not null,
  registered_by text not null,
  lost_at timestamptz,
  lost_note text,
  ended_at timestamptz,
  check ((state = 'lost') = (lost_at is not null)),
  check ((state in ('returned', 'archived')) = (ended_at is not null))
);
create index paper_units on service_hall.paper using gin (units);
create index paper_case on service_hall.paper (case_code) where case_code is not null;

create table service_hall.custody (
  paper uuid not null references service_hall.paper,
  no int not null check (no > 0),
  unit text not null,
  account text not null,
  name text not null,
  from_at timestamptz not null,
  -- Null = holds it now.
  until_at timestamptz check (until_at >= from_at),
  primary key (paper, no)
);
-- One holder at a time, whoever scans at the same moment.
create unique index custody_one_holder on service_hall.custody (paper) where until_at is null;

-- What is on its way (交接单): offered by the holder, until the other side has scanned it.
create table service_hall.hand_over (
  id uuid primary key,
  paper uuid not null references service_hall.paper,
  from_unit text not null,
  to_unit text not null check (to_unit <> from_unit),
  offered_at timestamptz not null,
  offered_by text not null,
  taken_at timestamptz,
  taken_by text,
  withdrawn_at timestamptz
);
create unique index hand_over_one on service_hall.hand_over (paper) where taken_at is null and withdrawn_at is null;
revoke delete on service_hall.paper, service_hall.custody, service_hall.hand_over from service_hall_app, service_hall_app_all;

alter table service_hall.paper enable row level security;
alter table service_hall.custody enable row level security;
alter table service_hall.hand_over enable row level security;
create policy of_the_units on service_hall.paper to service_hall_app using (units @> array[(select kernel.actor('unit'))]);
create policy of_all on service_hall.paper to service_hall_app_all using (true);
create policy of_the_paper on service_hall.custody to service_hall_app using (exists (select from service_hall.paper p where p.id = custody.paper));
create policy of_all on service_hall.custody to service_hall_app_all using (true);
create policy of_the_paper on service_hall.hand_over to service_hall_app using (exists (select from service_hall.paper p where p.id = hand_over.paper));
create policy of_all on service_hall.hand_over to service_hall_app_all using (true);
