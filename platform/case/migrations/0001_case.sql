-- Incident cases (案件, G2): one lifecycle for grid, hotline, things and patrols. The schema is called `incident`: `case` is a word of SQL.

-- Classes of parts and events (部件、事件类别), by version: the standard is being reissued.
create table incident.class (
  code text collate "C" not null check (code ~ '^[PE][0-9]{4}$'),
  valid_from date not null,
  valid_to date,
  kind text not null check (kind in ('part', 'event')),
  major jsonb not null,
  name jsonb not null,
  -- When a case is filed (立案条件) and when it may be closed (结案条件).
  establish jsonb not null,
  close jsonb not null,
  limit_rule text not null,
  -- Rule of the time in which the place is made safe, where the class wants that.
  secure_rule text,
  source text not null,
  source_verified boolean not null,
  primary key (code, valid_from),
  check (valid_to > valid_from)
);

-- Responsibility table (权责清单): which unit answers for a class in a place, and from when to when.
create table incident.responsibility (
  id uuid primary key,
  class text collate "C" not null,
  -- Area code: district, street or committee. The longest that holds the place stands.
  place text collate "C" not null,
  -- Owner of the part (权属单位) where it matters.
  owner text,
  unit text not null,
  state text not null check (state in ('proposed', 'approved', 'refused')),
  valid_from date,
  valid_to date,
  reason text not null check (length(reason) between 4 and 1000),
  -- The case whose ruling proposed it.
  ruling_of uuid,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  check (state = 'proposed' or decided_by <> proposed_by),
  check ((state = 'approved') = (valid_from is not null)),
  exclude using gist (class with =, place with =, coalesce(owner, '') with =, daterange(valid_from, valid_to) with &&) where (state = 'approved')
);
create index responsibility_class on incident.responsibility (class, place);

create table incident.case_file (
  id uuid primary key,
  no text collate "C" not null unique,
  source text not null check (source in ('citizen', 'grid', 'hotline', 'iot', 'patrol', 'open311')),
  class text collate "C" not null,
  description text not null check (length(description) between 1 and 4000),
  -- WGS 84 / CGCS2000, degrees.
  lon float8 not null check (lon between -180 and 180),
  lat float8 not null check (lat between -90 and 90),
  address text,
  street text collate "C" not null,
  committee text collate "C" not null,
  cell text collate "C" not null,
  -- 16-digit code of the part (部件代码) and who owns it.
  part text check (length(part) = 16),
  owner text,
  -- Difference hash of the first photo, 64 bits in hex.
  picture text check (picture ~ '^[0-9a-f]{16}$'),
  state text not null,
  unit text,
  -- Every unit that has had it: whoever gave it back still learns what became of it.
  units text[] not null default '{}',
  returns int not null default 0,
  ruled boolean not null default false,
  -- {kind, by, name, reason, document, until, stop}
  asked jsonb,
  allowed int not null default 0,
  reworks int not null default 0,
  handlers text[] not null default '{}',
  verified_by text,
  secure text not null default 'none' check (secure in ('none', 'due', 'done')),
  reports int not null default 1 check (reports > 0),
  complaint boolean not null default false,
  merged_into uuid references incident.case_file,
  reported_at timestamptz not null,
  established_at timestamptz,
  dispatched_at timestamptz,
  handled_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null,
  -- The clock of the present step, and when it is due: what the queue is sorted by.
  clock uuid,
  secure_clock uuid,
  due_at timestamptz,
  sample boolean not null default false,
  check ((state = 'merged') = (merged_into is not null) or state = 'archived'),
  check (not verified_by = any (handlers))
);
-- Queues by clock: of a street, of a unit, of the district.
create index case_street_due on incident.case_file (street, due_at, id) where due_at is not null;
create index case_unit_due on incident.case_file (unit, due_at, id) where due_at is not null;
create index case_due on incident.case_file (due_at, id) where due_at is not null;
-- Everything, the newest first.
create index case_street_new on incident.case_file (street, reported_at desc, id desc);
create index case_unit_new on incident.case_file (unit, reported_at desc, id desc);
create index case_new on incident.case_file (reported_at desc, id desc);
create index case_class on incident.case_file (class, reported_at desc);
create index case_state_new on incident.case_file (street, state, reported_at desc, id desc);

-- Reports (上报): many reporters, one case. Each keeps its own words and learns of every step.
create table incident.report (
  id uuid primary key,
  case_id uuid not null references incident.case_file,
  -- The case that it became first; another one after a merge.
  first_case uuid not null references incident.case_file,
  -- Made by the sender, so that what was sent twice is one report.
  client_id uuid not null,
  account text not null,
  person uuid,
  entity text collate "C",
  -- Sealed: name and phone, where the reporter gave them.
  contact text,
  channel text not null,
  text text not null,
  at timestamptz not null,
  api_key uuid,
  -- Picture that a third party keeps (GeoReport v2): an address, never fetched.
  media_url text check (media_url ~ '^https?://'),
  token uuid not null unique,
  satisfied boolean,
  opinion text check (length(opinion) between 2 and 500),
  rated_at timestamptz,
  withdrawn_at timestamptz,
  unique (account, client_id)
);
create index report_case on incident.report (case_id);
create index report_person on incident.report (person, at desc);
create index report_account on incident.report (account, at desc);

