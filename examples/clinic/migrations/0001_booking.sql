-- Bookings of medical visits (就诊预约): health data, so a resident sees only their own, whoever typed them.
create table clinic.booking (
  id uuid primary key,
  person uuid not null,
  department text not null,
  visit_on date not null,
  made_by text not null,
  made_at timestamptz not null,
  unique (person, department, visit_on)
);
alter table clinic.booking enable row level security;
create policy own on clinic.booking to clinic_app
  using (person = (select kernel.actor('person')::uuid)) with check (person = (select kernel.actor('person')::uuid));
