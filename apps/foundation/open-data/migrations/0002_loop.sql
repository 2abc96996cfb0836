-- Wish → reply → opening → use → feedback → correction. Who wrote or voted is kept as a digest only: nothing here names a person.
create table open_data.wish (
  id uuid primary key,
  title text not null check (length(title) between 4 and 80),
  text text not null check (length(text) between 10 and 1000),
  owner text not null,
  author text not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'opened', 'held')),
  votes int not null default 0,
  clock uuid,
  -- Hidden from everybody; its state stands and comes back with it.
  hidden_at timestamptz,
  asked_at timestamptz not null default kernel.now(),
  amber_at timestamptz,
  escalated_at timestamptz,
  late_unit text,
  reply text,
  basis text,
  replied_unit text,
  replied_name text,
  replied_at timestamptz,
  dataset text references open_data.dataset,
  check ((state = 'refused') <= (basis is not null)),
  check ((state in ('accepted', 'refused', 'opened')) <= (reply is not null))
);
create table open_data.vote (
  wish uuid not null references open_data.wish,
  voter text not null,
  at timestamptz not null default kernel.now(),
  primary key (wish, voter)
);
create table open_data.moderation (
  id uuid primary key,
  kind text not null check (kind in ('wish', 'feedback', 'reuse')),
  subject uuid not null,
  step text not null check (step in ('held', 'hidden', 'shown')),
  words text[] not null default '{}',
  reason text,
  by_account text not null,
  by_name text not null,
  at timestamptz not null default kernel.now()
);
revoke update, delete on open_data.moderation from open_data_app, open_data_app_all;

create table open_data.reuse (
  id uuid primary key,
  title text not null check (length(title) between 2 and 80),
  text text not null check (length(text) between 10 and 600),
  url text check (url ~ '^https?://'),
  kind text not null check (kind in ('app', 'research', 'story', 'service')),
  datasets text[] not null check (cardinality(datasets) between 1 and 20),
  author text not null,
  by_name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'listed')),
  hidden_at timestamptz,
  made_at timestamptz not null default kernel.now(),
  listed_at timestamptz
);

-- Feedback (数据纠错) becomes a correction task of the unit that owns the data.
create table open_data.feedback (
  id uuid primary key,
  dataset text not null references open_data.dataset,
  version uuid not null references open_data.version,
  row_no int,
  field text,
  text text not null check (length(text) between 4 and 600),
  author text not null,
  owner text not null,
  reuse uuid references open_data.reuse,
  state text not null default 'open' check (state in ('open', 'fixed', 'declined', 'held')),
  hidden_at timestamptz,
  made_at timestamptz not null default kernel.now(),
  answer text,
  answered_at timestamptz,
  answered_name text,
  fixed_in uuid references open_data.version,
  check ((state = 'fixed') <= (fixed_in is not null))
);
create index feedback_owner on open_data.feedback (owner, state);
create index feedback_dataset on open_data.feedback (dataset, made_at desc);
