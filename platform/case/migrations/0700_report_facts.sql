-- What the register of parts says of a case (养护单位), and what a person should look at before they believe a report.
alter table incident.case_file
  add column keeper text,
  -- part-unknown: not in the register, the code is temporary · part-far: the pin is far from the part · class-open: nobody has said the class yet.
  add column flags text[] not null default '{}';

-- Pins outside the district (区外上报): kept with a receipt, and handed over by a person. No clock runs here: it is another district's affair.
create table incident.outside_report (
  id uuid primary key,
  no text collate "C" not null unique check (no ~ '^WQ[0-9]{14}$'),
  client_id uuid not null,
  account text not null,
  text text not null check (length(text) between 1 and 4000),
  lon float8 not null check (lon between -180 and 180),
  lat float8 not null check (lat between -90 and 90),
  address text,
  state text not null check (state in ('open', 'handed')),
  at timestamptz not null,
  token uuid not null unique,
  -- District that took it over, and who handed it.
  handed_to text check (length(handed_to) between 2 and 60),
  note text check (length(note) between 4 and 1000),
  handed_by text,
  handed_at timestamptz,
  sample boolean not null default false,
  unique (account, client_id),
  check ((state = 'handed') = (handed_to is not null and handed_by is not null and handed_at is not null))
);
create index outside_open on incident.outside_report (state, at desc, id);
revoke delete on incident.outside_report from incident_app, incident_app_all;

alter table incident.outside_report enable row level security;
create policy reported on incident.outside_report for insert to incident_app with check (state = 'open');
create policy whole_district on incident.outside_report to incident_app_all using (true) with check (true);

create function incident.outside_of_client(sender text, sent uuid)
returns table (id uuid, no text, token uuid, state text, at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select id, no, token, state, at from incident.outside_report where account = sender and client_id = sent
$$;
-- A flood of pins outside is a flood as well.
create or replace function incident.reports_since(sender text, since timestamptz) returns int
language sql stable security definer set search_path = pg_catalog as $$
  select ((select count(*) from incident.report where account = sender and at > since)
    + (select count(*) from incident.outside_report o where o.account = sender and o.at > since))::int
$$;
grant execute on function incident.outside_of_client(text, uuid) to incident_app, incident_app_all;
