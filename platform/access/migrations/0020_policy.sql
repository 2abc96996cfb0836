-- District policies (区级策略): what the security administrator adds to the policies that the modules ship. Each version is kept;
-- an empty text withdraws the policy. One person drafts, another approves.
create table access.district_policy (
  id uuid primary key,
  slug text not null check (slug ~ '^[a-z][a-z0-9-]{2,60}$'),
  version int not null,
  text text not null,
  cases jsonb not null,
  reason text not null,
  state text not null check (state in ('draft', 'refused', 'approved')),
  drafted_by text not null, drafted_name text not null, drafted_unit text,
  drafted_at timestamptz not null,
  decided_by text, decided_name text, decided_unit text, decided_at timestamptz, decision text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  unique (slug, version),
  check (valid_to is null or valid_from < valid_to),
  check ((state = 'draft') = (decided_by is null)),
  -- Two persons, whatever the program does.
  check (state <> 'approved' or decided_by <> drafted_by)
);
create index district_policy_approved on access.district_policy (slug, version desc) where state = 'approved';
revoke delete on access.district_policy from access_app, access_app_all;

-- Why something was refused: kept for the one who was refused. The audit says that it happened, this says by which rule.
create table access.refusal (
  trace text primary key,
  at timestamptz not null,
  account text not null,
  post text, unit text, area text, purpose text,
  route text not null,
  action text not null,
  code text not null,
  reasons text[] not null,
  kind text, level int, owner text
);
create index refusal_own on access.refusal (account, at desc);
revoke update, delete on access.refusal from access_app, access_app_all;
alter table access.refusal enable row level security;
create policy own_refusals on access.refusal for select to access_app, access_app_all using (account = (select kernel.actor('account')));
create policy of_the_platform on access.refusal to access_app_all using ((select kernel.actor('post')) is null) with check (true);
create function access.keep_refusal(r_route text, r_action text, r_code text, r_reasons text[], r_kind text, r_level int, r_owner text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into access.refusal (trace, at, account, post, unit, area, purpose, route, action, code, reasons, kind, level, owner)
  values (coalesce(kernel.actor('trace'), kernel.uuidv7()::text), kernel.now(), coalesce(kernel.actor('account'), ''), kernel.actor('post'), kernel.actor('unit'), kernel.actor('area'),
    kernel.actor('purpose'), r_route, r_action, r_code, r_reasons, r_kind, r_level, r_owner)
  on conflict do nothing;
end $$;
grant execute on function access.keep_refusal(text, text, text, text[], text, int, text) to district_module;

-- The purpose register: who added a purpose, who verified its legal basis, since when it may not be used any more.
alter table access.purpose
  add column added_by text, add column added_name text, add column added_at timestamptz, add column reason text,
  add column verified_name text,
  add column retired_at timestamptz, add column retired_by text, add column retired_name text, add column retired_why text,
  add constraint purpose_verified_by_another check (verified_by is null or added_by is null or verified_by <> added_by);
revoke delete on access.purpose from access_app, access_app_all;
-- Whether a purpose may be stated now; share views ask it too.
create function access.purpose_in_force(wanted text) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
begin return exists (select from access.purpose p where p.code = wanted and p.retired_at is null); end $$;
grant execute on function access.purpose_in_force(text) to district_module;
grant usage on schema access to share_owner;
grant execute on function access.purpose_in_force(text) to share_owner;
