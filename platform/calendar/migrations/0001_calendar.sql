-- Official lists of holidays and make-up workdays (调休), the district's own days, and clocks (时限).

-- Changes with every list and every day of the district: who holds a calendar of an older edition reads it anew.
create table calendar.edition (
  single boolean primary key default true check (single),
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default kernel.now()
);
insert into calendar.edition default values;

create table calendar.year_list (
  year int not null check (year between 1949 and 2200),
  version int not null check (version > 0),
  source text not null check (source in ('package', 'import')),
  document text,
  days jsonb not null check (jsonb_typeof(days) = 'array'),
  digest text not null,
  recorded_by text not null,
  recorded_name text not null,
  at timestamptz not null default kernel.now(),
  primary key (year, version),
  check ((source = 'import') = (document is not null))
);

create table calendar.district_day (
  date date not null,
  version int not null check (version > 0),
  -- none: again as the list says.
  kind text not null check (kind in ('off', 'work', 'none')),
  reason text not null,
  document text not null,
  made_by text not null,
  made_name text not null,
  at timestamptz not null default kernel.now(),
  primary key (date, version)
);
revoke update, delete on calendar.year_list, calendar.district_day from calendar_app, calendar_app_all;
revoke insert, delete on calendar.edition from calendar_app, calendar_app_all;

create table calendar.clock (
  id uuid primary key,
  app text not null,
  kind text not null,
  -- What is timed: id of a row of the app.
  subject text not null,
  -- Rulebook entry and its version.
  basis text not null,
  basis_version int not null,
  amount int not null check (amount > 0),
  unit text not null check (unit in ('working-day', 'day', 'month', 'year', 'hour')),
  started_at timestamptz not null,
  -- What set it off, in the app's words.
  start_event text not null,
  -- While the clock stands still both say what they would be if it went on on the expected day.
  due_at timestamptz not null,
  amber_at timestamptz not null,
  provisional boolean not null,
  edition uuid not null,
  state text not null check (state in ('running', 'stopped', 'ended')),
  amber_fired_at timestamptz,
  due_fired_at timestamptz,
  ended_at timestamptz,
  unique (id, app),
  check (amber_at <= due_at),
  check ((state = 'ended') = (ended_at is not null))
);
create index clock_subject on calendar.clock (app, kind, subject);
create index clock_amber on calendar.clock (amber_at) where state = 'running' and amber_fired_at is null;
create index clock_due on calendar.clock (due_at) where state = 'running' and due_fired_at is null;
create index clock_open on calendar.clock (edition) where state <> 'ended';
create unique index clock_one on calendar.clock (app, kind, subject) where state <> 'ended';

create table calendar.stop (
  id uuid primary key,
  app text not null,
  clock uuid not null,
  reason text not null,
  document text not null check (length(document) >= 2),
  begun_at timestamptz not null,
  expected_end date not null,
  ended_at timestamptz,
  begun_by text not null,
  ended_by text,
  -- The expected end has passed and this was told.
  overrun_fired_at timestamptz,
  foreign key (clock, app) references calendar.clock (id, app),
  check (ended_at >= begun_at),
  exclude using gist (clock with =, tstzrange(begun_at, ended_at) with &&)
);
create unique index stop_open on calendar.stop (clock) where ended_at is null;
revoke delete on calendar.clock, calendar.stop from calendar_app, calendar_app_all;

-- A module works on its own clocks (`uses`); the calendar itself fires all of them.
alter table calendar.clock enable row level security;
alter table calendar.stop enable row level security;
create policy all_apps on calendar.clock to calendar_app_all using (true) with check (true);
create policy all_apps on calendar.stop to calendar_app_all using (true) with check (true);

-- Working days are public: every module counts with them.
create function calendar.edition_now() returns uuid language sql stable security definer set search_path = pg_catalog
  as $$ select id from calendar.edition $$;
-- An imported list stands before what the package says of the same year; of several the newest.
create function calendar.known() returns table (edition uuid, lists jsonb, district jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select e.id,
    (select coalesce(jsonb_agg(jsonb_build_object('year', l.year, 'source', l.source, 'document', l.document, 'days', l.days) order by l.year), '[]')
     from (select distinct on (year) year, source, document, days from calendar.year_list order by year, (source = 'import') desc, version desc) l),
    (select coalesce(jsonb_agg(jsonb_build_object('date', d.date, 'kind', d.kind, 'reason', d.reason, 'document', d.document) order by d.date), '[]')
     from (select distinct on (date) date, kind, reason, document from calendar.district_day order by date, version desc) d where d.kind <> 'none')
  from calendar.edition e
$$;
grant usage on schema calendar to district_module;
grant execute on function calendar.edition_now(), calendar.known() to district_module;
