-- Proof that the key file is the one of these data: a sealed constant and its look-up digest.
create table kernel.key_check (
  single boolean primary key default true check (single),
  sealed text not null,
  digest text not null
);

-- How far the re-encryption of a sealed column has come (换密), for the key that is current: it goes on after a restart.
create table kernel.reseal (
  "column" text primary key,
  key_id text not null,
  after jsonb,
  changed bigint not null default 0,
  done_at timestamptz
);
grant select, insert, update, delete on kernel.key_check, kernel.reseal to kernel_app, kernel_app_all;
