-- Accounts of another provider (上级统一账号) that sign in here: tied by the verified identity number only, of which the account
-- holds the keyed digest. Never by telephone or name.
create table identity.upstream_link (
  source text collate "C" not null,
  -- Keyed digest of the other provider's subject.
  subject_digest text collate "C" not null,
  account text collate "C" not null references identity.account on delete cascade,
  -- Level that the other provider stated last; it stays where that provider cannot be reached.
  level int not null check (level between 1 and 4),
  linked_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (source, subject_digest),
  unique (source, account)
);
create index account_person on identity.account (person_hash) where person_hash is not null;
