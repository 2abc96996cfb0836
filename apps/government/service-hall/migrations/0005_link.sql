-- Links to vertical systems (垂直系统对接): systems of the city and the state in which a case must stand as well, and how it gets there.
create table service_hall.system_link (
  code text collate "C" primary key check (code ~ '^[a-z][a-z0-9-]{2,60}$'),
  title jsonb not null check (title ?& array['zh', 'en']),
  -- Unit that answers for the link.
  unit text not null,
  -- Best first: interface, exchange of files or tables, typing it over (人工转录).
  mode text not null check (mode in ('api', 'exchange', 'assisted')),
  -- How and until when typing over ends.
  plan text check (length(plan) between 4 and 500),
  plan_until date,
  entered_at timestamptz not null,
  entered_by text not null,
  -- Nobody types a second time without a plan to stop it.
  check (mode <> 'assisted' or num_nulls(plan, plan_until) = 0)
);

-- A case in a vertical system, once for each system however often it is sent or answered.
create table service_hall.link_entry (
  id uuid primary key,
  link text collate "C" not null references service_hall.system_link,
  case_code text collate "C" not null,
  no int not null check (no > 0),
  mode text not null check (mode in ('api', 'exchange', 'assisted')),
  unit text not null,
  -- {element: keyed digest}: what was to be typed, without what it was. Only of what is typed over.
  digests jsonb,
  entered_at timestamptz not null,
  entered_by text not null,
  reconciled_at timestamptz,
  unique (link, case_code, no),
  check ((mode = 'assisted') = (digests is not null))
);
create index link_entry_mode on service_hall.link_entry (link, mode, entered_at);
revoke delete on service_hall.system_link, service_hall.link_entry from service_hall_app, service_hall_app_all;
alter table service_hall.link_entry enable row level security;
create policy of_the_unit on service_hall.link_entry to service_hall_app using (unit = (select kernel.actor('unit')));
create policy of_all on service_hall.link_entry to service_hall_app_all using (true);
-- How much is typed twice (二次录入率): counts only.
create function service_hall.entry_counts(from_day date)
returns table (link text, entries int, typed int, open int)
language sql stable security definer set search_path = pg_catalog as $$
  select link, count(*)::int, count(*) filter (where mode = 'assisted')::int, count(*) filter (where mode = 'assisted' and reconciled_at is null)::int
  from service_hall.link_entry where entered_at >= from_day group by link
$$;
revoke execute on function service_hall.entry_counts(date) from public;
grant execute on function service_hall.entry_counts(date) to service_hall_app, service_hall_app_all;
