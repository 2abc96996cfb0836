-- What was reported for a place outside of the district (区外上报): never a case here, but never lost either.
create table incident.outside_pin (
  id uuid primary key,
  receipt text collate "C" not null unique,
  client_id uuid not null,
  account text not null,
  text text not null check (length(text) between 1 and 2000),
  lon float8 not null check (lon between -180 and 180),
  lat float8 not null check (lat between -90 and 90),
  at timestamptz not null,
  -- To whom a person handed it over, and in which words.
  handed_to text check (length(handed_to) between 2 and 120),
  note text check (length(note) between 2 and 500),
  handed_by text,
  handed_at timestamptz,
  unique (account, client_id),
  check ((handed_to is null) = (handed_at is null) and (handed_to is null) = (handed_by is null))
);
create index outside_pin_open on incident.outside_pin (at) where handed_at is null;
create index outside_pin_account on incident.outside_pin (account, at desc);
revoke delete on incident.outside_pin from incident_app, incident_app_all;

alter table incident.outside_pin enable row level security;
create policy own_pin on incident.outside_pin to incident_app using (account = (select kernel.actor('account'))) with check (account = (select kernel.actor('account')));
create policy whole_district on incident.outside_pin to incident_app_all using (true) with check (true);
