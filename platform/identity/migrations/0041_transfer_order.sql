-- Transfer orders (调动与机构改革令): what changes posts, assignments and units. Drafted by one person, reviewed by another, carried out as
-- a whole at its time.
create table identity.transfer_order (
  id uuid primary key,
  no text not null unique,
  kind text not null check (kind in ('move', 'acting', 'leave', 'rename', 'merge', 'split', 'abolish')),
  body jsonb not null,
  reason text not null check (length(reason) between 1 and 500),
  effective_at timestamptz not null,
  -- Units whose head may review it.
  review_units text[] not null,
  -- Accounts that it is about; none of them drafts or reviews it.
  concerns text[] not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'applied', 'failed')),
  drafted_by text collate "C" not null,
  drafted_holder text not null,
  drafted_name text not null,
  drafted_at timestamptz not null,
  reviewed_by text collate "C",
  reviewed_holder text,
  reviewed_name text,
  reviewed_at timestamptz,
  review_note text check (length(review_note) <= 500),
  withdrawn_at timestamptz,
  applied_at timestamptz,
  -- What it did, for the record: counts only.
  outcome jsonb,
  failed_why text,
  constraint reviewer_is_another check (reviewed_by <> drafted_by and reviewed_holder <> drafted_holder),
  constraint nobody_decides_for_oneself check (not (drafted_by = any(concerns)) and not (reviewed_by = any(concerns))),
  constraint reviewed_before_it_counts check ((state in ('approved', 'refused', 'applied', 'failed')) <= (reviewed_by is not null and reviewed_holder is not null and reviewed_at is not null)),
  constraint applied_has_a_time check ((state = 'applied') = (applied_at is not null))
);
create index transfer_order_due on identity.transfer_order (effective_at) where state = 'approved';
create index transfer_order_state on identity.transfer_order (state, drafted_at desc);

-- What was drafted stays as it was drafted; only its state goes on.
revoke update, delete on identity.transfer_order from identity_app, identity_app_all;
grant update (state, reviewed_by, reviewed_holder, reviewed_name, reviewed_at, review_note, withdrawn_at, applied_at, outcome, failed_why)
  on identity.transfer_order to identity_app, identity_app_all;

create function identity.transfer_order_goes_on() returns trigger language plpgsql as $$
begin
  if (old.state, new.state) not in (('waiting', 'approved'), ('waiting', 'refused'), ('waiting', 'withdrawn'),
    ('approved', 'applied'), ('approved', 'failed'), ('approved', 'withdrawn'))
  then raise exception 'order % cannot go from % to %', old.no, old.state, new.state using errcode = '23514', constraint = 'transfer_order_state_order'; end if;
  return new;
end $$;
create trigger goes_on before update on identity.transfer_order for each row execute function identity.transfer_order_goes_on();

alter table identity.transfer_order enable row level security;
create policy staffing on identity.transfer_order to identity_app using ((select kernel.actor('post')) = 'staffing-officer');
create policy heads_of_units on identity.transfer_order to identity_app
  using ((select kernel.actor('post')) = 'unit-head' and (select kernel.actor('unit')) = any(review_units));
create policy whole_district on identity.transfer_order to identity_app_all using (true) with check (true);
create policy about_oneself on identity.transfer_order for select to identity_app using ((select kernel.actor('account')) = any(concerns));
