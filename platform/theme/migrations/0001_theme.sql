-- Thematic databases (专题库): what each derives from, by which rules, and how its refreshes went. Rows of a theme stand in schema share.
create table theme.theme (
  id text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 41),
  title jsonb not null,
  -- Field of work (专业领域), such as education.
  field text not null,
  -- Unit that answers for it.
  steward text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'stopped')),
  -- What is being worked on; what is published stands in theme.version.
  draft jsonb not null,
  version int not null default 0,
  problem jsonb,
  created_at timestamptz not null default kernel.now(),
  changed_at timestamptz not null default kernel.now()
);

create table theme.version (
  theme text not null references theme.theme,
  version int not null,
  definition jsonb not null,
  level text not null check (level in ('L1', 'L2', 'L3', 'L4')),
  purposes text[] not null,
  -- Limits of rows that the grants of the inputs had when it was published, by alias.
  row_filters jsonb not null,
  published_at timestamptz not null default kernel.now(),
  published_by text not null,
  primary key (theme, version)
);

-- Lineage (血缘): every source field of every column. `part` says what it is for: the value, a join, a condition on rows.
create table theme.source (
  theme text not null,
  version int not null,
  column_name text not null,
  part text not null check (part in ('value', 'join', 'rows')),
  resource text not null,
  field text not null,
  primary key (theme, version, column_name, part, resource, field),
  foreign key (theme, version) references theme.version
);

create table theme.run (
  theme text not null references theme.theme,
  seq bigint generated always as identity,
  at timestamptz not null default kernel.now(),
  outcome text not null check (outcome in ('refreshed', 'stopped')),
  rows bigint,
  -- Share of rows of the first input that found nothing in a required join.
  remainder numeric,
  took_ms int,
  reason jsonb,
  primary key (theme, seq)
);
revoke update, delete on theme.version, theme.source, theme.run from theme_app, theme_app_all;
grant usage on schema theme to share_owner;
grant select on theme.theme, theme.version, theme.source to share_owner;

-- How often a day a theme was read through its grants, from the audit.
create function theme.reads_per_day(theme_id text, days int) returns float8 language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(sum(r.reads), 0)::float8 / days
  from catalog.takers_of('theme.' || theme_id) t cross join lateral audit.reads_by_day(t.taker, 'theme.' || theme_id, kernel.now() - make_interval(days => days)) r
$$;
