-- Feeds (数据接口任务): a source that is read again and again, in numbered batches. A batch becomes a batch of `exchange`, so that
-- reading, checks, quarantine and loading are the same as of an upload.

alter table exchange.batch drop constraint batch_state_check;
alter table exchange.batch add constraint batch_state_check
  check (state in ('received', 'reading', 'held', 'publishing', 'loaded', 'duplicate', 'stopped', 'failed'));
alter table exchange.batch add column feed text, add column feed_seq bigint, add column format text;
-- The batches of a feed are told apart by their number: what a source says today it may say again after having said something else.
drop index exchange.batch_once;
create unique index batch_once on exchange.batch (dataset, file_digest, mapping_version)
  where feed is null and state in ('received', 'reading', 'publishing', 'loaded');
create unique index batch_of_feed on exchange.batch (feed, feed_seq) where feed is not null and state not in ('stopped', 'failed');

create table exchange.feed (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,80}$'),
  dataset text not null unique references exchange.dataset,
  unit text not null,
  title jsonb not null,
  connector text not null check (connector in ('push', 'http', 'sftp', 'postgres', 'mariadb', 'mqtt')),
  settings jsonb not null default '{}',
  credential text,                      -- sealed: password, key or token of the source
  mode text not null check (mode in ('increment', 'snapshot')),
  cycle_seconds int not null check (cycle_seconds between 1 and 40000000),
  badge text not null check (badge in ('sample', 'real', 'reference')),
  state text not null default 'active' check (state in ('active', 'paused', 'stopped')),
  problem jsonb,
  watermark text,                       -- how far the source has been read
  applied_seq bigint not null default 0,
  message_digest text,                  -- of the last message that was kept, for a broker that sends it again
  columns jsonb not null default '{}',  -- what the columns were when data last came in
  failures int not null default 0,
  last_error jsonb,                     -- the source could not be read: what, in plain words, and when
  checked_at timestamptz,               -- the source said that there is nothing newer
  data_at timestamptz,                  -- newest data that have been taken in
  next_at timestamptz not null default kernel.now(),
  created_by text not null,
  created_at timestamptz not null default kernel.now()
);
create index feed_due on exchange.feed (next_at) where state = 'active' and connector <> 'push';

create table exchange.feed_batch (
  id uuid primary key,
  feed text not null references exchange.feed,
  unit text not null,
  seq bigint not null check (seq > 0),
  state text not null check (state in ('waiting', 'applying', 'held', 'quarantined', 'stopped', 'applied', 'refused')),
  watermark_from text,
  watermark text,
  row_count bigint,                     -- as the sender stated, or as it was counted; a file is counted while it is read
  digest text not null,                 -- SM3 of the content
  format text,
  file_id uuid not null, file_name text not null, file_size bigint not null, file_key text,
  import uuid references exchange.batch,
  stats jsonb not null default '{}',    -- known, new, changed, removed; columns that were added
  problem jsonb,
  alarmed boolean not null default false,
  received_at timestamptz not null default kernel.now(),
  applied_at timestamptz,
  decided_by text, decided_name text, decided_at timestamptz, reason text
);
create unique index feed_batch_seq on exchange.feed_batch (feed, seq) where state <> 'refused';
create index feed_batch_list on exchange.feed_batch (feed, seq desc);
create index feed_batch_import on exchange.feed_batch (import);
create index feed_batch_digest on exchange.feed_batch (feed, digest);

-- What happened to a feed, for people; append-only.
create table exchange.feed_incident (
  id bigint generated always as identity primary key,
  feed text not null references exchange.feed,
  unit text not null,
  at timestamptz not null default kernel.now(),
  kind text not null check (kind in ('duplicate', 'older', 'conflict', 'mismatch', 'gap', 'source-down', 'source-back', 'stopped', 'held', 'quarantined', 'released', 'refused', 'resumed', 'paused', 'changed', 'columns-added', 'classified')),
  seq bigint,
  text jsonb not null,
  account text
);
create index feed_incident_list on exchange.feed_incident (feed, id desc);

