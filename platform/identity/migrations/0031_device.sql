-- Known devices (已知设备): a browser that has signed in to the account before. Its tries are counted for itself, so that wrong
-- passwords from elsewhere cannot lock the owner out. Only the digest of the token is kept; one browser may know several accounts.
create table identity.device (
  account text collate "C" not null references identity.account on delete cascade,
  token_hash text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (account, token_hash)
);
create index device_age on identity.device (seen_at);
alter table identity.session add column device_hash text;
