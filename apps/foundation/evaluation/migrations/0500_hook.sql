-- Where a unit's own system is told of the signals of its steps (推送地址): one address a unit, kept by its head. The key of the signatures is sealed.
create table evaluation.hook (
  unit text primary key,
  url text not null check (url ~ '^https?://'),
  secret text not null,
  set_by text not null,
  set_name text not null,
  set_at timestamptz not null,
  taken_at timestamptz,
  failures int not null default 0 check (failures >= 0),
  last_error text
);
alter table evaluation.hook enable row level security;
create policy own_hook on evaluation.hook to evaluation_app
  using (unit = (select kernel.actor('unit')) and (select kernel.actor('post')) = 'unit-head')
  with check (unit = (select kernel.actor('unit')) and (select kernel.actor('post')) = 'unit-head');
create policy all_hooks on evaluation.hook to evaluation_app_all using (true) with check (true);

-- The rules look at one item after the other.
create index run_item on evaluation.run (app, item, judged_at);
