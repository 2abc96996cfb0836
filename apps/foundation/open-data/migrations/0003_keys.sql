-- Keys of developers (开发者密钥): only the digest is kept.
create table open_data.api_key (
  id uuid primary key,
  prefix text not null,
  digest text not null unique,
  account text not null,
  holder text not null,
  label text not null,
  request uuid,
  made_at timestamptz not null default kernel.now(),
  revoked_at timestamptz,
  revoked_why text
);
create index api_key_account on open_data.api_key (account);

create table open_data.key_use (
  key uuid not null references open_data.api_key,
  dataset text not null references open_data.dataset,
  day date not null,
  calls bigint not null default 0,
  rows bigint not null default 0,
  primary key (key, dataset, day)
);

-- Conditional opening (有条件开放): a named enterprise, a purpose, what it can protect, an agreement that ends.
create table open_data.access_request (
  id uuid primary key,
  dataset text not null references open_data.dataset,
  owner text not null,
  account text not null,
  entity text not null,
  entity_name text not null,
  purpose text not null check (length(purpose) between 10 and 600),
  measures text[] not null,
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused', 'revoked', 'expired')),
  asked_at timestamptz not null default kernel.now(),
  decided_at timestamptz,
  decided_name text,
  reason text,
  valid_until timestamptz,
  -- JSON-LD in the terms of ODRL, and SM3 over exactly these bytes.
  agreement text,
  agreement_digest text,
  check ((state = 'approved') <= (valid_until is not null and agreement is not null))
);
create unique index access_running on open_data.access_request (dataset, account) where state in ('asked', 'approved');
alter table open_data.api_key add foreign key (request) references open_data.access_request;

-- Marked rows (水印行) that stand in what one key receives and nowhere else.
create table open_data.canary (
  key uuid not null references open_data.api_key,
  version uuid not null references open_data.version,
  digest text not null,
  primary key (version, digest, key)
);
create table open_data.leak (
  id uuid primary key,
  dataset text not null references open_data.dataset,
  found_at timestamptz not null default kernel.now(),
  rows int not null,
  keys uuid[] not null,
  by_account text not null,
  note text
);
