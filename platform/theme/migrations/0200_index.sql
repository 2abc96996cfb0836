-- Base keys of the rows of themes of the index kind (索引化整合), by the key of the row at its source; and the remainder (余量): rows that no
-- base key was found for, with why. What the row says is not kept here: its source is asked for that.
create table theme.base_key (
  theme text not null references theme.theme,
  name text not null,
  row_key text not null,
  base_key text not null,
  primary key (theme, name, row_key)
);
create table theme.remainder (
  theme text not null references theme.theme,
  name text not null,
  row_key text not null,
  reason text not null check (reason in ('empty', 'not-found')),
  resolver text not null,
  since timestamptz not null default kernel.now(),
  primary key (theme, name, row_key)
);
grant select on theme.base_key to share_owner;
-- Last day on which a theme was read through its grants.
create function theme.last_read(theme_id text) returns date language sql stable security definer set search_path = pg_catalog as $$
  select max(r.day) from catalog.takers_of('theme.' || theme_id) t cross join lateral audit.reads_by_day(t.taker, 'theme.' || theme_id, kernel.now() - interval '400 days') r
$$;