-- Keys of a snapshot that is being read, until it is decided what left; and what the last snapshot did not hold any more.
create table exchange.feed_seen (
  batch uuid not null,
  source_key text collate "C" not null,
  faulty boolean not null default false, -- its row was refused: the record is there, and not known to be back
  primary key (batch, source_key)
);
create table exchange.feed_gone (
  feed text not null references exchange.feed,
  source_key text collate "C" not null,
  seq bigint not null,
  primary key (feed, source_key)
);
create index feed_gone_seq on exchange.feed_gone (feed, seq);

-- Messages of a topic that were acknowledged to the broker and are in no batch yet; sealed, as they may hold anything.
create table exchange.feed_message (
  id bigint generated always as identity primary key,
  feed text not null references exchange.feed,
  digest text not null,
  body text not null,
  received_at timestamptz not null default kernel.now()
);
create index feed_message_list on exchange.feed_message (feed, id);

-- Delivery of a feed's changes under an approved grant (数据订阅).
create table exchange.subscription (
  id uuid primary key,
  feed text not null references exchange.feed,
  unit text not null,                   -- of the supplier
  grant_id uuid not null,
  taker text not null,
  kind text not null check (kind in ('inbox', 'http')),
  url text,
  secret text,                          -- sealed: signs what is sent
  state text not null default 'active' check (state in ('active', 'ended')),
  sent_seq bigint not null default 0,   -- batches up to here have been delivered whole
  sent_claim bigint not null default 0, -- and of the next one the claims up to here
  failures int not null default 0,
  last_error jsonb,
  next_at timestamptz not null default kernel.now(),
  delivered_rows bigint not null default 0,
  delivered_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default kernel.now(),
  ended_at timestamptz, ended_why jsonb
);
create unique index subscription_once on exchange.subscription (feed, grant_id, kind) where state = 'active';
-- Rows of an inbox have the key of their record: two grants of one app would take each other's rows.
create unique index subscription_inbox on exchange.subscription (feed, taker) where state = 'active' and kind = 'inbox';
create index subscription_due on exchange.subscription (next_at) where state = 'active';

-- What an app of this installation is given: it reads and clears its own rows, and only delivery writes them.
create table exchange.inbox (
  app text collate "C" not null,
  feed text collate "C" not null,
  seq bigint not null,
  source_key text collate "C" not null,
  op text not null check (op in ('put', 'gone')),
  fields jsonb not null,
  received_at timestamptz not null default kernel.now(),
  primary key (app, feed, seq, source_key)
);

-- Claims are never deleted, but what a person put aside because it holds personal data where none may be must not stay. This function
-- takes away the rows of such a batch, which nothing has been loaded from, and can touch nothing else.
create function exchange.forget_personal_batch(the_import uuid) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare n bigint;
begin
  if not exists (select from exchange.feed_batch f join exchange.batch b on b.id = f.import
      where f.import = the_import and f.state = 'refused' and f.problem ->> 'code' = 'PERSONAL_DATA' and b.state = 'stopped' and b.published_at is null) then
    raise exception 'only a refused batch with personal data may be forgotten' using errcode = '42501';
  end if;
  delete from exchange.claim where batch = the_import;
  get diagnostics n = row_count;
  delete from exchange.quarantine where batch = the_import;
  return n;
end $$;

revoke update, delete on exchange.feed_incident from exchange_app, exchange_app_all;
revoke delete on exchange.feed, exchange.feed_batch, exchange.subscription from exchange_app, exchange_app_all;

alter table exchange.feed enable row level security;
alter table exchange.feed_batch enable row level security;
alter table exchange.feed_incident enable row level security;
alter table exchange.subscription enable row level security;
alter table exchange.inbox enable row level security;
create policy own_unit on exchange.feed to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.feed to exchange_app_all using (true) with check (true);
create policy own_unit on exchange.feed_batch to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.feed_batch to exchange_app_all using (true) with check (true);
create policy own_unit on exchange.feed_incident to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.feed_incident to exchange_app_all using (true) with check (true);
create policy own_unit on exchange.subscription to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.subscription to exchange_app_all using (true) with check (true);
create policy delivery on exchange.inbox to exchange_app_all using (true) with check (true);
