-- One sign-on (统一登录): a session is one sign-in at one device. The web holds its own token of it; the provider knows the browser
-- by a second one, so that other systems open without a further password.
alter table identity.session add column sso_hash text unique;
-- How the person proved who they are (RFC 8176).
alter table identity.session add column amr text[] not null default '{pwd}';
alter table identity.session drop constraint session_ended_why_check;
alter table identity.session add constraint session_ended_why_check
  check (ended_why in ('logout', 'other-device', 'replaced', 'password-changed', 'account-disabled', 'provider-logout'));

-- Systems that sign people in here (接入应用).
create table identity.client (
  id text collate "C" primary key check (id ~ '^[a-z][a-z0-9-]{2,60}$'),
  name text not null,
  name_en text not null,
  -- The unit that answers for it, or the name of an outside one.
  unit text collate "C" references identity.unit,
  owner text,
  redirect_uris text[] not null,
  post_logout_redirect_uris text[] not null default '{}',
  backchannel_logout_uri text,
  -- Networks inside the building in which the system may be told of a sign-out.
  networks text[] not null default '{}',
  scopes text[] not null,
  -- A public client keeps no secret; a confidential one has the digest of 256 random bits here.
  secret_hash text,
  -- Public keys of a client that signs its requests (private_key_jwt).
  jwks jsonb,
  -- 'ask': the person decides what is handed over; 'task': a unit of the district, for its statutory task, sees the name only.
  consent text not null default 'ask' check (consent in ('ask', 'task', 'own')),
  subject_type text not null default 'pairwise' check (subject_type in ('pairwise', 'public')),
  signed_alg text not null default 'RS256' check (signed_alg in ('RS256', 'ES256')),
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint somebody_answers check (unit is not null or owner is not null),
  constraint a_task_is_of_a_unit check (consent <> 'task' or unit is not null)
);

-- What the provider keeps (RFC 6749, OpenID Connect): by the digest of the id that the client or the browser holds. A stolen
-- table opens nothing.
create table identity.oidc_item (
  model text collate "C" not null,
  digest text collate "C" not null,
  -- Family of tokens that fall together.
  grant_digest text collate "C",
  uid_digest text collate "C",
  account text collate "C",
  client text collate "C",
  sign_on uuid references identity.session on delete cascade,
  payload text,
  -- Sealed where the content itself would help a thief: provider session, interaction, pushed request.
  sealed text,
  expires_at timestamptz,
  consumed_at timestamptz,
  primary key (model, digest)
);
create index oidc_item_grant on identity.oidc_item (grant_digest) where grant_digest is not null;
create index oidc_item_uid on identity.oidc_item (uid_digest) where uid_digest is not null;
create index oidc_item_sign_on on identity.oidc_item (sign_on) where sign_on is not null;
create index oidc_item_owner on identity.oidc_item (account, client) where model = 'Grant';
create index oidc_item_age on identity.oidc_item (expires_at);

-- Consent (同意): what a person lets a system see, until when.
create table identity.consent (
  account text collate "C" not null references identity.account on delete cascade,
  client text collate "C" not null references identity.client on delete cascade,
  scopes text[] not null,
  given_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account, client)
);

-- Keys that sign tokens (签名密钥): the private part sealed by the keyring.
create table identity.signing_key (
  kid text collate "C" primary key,
  alg text not null check (alg in ('RS256', 'ES256')),
  public_jwk jsonb not null,
  private text not null,
  created_at timestamptz not null,
  -- Signs from now on, until it is retired; stays in the key set until it is removed.
  active_at timestamptz not null,
  retired_at timestamptz
);

-- However a session ends, the systems that were opened with it hear of it: by a job, in the same transaction.
create function identity.tell_clients() returns trigger language plpgsql as $$
begin
  if exists (select 1 from identity.oidc_item where sign_on = new.id) then
    perform kernel.enqueue('identity', 'tell-clients', jsonb_build_object('session', new.id::text), null::timestamptz, null::text);
  end if;
  return null;
end $$;
create trigger session_tells_clients after update of ended_at on identity.session
  for each row when (old.ended_at is null and new.ended_at is not null) execute function identity.tell_clients();
