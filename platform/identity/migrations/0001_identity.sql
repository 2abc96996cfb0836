-- Organisation (组织机构): every unit of the district, and its committees. Loaded from the district's files at start.
create table identity.unit (
  code text collate "C" primary key,
  kind text not null,
  parent text collate "C" references identity.unit deferrable initially deferred,
  area text collate "C",
  name text not null,
  name_en text not null,
  position int not null
);
create index unit_parent on identity.unit (parent);

-- Accounts (账号): one person at one post. Passwords stand here as argon2id hashes only.
create table identity.account (
  account text collate "C" primary key check (account ~ '^[a-z][a-z0-9.-]{2,40}$'),
  name text not null,
  post text not null check (post in ('citizen','enterprise-agent','committee-worker','street-clerk','data-officer','duty-officer','security-auditor')),
  unit text collate "C" references identity.unit,
  area text collate "C",
  reach text not null default 'own' check (reach in ('own', 'district')),
  -- Keyed look-up digest of the holder's identity number; the population database knows the pid behind it.
  person_hash text,
  -- Unified social credit code of the enterprise that an agent acts for; public, so in clear.
  entity text collate "C",
  password_hash text not null,
  enabled boolean not null default true,
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  constraint officials_have_a_unit check (post in ('citizen', 'enterprise-agent') or unit is not null)
);

-- Sessions (会话): the token itself is with the browser only.
create table identity.session (
  id uuid primary key,
  token_hash text not null unique,
  account text collate "C" not null references identity.account on delete cascade,
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_why text check (ended_why in ('logout', 'other-device', 'replaced'))
);
create index session_account on identity.session (account) where ended_at is null;
create index session_age on identity.session (expires_at);

-- Bad tries by keyed digest of the name that was typed, whether or not such an account exists: both must behave alike.
create table identity.attempt (
  key text primary key,
  bad int not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index attempt_age on identity.attempt (last_at);

-- Sign-ins and refusals for the auditor; append-only. A name that is no account is not written: people type passwords there.
create table identity.sign_in (
  id uuid primary key,
  at timestamptz not null,
  account text,
  outcome text not null check (outcome in ('signed-in', 'wrong-password', 'unknown-account', 'locked', 'signed-out', 'session-ended')),
  trace text
);
create index sign_in_at on identity.sign_in (at);
revoke update, delete on identity.sign_in from identity_app, identity_app_all;
