create table visits.visit (
  id uuid primary key,
  household_no text not null,
  committee_code text collate "C" not null,
  visited_on date not null,
  note text not null check (length(note) between 2 and 500),
  visited_by text not null,
  created_at timestamptz not null
);
create index visit_area on visits.visit (committee_code, visited_on);

-- A street sees its own visits: L3 data are behind row security, and posts for the whole district have a role of their own.
alter table visits.visit enable row level security;
create policy own_area on visits.visit to visits_app
  using (committee_code >= kernel.area_from() and committee_code < kernel.area_to());
create policy whole_district on visits.visit to visits_app_all using (true);
