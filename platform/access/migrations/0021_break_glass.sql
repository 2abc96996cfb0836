-- Break-glass (紧急调阅): an official who may not see a person's data states why, and gets one named read of the named persons for a
-- few hours. Told to the unit that owns the data, shown to the person, reviewed by somebody else.
create table access.break_glass (
  id uuid primary key,
  number text not null unique,
  account text not null, name text not null, post text not null, unit text,
  action text not null,
  kind text not null check (kind in ('person', 'entity')),
  reason text not null check (length(reason) >= 10),
  case_no text,
  level int not null,
  owner_unit text not null,
  subjects int not null check (subjects between 1 and 20),
  needs_second boolean not null,
  second_account text, second_name text, second_unit text, second_at timestamptz,
  state text not null check (state in ('waiting', 'open', 'ended')),
  asked_at timestamptz not null,
  opened_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  review_due timestamptz not null,
  reviewed_by text, reviewed_name text, reviewed_unit text, reviewed_at timestamptz,
  verdict text check (verdict in ('justified', 'not-justified')),
  verdict_note text,
  check ((state = 'open') <= (expires_at is not null)),
  check (needs_second = false or opened_at is null or second_account is not null),
  check (second_account is null or second_account <> account),
  check (reviewed_by is null or (reviewed_by <> account and reviewed_by is distinct from second_account)),
  check ((reviewed_by is null) = (verdict is null))
);
create index break_glass_own on access.break_glass (account, asked_at desc);
create index break_glass_owner on access.break_glass (owner_unit, asked_at desc);
create index break_glass_unreviewed on access.break_glass (review_due) where reviewed_by is null;
create table access.break_glass_subject (
  break_glass uuid not null references access.break_glass,
  no int not null,
  subject text not null,
  label text not null,
  primary key (break_glass, no)
);
revoke delete on access.break_glass, access.break_glass_subject from access_app, access_app_all;
revoke update on access.break_glass_subject from access_app, access_app_all;

alter table access.break_glass enable row level security;
alter table access.break_glass_subject enable row level security;
-- Who asked; who may be the second, of the same unit; who owns the data; who reviews.
create policy asked on access.break_glass to access_app, access_app_all using (account = (select kernel.actor('account')));
create policy of_the_unit on access.break_glass to access_app, access_app_all using (unit = (select kernel.actor('unit')));
create policy of_the_owner on access.break_glass to access_app, access_app_all
  using (owner_unit = (select kernel.actor('unit')) and (select kernel.actor('post')) in ('data-officer', 'unit-head'));
create policy of_the_reviewer on access.break_glass to access_app, access_app_all using ((select kernel.actor('post')) = 'security-administrator');
create policy with_the_request on access.break_glass_subject to access_app, access_app_all
  using (exists (select from access.break_glass b where b.id = break_glass));
create policy of_the_platform on access.break_glass to access_app_all using ((select kernel.actor('post')) is null) with check (true);

-- The subjects that the caller has opened for one action, now. What a module lets through under it is up to its own views.
create function access.opened(wanted text) returns setof text language sql stable security definer set search_path = pg_catalog as $$
  select s.subject from access.break_glass b join access.break_glass_subject s on s.break_glass = b.id
  where b.account = kernel.actor('account') and b.action = wanted and b.state = 'open' and b.expires_at > kernel.now() and kernel.actor('behalf') is null
$$;
-- One of them by its place in a request, so that no address names a person.
create function access.opened_at(request uuid, place int, wanted text) returns text language sql stable security definer set search_path = pg_catalog as $$
  select s.subject from access.break_glass b join access.break_glass_subject s on s.break_glass = b.id and s.no = place
  where b.id = request and b.account = kernel.actor('account') and b.action = wanted and b.state = 'open' and b.expires_at > kernel.now() and kernel.actor('behalf') is null
$$;
grant execute on function access.opened(text), access.opened_at(uuid, int, text) to district_module;
