-- Certification of rights (权限复核): each quarter the head of a unit says of each holder of a post in the unit that the right is
-- still needed. What nobody confirmed by the end of the term lapses.
create table access.certification (
  id uuid primary key,
  quarter text not null check (quarter ~ '^\d{4}-Q[1-4]$'),
  unit text not null,
  account text not null,
  name text not null,
  post text not null,
  due timestamptz not null,
  -- The unit has no head who could, or it is the head: the staffing office decides.
  by_staffing boolean not null,
  state text not null check (state in ('open', 'confirmed', 'withdrawn', 'lapsed')),
  decided_by text, decided_name text, decided_at timestamptz, note text,
  unique (quarter, unit, account, post),
  check ((state in ('confirmed', 'withdrawn')) = (decided_by is not null)),
  check (decided_by is null or decided_by <> account)
);
create index certification_open on access.certification (due) where state = 'open';
revoke delete on access.certification from access_app, access_app_all;
alter table access.certification enable row level security;
create policy of_the_head on access.certification to access_app, access_app_all
  using (unit = (select kernel.actor('unit')) and (select kernel.actor('post')) = 'unit-head');
create policy of_the_staffing_office on access.certification to access_app, access_app_all using (by_staffing and (select kernel.actor('post')) = 'staffing-officer');
create policy of_the_administrator on access.certification for select to access_app_all
  using ((select kernel.actor('post')) = 'security-administrator');
create policy of_the_platform on access.certification to access_app_all using ((select kernel.actor('post')) is null) with check (true);
