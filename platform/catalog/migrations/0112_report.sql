-- Report once (多头报送治理): forms of upper levels whose cells are mapped to catalogued items, and what was filled in for a period.
create table catalog.report_form (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,60}$'),
  -- Number of the form as its authority gives it (表号).
  no text not null,
  title jsonb not null,
  authority jsonb not null,
  period text not null check (period in ('month', 'quarter', 'year')),
  -- Unit that fills it in (填报单位).
  unit text not null,
  -- The filled form is published: small cells are withheld (K8), by whom the numbers are about.
  published boolean not null default false,
  subject text check (subject in ('persons', 'firms')),
  sample boolean not null default false,
  made_at timestamptz not null,
  made_name text not null
);
create index report_form_unit on catalog.report_form (unit);

create table catalog.report_cell (
  form text not null references catalog.report_form on delete cascade,
  code text not null check (code ~ '^[A-Za-z0-9.]{1,20}$'),
  ord int not null,
  title jsonb not null,
  measured_in jsonb not null,
  -- Codes of the cells that this one is the sum of.
  total_of text[] not null default '{}',
  mapping jsonb,
  -- Digest over name and type of every field that the mapping uses, as they were when it was made.
  mapped_digest text,
  mapped_at timestamptz,
  mapped_name text,
  primary key (form, code),
  check (num_nulls(mapping, mapped_digest, mapped_at, mapped_name) in (0, 4))
);

create table catalog.report_pack (
  id uuid primary key,
  form text not null references catalog.report_form,
  unit text not null,
  period text not null,
  state text not null default 'filling' check (state in ('filling', 'submitted', 'confirmed')),
  as_of timestamptz not null,
  filled_by text not null,
  filled_name text not null,
  submitted_at timestamptz,
  returned_reason text,
  reviewed_by text,
  reviewed_name text,
  reviewed_at timestamptz,
  unique (form, period),
  -- Four eyes: who filled it in does not confirm it.
  check (reviewed_by is null or reviewed_by <> filled_by),
  check ((state = 'confirmed') = (reviewed_at is not null))
);
create index report_pack_unit on catalog.report_pack (unit, state);

create table catalog.report_value (
  pack uuid not null references catalog.report_pack,
  unit text not null,
  code text not null,
  -- item = from a catalogued item · typed = by hand, with a reason · none = not there yet.
  origin text not null check (origin in ('item', 'typed', 'none')),
  value numeric,
  contributors bigint,
  largest numeric,
  withheld boolean not null default false,
  -- The grant it came through; null = the unit's own item.
  through text,
  mapping jsonb,
  problem text,
  reason text,
  typed_name text,
  typed_by text,
  primary key (pack, code),
  check ((origin = 'typed') = (reason is not null)),
  check ((origin = 'none') = (value is null))
);
revoke delete on catalog.report_pack, catalog.report_value from catalog_app, catalog_app_all;

-- What a unit fills in is its own until it is published; the unit that runs the catalogue and auditors see it as well.
alter table catalog.report_pack enable row level security;
alter table catalog.report_value enable row level security;
create policy own_unit on catalog.report_pack to catalog_app using (unit = (select kernel.actor('unit')));
create policy overseen on catalog.report_pack for select to catalog_app using ((select kernel.actor('unit')) = 'data-centre' or (select kernel.actor('post')) = 'security-auditor');
create policy whole_district on catalog.report_pack to catalog_app_all using (true) with check (true);
create policy own_unit on catalog.report_value to catalog_app using (unit = (select kernel.actor('unit')));
create policy overseen on catalog.report_value for select to catalog_app using ((select kernel.actor('unit')) = 'data-centre' or (select kernel.actor('post')) = 'security-auditor');
create policy whole_district on catalog.report_value to catalog_app_all using (true) with check (true);
