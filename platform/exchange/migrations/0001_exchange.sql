-- From a department's file to claims (ARCHITECTURE §4). A batch is invisible until one state change publishes it.

create table exchange.dataset (
  id text primary key,
  app text not null,
  target text not null,
  unit text not null,
  title jsonb not null,
  format text,
  badge text not null check (badge in ('sample', 'real', 'reference')),
  licence text, attribution text, source_url text, datum text,
  mapping_version int not null default 1
);

-- Versions of a mapping from columns to fields; never changed, only followed by the next.
create table exchange.mapping (
  dataset text not null references exchange.dataset,
  version int not null,
  document jsonb not null,
  created_by text not null,
  created_at timestamptz not null default kernel.now(),
  primary key (dataset, version)
);

create table exchange.batch (
  id uuid primary key,
  app text not null,
  dataset text not null references exchange.dataset,
  unit text not null,
  mapping_version int not null,
  file_id uuid not null,
  file_name text not null,
  file_size bigint not null,
  file_digest text not null,           -- SM3 of the content
  file_key text,                       -- sealed key of the stored file
  state text not null check (state in ('received', 'reading', 'publishing', 'loaded', 'duplicate', 'stopped', 'failed')),
  problem jsonb,
  duplicate_of uuid,
  info jsonb not null default '{}',    -- format, encoding, delimiter, columns as found
  rows_read int not null default 0,
  rows_ok int not null default 0,
  rows_same int not null default 0,    -- unchanged since the source last sent them
  rows_faulty int not null default 0,
  rows_loaded int not null default 0,
  created int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  conflicts int not null default 0,
  load_upto bigint not null default 0, -- claim id up to which the target has loaded
  sent_by text not null,
  sent_name text not null,
  received_at timestamptz not null,
  published_at timestamptz,
  loaded_at timestamptz
);
create index batch_list on exchange.batch (unit, received_at desc);
create index batch_dataset on exchange.batch (dataset, received_at desc);
create unique index batch_once on exchange.batch (dataset, file_digest, mapping_version) where state in ('received', 'reading', 'publishing', 'loaded');

-- One row a source record, never changed. Identity numbers are sealed inside the payload.
create table exchange.claim (
  id bigint generated always as identity primary key,
  app text not null,
  dataset text not null,
  unit text not null,
  batch uuid not null references exchange.batch,
  row_no int not null,
  source_key text not null,
  digest text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  unique (batch, row_no)
);
create index claim_record on exchange.claim (dataset, source_key, id desc);

-- Rows that were refused, with every fault. Values rest sealed; what is shown is masked.
create table exchange.quarantine (
  batch uuid not null references exchange.batch,
  row_no int not null,
  app text not null,
  unit text not null,
  faults jsonb not null,
  row_sealed text not null,
  state text not null default 'open' check (state in ('open', 'corrected', 'dropped')),
  corrected_by text,
  corrected_at timestamptz,
  primary key (batch, row_no)
);

-- Rows of reference sets that no base database owns (service items of another place, air hours, old industry codes).
create table exchange.reference (
  dataset text not null references exchange.dataset,
  key text not null,
  data jsonb not null,
  claim_id bigint not null references exchange.claim,
  primary key (dataset, key)
);

revoke update, delete on exchange.claim, exchange.mapping from exchange_app, exchange_app_all;
revoke delete on exchange.batch, exchange.quarantine, exchange.dataset from exchange_app, exchange_app_all;

alter table exchange.dataset enable row level security;
alter table exchange.batch enable row level security;
alter table exchange.claim enable row level security;
alter table exchange.quarantine enable row level security;
-- A unit sees what it sent; district-wide posts and the importer see all.
create policy catalogue on exchange.dataset to exchange_app, exchange_app_all using (true) with check (true);
create policy own_unit on exchange.batch to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.batch to exchange_app_all using (true) with check (true);
create policy own_unit on exchange.claim to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.claim to exchange_app_all using (true) with check (true);
create policy own_unit on exchange.quarantine to exchange_app using (unit = (select kernel.actor('unit'))) with check (unit = (select kernel.actor('unit')));
create policy all_units on exchange.quarantine to exchange_app_all using (true) with check (true);