-- What each reporter was told (告知): one row for each report and step.
create table incident.notice (
  id uuid primary key,
  report uuid not null references incident.report,
  case_id uuid not null references incident.case_file,
  kind text not null,
  at timestamptz not null
);
create index notice_report on incident.notice (report, at);

-- Timeline (进度): everything that happened, in order; `shown` is what reporters read.
create table incident.event (
  seq bigint generated always as identity primary key,
  case_id uuid not null references incident.case_file deferrable initially deferred,
  at timestamptz not null,
  kind text not null,
  by_account text not null,
  by_name text not null,
  by_unit text,
  shown boolean not null,
  text text,
  data jsonb not null default '{}'
);
create index event_case on incident.event (case_id, seq);

-- Keys of third parties (GeoReport v2): the digest only.
create table incident.api_key (
  id uuid primary key,
  digest text not null unique,
  holder text not null check (length(holder) between 2 and 120),
  made_by text not null,
  made_at timestamptz not null,
  revoked_at timestamptz
);

revoke update, delete on incident.event, incident.notice from incident_app, incident_app_all;
revoke delete on incident.case_file, incident.report, incident.responsibility, incident.class, incident.api_key from incident_app, incident_app_all;

-- Which cases somebody reported: asked once a statement.
create function incident.cases_of_me() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select case_id from incident.report
  where (person = kernel.actor('person')::uuid and kernel.actor('post') = 'citizen')
    or (entity = kernel.actor('entity') and kernel.actor('post') = 'enterprise-agent')
$$;
grant execute on function incident.cases_of_me() to incident_app, incident_app_all;

alter table incident.case_file enable row level security;
alter table incident.report enable row level security;
alter table incident.notice enable row level security;
alter table incident.event enable row level security;

-- A street and a committee see what lies in their area; a department what is in its hands. Lists name street or unit as well, so that an index is used.
create policy of_the_area on incident.case_file to incident_app
  using ((select kernel.actor('unit') is not null and length(kernel.area_from()) >= 9)
    and committee >= (select kernel.area_from()) and committee < (select kernel.area_to()));
create policy of_the_unit on incident.case_file to incident_app using (units @> array[(select kernel.actor('unit'))]);
create policy of_the_reporter on incident.case_file to incident_app
  using ((select kernel.actor('unit') is null) and id in (select incident.cases_of_me()));
-- What is reported comes in from anybody; where it lies and what it is decides who sees it.
create policy reported on incident.case_file for insert to incident_app with check (state = 'reported');
create policy whole_district on incident.case_file to incident_app_all using (true) with check (true);

create policy own_report on incident.report to incident_app
  using ((person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen')
    or (entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent'));
create policy of_the_case on incident.report to incident_app
  using ((select kernel.actor('unit') is not null) and exists (select from incident.case_file c where c.id = case_id));
create policy reported on incident.report for insert to incident_app with check (true);
create policy whole_district on incident.report to incident_app_all using (true) with check (true);

create policy of_the_report on incident.notice to incident_app using (exists (select from incident.report r where r.id = report)) with check (true);
create policy whole_district on incident.notice to incident_app_all using (true) with check (true);

create policy of_the_case on incident.event to incident_app
  using (exists (select from incident.case_file c where c.id = case_id) and (shown or (select kernel.actor('unit') is not null)))
  with check (true);
create policy whole_district on incident.event to incident_app_all using (true) with check (true);

-- Has this been sent before? For the account that sent it.
create function incident.report_of_client(sender text, sent uuid)
returns table (id uuid, case_id uuid, no text, token uuid, state text, reported_at timestamptz, street text)
language sql stable security definer set search_path = pg_catalog as $$
  select r.id, c.id, c.no, r.token, c.state, r.at, c.street from incident.report r join incident.case_file c on c.id = r.case_id
  where r.account = sender and r.client_id = sent
$$;
-- How much an account has reported lately, whatever row security lets it see.
create function incident.reports_since(sender text, since timestamptz) returns int
language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int from incident.report where account = sender and at > since
$$;
grant execute on function incident.report_of_client(text, uuid), incident.reports_since(text, timestamptz) to incident_app, incident_app_all;

-- For the catalogue: reports with where they stand, as far as row security lets the reader see them.
create view incident.report_view with (security_invoker) as
  select r.id, c.no, c.class, c.state, c.street, r.person, r.entity, r.channel, r.text, r.at, r.satisfied
  from incident.report r join incident.case_file c on c.id = r.case_id;
