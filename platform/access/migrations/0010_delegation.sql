-- Delegation (代办): a giver (委托人) lets a taker (代办人) do named things for them, for a time. Who may, for what and until when
-- stands here; what was done is in the audit.
create table access.delegation (
  id uuid primary key,
  basis text not null check (basis in ('consent', 'guardian', 'helper', 'agent')),
  giver_person uuid,
  giver_entity text collate "C",
  giver_name text not null,
  offered_by text collate "C" not null,
  -- To whom it is offered: an account name as typed, whether or not it exists; a keyed digest of name and phone; a resident.
  to_account text collate "C",
  to_key text,
  to_person uuid,
  to_label text not null,
  taker_account text collate "C",
  taker_person uuid,
  taker_name text,
  scopes text[] not null check (cardinality(scopes) between 1 and 50),
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  evidence text not null,
  state text not null check (state in ('offered', 'accepted', 'declined', 'withdrawn', 'ended')),
  offered_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  ended_why text check (ended_why in ('giver', 'taker', 'record', 'giver-died', 'taker-gone')),
  check (valid_from < valid_to),
  check (num_nonnulls(giver_person, giver_entity) = 1),
  check ((basis = 'agent') = (giver_entity is not null)),
  check (num_nonnulls(to_account, to_key, to_person) >= 1),
  check ((state = 'accepted') <= (taker_account is not null)),
  check ((state in ('withdrawn', 'ended')) = (ended_at is not null)),
  check (taker_person is distinct from giver_person or giver_person is null)
);
create index delegation_giver_person on access.delegation (giver_person, offered_at desc) where giver_person is not null;
create index delegation_giver_entity on access.delegation (giver_entity, offered_at desc) where giver_entity is not null;
create index delegation_taker on access.delegation (taker_account) where taker_account is not null;
create index delegation_to_account on access.delegation (to_account) where to_account is not null;
create index delegation_to_key on access.delegation (to_key) where state = 'offered';
create index delegation_to_person on access.delegation (to_person) where to_person is not null;
create index delegation_open on access.delegation (id) where state in ('offered', 'accepted');
revoke delete on access.delegation from access_app, access_app_all;

-- Seen by the giver and by the one it is offered to. Whoever acts for somebody sees none of theirs, so that no delegate delegates on.
alter table access.delegation enable row level security;
create policy of_the_person on access.delegation to access_app
  using (giver_person = (select kernel.actor('person')::uuid) and (select kernel.actor('behalf')) is null);
create policy of_the_entity on access.delegation to access_app
  using (giver_entity = (select kernel.actor('entity')) and (select kernel.actor('behalf')) is null);
create policy of_the_taker on access.delegation to access_app
  using (taker_account = (select kernel.actor('account')) and (select kernel.actor('behalf')) is null);
create policy offered_to_account on access.delegation to access_app
  using (taker_account is null and to_account = (select kernel.actor('account')) and (select kernel.actor('behalf')) is null);
create policy offered_to_person on access.delegation to access_app
  using (taker_account is null and to_person = (select kernel.actor('person')::uuid) and (select kernel.actor('behalf')) is null);
-- Guardianship (监护) is a fact of civil affairs: its officers record and end it.
create policy record_of_guardians on access.delegation to access_app
  using (basis = 'guardian' and (select kernel.actor('post')) = 'data-officer' and (select kernel.actor('unit')) = 'civil-affairs');
create policy whole_district on access.delegation to access_app_all using (true) with check (true);
