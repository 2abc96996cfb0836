-- Passkeys (通行密钥, WebAuthn): public keys only, so there is nothing here to steal.
create table identity.passkey (
  id text collate "C" primary key,
  account text collate "C" not null references identity.account on delete cascade,
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_account on identity.passkey (account);

-- Challenges that were handed out: each is answered once, within minutes.
create table identity.challenge (
  digest text primary key,
  purpose text not null check (purpose in ('register', 'assert')),
  account text collate "C",
  expires_at timestamptz not null
);
create index challenge_age on identity.challenge (expires_at);

create or replace function identity.strongest(wanted text) returns int language sql stable as $$
  select case
    when exists (select 1 from identity.totp where account = wanted and confirmed_at is not null)
      or exists (select 1 from identity.passkey where account = wanted) then 2
    else 1 end
$$;

alter table identity.sign_in drop constraint sign_in_outcome_check;
alter table identity.sign_in add constraint sign_in_outcome_check check (outcome in (
  'signed-in', 'wrong-password', 'unknown-account', 'locked', 'signed-out', 'session-ended',
  'wrong-code', 'stepped-up', 'recovery-code-used', 'recovery-codes-made', 'second-factor-added', 'second-factor-removed', 'password-changed',
  'passkey-added', 'passkey-removed', 'passkey-refused'));
