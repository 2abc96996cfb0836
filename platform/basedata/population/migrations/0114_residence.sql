-- What officials found at the door (实际居住确认). Never changed; the last one holds.
create table population.residence_confirmation (
  id uuid primary key,
  pid uuid not null,
  address text not null check (length(address) between 2 and 200),
  note text not null check (length(note) between 4 and 500),
  confirmed_by text not null check (confirmed_by not like 'system:%'),
  confirmed_name text not null,
  confirmed_unit text,
  confirmed_at timestamptz not null default kernel.now()
);
create index residence_confirmation_person on population.residence_confirmation (pid, confirmed_at desc);
revoke update, delete on population.residence_confirmation from population_app, population_app_all;
alter table population.residence_confirmation enable row level security;
create policy with_person on population.residence_confirmation to population_app
  using (exists (select from population.person p where p.pid = residence_confirmation.pid));
create policy all_persons on population.residence_confirmation to population_app_all using (true) with check (true);
