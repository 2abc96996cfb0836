-- Which outcomes and ends there are stands in the code (closed types); the table asks for their form only, so that each
-- new one is not a change of the table.
alter table identity.sign_in drop constraint if exists sign_in_outcome_check;
alter table identity.sign_in add constraint sign_in_outcome_check check (outcome ~ '^[a-z][a-z-]{2,40}$');
alter table identity.session drop constraint if exists session_ended_why_check;
alter table identity.session add constraint session_ended_why_check check (ended_why ~ '^[a-z][a-z-]{2,40}$');

-- Signed in from a browser that the account had not signed in from before (新设备); the other sessions are told once.
alter table identity.sign_in add column new_device boolean not null default false;
create index sign_in_new_device on identity.sign_in (account, at) where new_device;
alter table identity.session add column told_at timestamptz;

-- Resets (重置): how somebody who lost password or second factor gets back in. The code has two halves that two persons hand
-- over; only keyed digests of the halves stand here. At a counter one worker hands over both, to a resident who is present.
create table identity.reset (
  id uuid primary key,
  account text collate "C" not null references identity.account on delete cascade,
  -- password: the second factor stays; all: it is taken away as well.
  what text not null check (what in ('password', 'all')),
  way text not null check (way in ('administrators', 'counter')),
  -- How it was made sure who asks.
  proof text not null check (proof in ('card', 'unit-head', 'video')),
  reason text not null check (length(reason) between 2 and 200),
  requested_by text not null,
  requested_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  first_digest text not null,
  second_digest text,
  expires_at timestamptz not null,
  used_at timestamptz,
  cancelled_by text,
  cancelled_at timestamptz,
  constraint two_persons check (way = 'counter' or confirmed_by is distinct from requested_by),
  constraint nobody_resets_themselves check (account is distinct from confirmed_by and account <> requested_by),
  constraint confirmed_has_code check ((confirmed_at is null) = (second_digest is null)),
  constraint used_was_confirmed check (used_at is null or confirmed_at is not null)
);
create unique index reset_open on identity.reset (account) where used_at is null and cancelled_at is null;
create index reset_requested on identity.reset (requested_at desc);
