-- Reports above what one sender usually has in an hour (待核上报): taken with a receipt, no case yet. No clock runs, no unit sees them, nothing is proposed as their double until a person
-- takes them in. The machine counts; it says nothing of who sent them.
create table incident.held_report (
  -- The id of the report that it becomes, and of its case: photos hang on the case from the beginning.
  id uuid primary key,
  case_id uuid not null unique,
  no text collate "C" not null unique check (no ~ '^DH[0-9]{14}$'),
  client_id uuid not null,
  account text not null,
  -- Keyed digest of the account: what desks name a heap by, since nobody at a desk needs to know whose it is.
  heap text collate "C" not null,
  person uuid,
  entity text collate "C",
  -- Sealed, as in incident.report.
  contact text,
  source text not null check (source in ('citizen', 'grid', 'hotline', 'iot', 'patrol', 'open311')),
  class text collate "C" not null,
  text text not null check (length(text) between 1 and 4000),
  lon float8 not null check (lon between -180 and 180),
  lat float8 not null check (lat between -90 and 90),
  address text,
  street text collate "C" not null,
  committee text collate "C" not null,
  cell text collate "C" not null,
  part text check (length(part) = 16),
  owner text,
  keeper text,
  flags text[] not null default '{}',
  picture text check (picture ~ '^[0-9a-f]{16}$'),
  photos int not null default 0 check (photos >= 0),
  api_key uuid,
  media_url text check (media_url ~ '^https?://'),
  -- rate: more than usual within an hour · cooling: a person decided so for a time.
  cause text not null check (cause in ('rate', 'cooling')),
  at timestamptz not null,
  token uuid not null unique,
  state text not null default 'held' check (state in ('held', 'taken', 'refused')),
  -- Closed list of reasons of a refusal, and the words that the reporter reads.
  reason text,
  words text check (length(words) between 4 and 1000),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  -- Number of the case that it became.
  case_no text collate "C",
  sample boolean not null default false,
  unique (account, client_id),
  check ((state = 'held') = (decided_by is null and decided_at is null)),
  check ((state = 'taken') = (case_no is not null)),
  check ((state = 'refused') = (reason is not null and words is not null))
);
create index held_open on incident.held_report (heap, at, id) where state = 'held';
create index held_account on incident.held_report (account, at desc);
create index held_person on incident.held_report (person, at desc);
revoke delete on incident.held_report from incident_app, incident_app_all;
alter table incident.held_report enable row level security;
create policy reported on incident.held_report for insert to incident_app with check (state = 'held');
create policy own_held on incident.held_report for select to incident_app
  using ((person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen')
    or (entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent'));
create policy of_the_area on incident.held_report to incident_app
  using ((select kernel.actor('unit') is not null and length(kernel.area_from()) >= 9)
    and committee >= (select kernel.area_from()) and committee < (select kernel.area_to()));
create policy whole_district on incident.held_report to incident_app_all using (true) with check (true);

-- Cooling-off of a sender (冷静期): one person proposes, another decides, a third looks at the objection. While it lasts, reports are taken as ever and wait for a person.
create table incident.cooling (
  id uuid primary key,
  account text not null,
  heap text collate "C" not null,
  person uuid,
  entity text collate "C",
  reason text not null check (length(reason) between 10 and 1000),
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null,
  state text not null default 'proposed' check (state in ('proposed', 'on', 'declined', 'lifted')),
  until timestamptz,
  decided_by text check (decided_by <> proposed_by),
  decided_name text,
  decided_at timestamptz,
  decided_words text check (length(decided_words) between 4 and 1000),
  objection text check (length(objection) between 4 and 1000),
  objected_at timestamptz,
  reviewed_by text check (reviewed_by <> proposed_by and reviewed_by <> decided_by),
  reviewed_name text,
  reviewed_at timestamptz,
  reviewed_words text check (length(reviewed_words) between 4 and 1000),
  check ((state = 'proposed') = (decided_by is null)),
  check (state = 'proposed' or state = 'declined' or until is not null)
);
create unique index cooling_one on incident.cooling (account) where state in ('proposed', 'on');
create index cooling_person on incident.cooling (person);
revoke delete on incident.cooling from incident_app, incident_app_all;
alter table incident.cooling enable row level security;
create policy own_cooling on incident.cooling to incident_app
  using (state <> 'proposed' and ((person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen')
    or (entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent')));
create policy of_the_desk on incident.cooling to incident_app using ((select kernel.actor('unit') is not null)) with check (true);
create policy whole_district on incident.cooling to incident_app_all using (true) with check (true);

-- How much senders have handed in since a moment, and when the one came that has to grow old before they are below `most` again. One person's named and anonymous reports count together.
create function incident.load_of(senders text[], since timestamptz, most int) returns table (n int, nth timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  with each as (
    select at from incident.report where account = any (senders) and at > since
    union all select at from incident.outside_report where account = any (senders) and at > since
    union all select at from incident.held_report where account = any (senders) and at > since and state <> 'taken'
  )
  select (select count(*)::int from each), (select at from each order by at desc offset greatest(most, 1) - 1 limit 1)
$$;
create function incident.cooling_of(senders text[], moment timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
  select max(until) from incident.cooling where account = any (senders) and state = 'on' and until > moment
$$;
create function incident.held_of_client(sender text, sent uuid)
returns table (id uuid, no text, token uuid, state text, at timestamptz, street text)
language sql stable security definer set search_path = pg_catalog as $$
  select id, no, token, state, at, street from incident.held_report where account = sender and client_id = sent
$$;
grant execute on function incident.load_of(text[], timestamptz, int), incident.cooling_of(text[], timestamptz), incident.held_of_client(text, uuid) to incident_app, incident_app_all;
