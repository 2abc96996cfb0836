-- Source systems of joiners, movers and leavers (SCIM 2.0): each with tokens of its own, and only over the people that it brought.
create table identity.scim_source (
  id uuid primary key,
  name text not null unique check (length(name) between 2 and 60),
  -- The source may fill ordinary posts itself, because its moves are reviewed there; otherwise it only takes away.
  assigns boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create table identity.scim_token (
  id uuid primary key,
  source uuid not null references identity.scim_source,
  -- SHA-256 of 256 random bits; the token itself is shown once.
  token_hash text not null unique,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index scim_token_source on identity.scim_token (source);
create table identity.scim_user (
  id uuid primary key,
  account text collate "C" not null unique references identity.account,
  source uuid not null references identity.scim_source,
  external_id text,
  version int not null default 1,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz,
  unique (source, external_id)
);
create index scim_user_source on identity.scim_user (source, id);
revoke delete on identity.scim_source, identity.scim_token, identity.scim_user from identity_app, identity_app_all;
