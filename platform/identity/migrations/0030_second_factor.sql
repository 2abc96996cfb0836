-- Time-based one-time passwords (动态码, RFC 6238): the secret is sealed by the keyring and bound to its account.
create table identity.totp (
  account text collate "C" primary key references identity.account on delete cascade,
  secret text,
  confirmed_at timestamptz,
  -- Time step of the last code taken: a code is taken once, and none that is older.
  last_step bigint not null default 0,
  -- A secret that is shown but not yet confirmed by two codes; the old one holds until then.
  pending text,
  pending_at timestamptz,
  constraint confirmed_has_secret check ((secret is null) = (confirmed_at is null))
);

-- Recovery codes (恢复码): keyed digests; each is taken once.
create table identity.recovery_code (
  account text collate "C" not null references identity.account on delete cascade,
  digest text not null,
  used_at timestamptz,
  primary key (account, digest)
);

-- How sure a session is of the person (认证保证级别), and until when; afterwards it is 1 again.
alter table identity.session add column assurance int not null default 1 check (assurance between 1 and 4);
alter table identity.session add column assured_until timestamptz;
alter table identity.session drop constraint session_ended_why_check;
alter table identity.session add constraint session_ended_why_check
  check (ended_why in ('logout', 'other-device', 'replaced', 'password-changed'));

-- The level that an account can prove with what it has enrolled.
create function identity.strongest(wanted text) returns int language sql stable as $$
  select case when exists (select 1 from identity.totp where account = wanted and confirmed_at is not null) then 2 else 1 end
$$;

alter table identity.sign_in add column device text;
alter table identity.sign_in drop constraint sign_in_outcome_check;
alter table identity.sign_in add constraint sign_in_outcome_check check (outcome in (
  'signed-in', 'wrong-password', 'unknown-account', 'locked', 'signed-out', 'session-ended',
  'wrong-code', 'stepped-up', 'recovery-code-used', 'recovery-codes-made', 'second-factor-added', 'second-factor-removed', 'password-changed'));
create index sign_in_account on identity.sign_in (account, at desc) where account is not null;
