-- Open datasets (开放数据集), their versions and what was checked before anybody saw them.
create table open_data.dataset (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{2,99}$'),
  item text not null,
  title jsonb not null,
  summary jsonb not null,
  theme text not null,
  -- Unit that answers for the catalogue item: it alone decides.
  owner text not null,
  licence text not null,
  attribution text,
  cycle text not null check (cycle in ('realtime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once')),
  -- What one row is about, and what the columns are declared to be.
  about text not null check (about in ('person', 'firm', 'thing')),
  recipe jsonb,
  badge text not null check (badge in ('sample', 'real', 'reference')),
  state text not null default 'proposed' check (state in ('proposed', 'decided', 'refused', 'open', 'withdrawn')),
  opening text check (opening in ('open', 'conditional', 'closed')),
  decision jsonb,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  current uuid,
  -- Taken down (撤回): by whom and why.
  withdrawn_why text,
  withdrawn_name text,
  withdrawn_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default kernel.now(),
  updated_at timestamptz not null default kernel.now(),
  downloads bigint not null default 0,
  check ((state in ('proposed')) = (opening is null)),
  check ((state = 'open') <= (current is not null)),
  check ((state = 'withdrawn') <= (withdrawn_why is not null))
);

-- A version never changes once it is published; the next one follows it and it stays readable.
create table open_data.version (
  id uuid primary key,
  dataset text not null references open_data.dataset,
  no int not null,
  -- Stable name for citing, like a DOI.
  cite text not null unique,
  fields jsonb not null,
  geometry text,
  rows int not null default 0,
  digest text,
  state text not null default 'draft' check (state in ('draft', 'blocked', 'checked', 'published', 'superseded', 'rejected', 'withdrawn')),
  data_on date not null,
  note text,
  prepared_by text not null,
  prepared_name text not null,
  prepared_at timestamptz not null default kernel.now(),
  approved_by text,
  approved_name text,
  published_at timestamptz,
  unique (dataset, no),
  -- Whoever prepared a version does not publish it.
  check (approved_by is null or approved_by <> prepared_by),
  check ((state in ('published', 'superseded')) <= (approved_by is not null and digest is not null))
);
create index version_feed on open_data.version (published_at desc) where published_at is not null;
alter table open_data.dataset add foreign key (current) references open_data.version;

-- Rows in lots, each an array of arrays in the order of the fields: a download reads lots, not rows.
create table open_data.chunk (
  version uuid not null references open_data.version on delete cascade,
  no int not null,
  first_row int not null,
  count int not null,
  rows jsonb not null,
  primary key (version, no)
);
revoke update on open_data.chunk from open_data_app, open_data_app_all;

create table open_data.risk_report (
  id uuid primary key,
  version uuid not null references open_data.version on delete cascade,
  verdict text not null check (verdict in ('pass', 'block')),
  report jsonb not null,
  made_at timestamptz not null default kernel.now()
);
create index risk_of on open_data.risk_report (version, made_at desc);
revoke update, delete on open_data.risk_report from open_data_app, open_data_app_all;

-- Noise budget (隐私预算) of a dataset and year, and every draw on it. The sum can never exceed the budget.
create table open_data.budget (
  dataset text not null references open_data.dataset,
  year int not null,
  allowed numeric not null check (allowed > 0),
  spent numeric not null default 0,
  primary key (dataset, year),
  check (spent <= allowed)
);
create table open_data.draw (
  id uuid primary key,
  dataset text not null,
  year int not null,
  epsilon numeric not null check (epsilon > 0),
  for_what text not null,
  by_account text not null,
  at timestamptz not null default kernel.now(),
  foreign key (dataset, year) references open_data.budget
);
revoke update, delete on open_data.draw from open_data_app, open_data_app_all;
