-- Who depends on a rule (规则使用方): modules by asking for it, process definitions, indicators and items by declaring it.
create table rulebook.use (
  rule text not null,
  kind text not null check (kind in ('module', 'process', 'indicator', 'item')),
  id text not null check (length(id) between 1 and 200),
  title text,
  -- Null: declared, not asked yet.
  last_used timestamptz,
  declared_at timestamptz not null default kernel.now(),
  primary key (rule, kind, id)
);

create function rulebook.declare_use(rule_id text, user_kind text, user_id text, user_title text) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into rulebook.use (rule, kind, id, title) values (rule_id, user_kind, user_id, user_title)
  on conflict (rule, kind, id) do update set title = coalesce(excluded.title, rulebook.use.title)
$$;
revoke execute on function rulebook.declare_use(text, text, text, text) from public;
grant execute on function rulebook.declare_use(text, text, text, text) to district_module;

-- A change of a decision on its way (草稿): one open at a time, published by somebody other than its author.
create table rulebook.draft (
  id uuid primary key,
  rule text not null,
  -- The version from which it was made: a draft on another is out of date.
  base_version int not null,
  state text not null default 'open' check (state in ('open', 'published', 'withdrawn')),
  -- Counts saves: what is published is what the publisher has seen.
  revision int not null default 1 check (revision > 0),
  value jsonb not null,
  valid_from date not null,
  reason text not null check (length(reason) between 1 and 500),
  author text not null check (author not like 'system:%'),
  author_name text not null,
  saved_at timestamptz not null default kernel.now(),
  published_by text,
  published_name text,
  published_at timestamptz,
  published_version int,
  check (published_by is null or published_by <> author),
  check ((state = 'published') = (published_by is not null))
);
create unique index draft_one_open on rulebook.draft (rule) where state = 'open';
revoke delete on rulebook.draft from rulebook_app, rulebook_app_all;
