-- Centres (政务服务中心): the administrative service centre of the district and the community affairs centres, their windows and who is skilled for what.

-- Families of items (事项类别): what a clerk passes an exam of, a window is for and a ticket names.
create table service_hall.family (
  code text collate "C" primary key check (code ~ '^[a-z][a-z-]{1,40}$'),
  title jsonb not null check (title ?& array['zh', 'en']),
  -- Begins the numbers of its tickets.
  letter text collate "C" not null unique check (letter ~ '^[A-Z]$'),
  -- Units whose items belong to it.
  units text[] not null
);

create table service_hall.centre (
  code text collate "C" primary key check (code ~ '^[a-z][a-z0-9-]{1,60}$'),
  kind text not null check (kind in ('district', 'community')),
  title jsonb not null check (title ?& array['zh', 'en']),
  -- Units whose people work here: the centre and the street that runs it.
  units text[] not null check (cardinality(units) > 0),
  -- Area whose residents it serves first.
  area text collate "C" not null,
  address jsonb not null,
  phone text not null,
  -- EPSG:4490.
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  -- {working: {from, to}, saturday?: {from, to}, off?: {from, to}}, times of Shanghai as HH:MM.
  hours jsonb not null check (hours ? 'working'),
  sample boolean not null default false
);
create index centre_units on service_hall.centre using gin (units);

-- Windows (窗口). A clerk sits at one at a time; who nobody sits at is closed.
create table service_hall.service_window (
  centre text collate "C" not null references service_hall.centre,
  no int not null check (no between 1 and 999),
  families text[] not null,
  clerk text,
  clerk_name text,
  seated_at timestamptz,
  primary key (centre, no),
  check (num_nulls(clerk, clerk_name, seated_at) in (0, 3))
);
create unique index service_window_clerk on service_hall.service_window (clerk) where clerk is not null;

-- Exams that clerks have passed (综窗人员技能), for the families that they serve.
create table service_hall.clerk_skill (
  account text not null,
  family text collate "C" not null references service_hall.family,
  centre text collate "C" not null references service_hall.centre,
  passed_on date not null,
  valid_to date,
  entered_by text not null,
  primary key (account, family),
  -- Nobody certifies themselves.
  check (entered_by <> account)
);

revoke insert, update, delete on service_hall.family, service_hall.centre from service_hall_app;
revoke insert, delete on service_hall.service_window from service_hall_app;

-- Centres in which the caller's unit works.
create function service_hall.my_centres() returns text[] language sql stable set search_path = pg_catalog
  as $$ select coalesce(array_agg(code), '{}') from service_hall.centre where units @> array[kernel.actor('unit')] $$;

alter table service_hall.clerk_skill enable row level security;
create policy of_the_centre on service_hall.clerk_skill to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.clerk_skill to service_hall_app_all using (true);
