-- Measured series (时序): flow, devices, meters. One row of this table is one managed set of tables: raw rows in range partitions, the latest
-- state, and roll-ups that every writing keeps up to date. Only functions of this file touch those tables.
create table series.series (
  id text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 30),
  -- Module that writes and reads it; others take what that module catalogues.
  module text not null,
  title jsonb not null,
  grain text not null check (grain in ('day', 'month')),
  -- Rows about persons do not belong here: they would leave the database as files.
  level text not null check (level in ('L1', 'L2')),
  -- Rules of the book: least and longest time that raw rows are kept, longest time of roll-ups, age at which a partition moves to files.
  raw_least text not null,
  raw_most text not null,
  rolled_most text not null,
  cold_after text not null,
  declared_at timestamptz not null default kernel.now()
);

create table series.part (
  series text not null references series.series,
  name text not null check (name ~ '^\d{6}(\d{2})?$'),
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- hot: in the database. moving: still there, takes no rows, is being written to files. cold: in two files. returning: still in files, is
  -- being read back. expiring: its proof is written, its rows are being deleted.
  state text not null default 'hot' check (state in ('hot', 'moving', 'cold', 'returning', 'expiring')),
  -- What stands in the files: rows, SM3 of their lines, bytes of one file, and where each block begins.
  rows bigint,
  digest text,
  bytes bigint,
  blocks jsonb,
  moved_at timestamptz,
  primary key (series, name),
  check (state not in ('cold', 'returning') or (rows is not null and digest is not null and blocks is not null))
);

-- Days on which a part was read, for the heat (热度) that the placement board shows.
create table series.part_read (
  series text not null,
  name text not null,
  on_day date not null,
  primary key (series, name, on_day),
  foreign key (series, name) references series.part on delete cascade
);

-- A legal hold (诉讼、监督保全): what it covers is not deleted, whatever the rules of keeping say.
create table series.hold (
  id uuid primary key,
  series text not null references series.series,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  reason text not null check (length(btrim(reason)) > 0),
  held_by text not null,
  held_at timestamptz not null default kernel.now(),
  released_by text,
  release_reason text,
  released_at timestamptz
);

-- Proof of a deletion (销毁证明): what, how many rows with which SM3, by which rule. `done_at` null = begun, and finished by the next run.
create table series.expiry (
  series text not null,
  seq bigint generated always as identity,
  what text not null,
  from_at timestamptz,
  until_at timestamptz not null,
  rows bigint not null,
  digest text not null,
  rule text not null,
  rule_version int not null,
  rule_digest text not null,
  begun_at timestamptz not null default kernel.now(),
  done_at timestamptz,
  primary key (series, seq)
);

-- Damage that was found in a file, and what the good copy's digest was.
create table series.repair (
  series text not null,
  seq bigint generated always as identity,
  part text not null,
  copy int not null,
  digest text not null,
  found text not null,
  at timestamptz not null default kernel.now(),
  primary key (series, seq)
);
-- Proofs, repairs and holds are not taken back by anybody; what changes in them is written by functions.
revoke update, delete on series.expiry, series.repair, series.hold, series.series, series.part_read from series_app, series_app_all;
revoke insert on series.expiry, series.repair, series.series, series.part, series.part_read from series_app, series_app_all;
revoke delete on series.part from series_app, series_app_all;

-- The zone has no summer time: one origin serves every step.
create function series.bin(step interval, at timestamptz) returns timestamptz language sql immutable parallel safe set search_path = pg_catalog as $$
  select date_bin(step, at, timestamptz '2000-01-01 00:00:00+08')
$$;
create function series.part_from(grain text, at timestamptz) returns timestamptz language sql stable set search_path = pg_catalog as $$
  select date_trunc(grain, at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'
$$;
create function series.part_name(grain text, from_at timestamptz) returns text language sql stable set search_path = pg_catalog as $$
  select to_char(from_at at time zone 'Asia/Shanghai', case grain when 'day' then 'YYYYMMDD' else 'YYYYMM' end)
$$;
create function series.table_of(kind text, id text, part text default null) returns text language sql immutable set search_path = pg_catalog as $$
  select kind || '__' || replace(id, '-', '_') || coalesce('__' || part, '')
$$;

-- The series, for the module that declared it or for this one.
create function series.mine(series_id text) returns series.series language plpgsql stable set search_path = pg_catalog as $$
declare s series.series;
begin
  select * into s from series.series where id = series_id;
  if s.id is null or kernel.actor('module') not in (s.module, 'series') then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  return s;
end $$;

create function series.declare(series_id text, series_title jsonb, series_grain text, series_level text, keep_least text, keep_most text, keep_rolled text, cold text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare step text;
begin
  insert into series.series (id, module, title, grain, level, raw_least, raw_most, rolled_most, cold_after)
  values (series_id, kernel.actor('module'), series_title, series_grain, series_level, keep_least, keep_most, keep_rolled, cold)
  on conflict (id) do update set title = excluded.title, raw_least = excluded.raw_least, raw_most = excluded.raw_most, rolled_most = excluded.rolled_most, cold_after = excluded.cold_after
    where series.series.module = excluded.module and series.series.grain = excluded.grain;
  if not found then raise exception 'SERIES_OF_OTHERS' using errcode = '42501'; end if;
  execute format('create table if not exists series.%I (sensor text collate "C" not null check (sensor ~ ''^[^\s]{1,80}$''), at timestamptz not null, value float8 not null,
    primary key (sensor, at)) partition by range (at)', series.table_of('raw', series_id));
  execute format('create index if not exists %I on series.%I (at)', series.table_of('raw', series_id) || '_at', series.table_of('raw', series_id));
  execute format('create table if not exists series.%I (sensor text collate "C" primary key, at timestamptz not null, value float8 not null) with (fillfactor = 70)', series.table_of('latest', series_id));
  foreach step in array array['m5', 'h1', 'd1'] loop
    execute format('create table if not exists series.%I (sensor text collate "C" not null, at timestamptz not null, n bigint not null, total float8 not null, low float8 not null, high float8 not null,
      primary key (sensor, at)) with (fillfactor = 85)', series.table_of(step, series_id));
    execute format('create index if not exists %I on series.%I (at)', series.table_of(step, series_id) || '_at', series.table_of(step, series_id));
    execute format('revoke all on series.%I from series_app, series_app_all', series.table_of(step, series_id));
  end loop;
  execute format('revoke all on series.%I, series.%I from series_app, series_app_all', series.table_of('raw', series_id), series.table_of('latest', series_id));
end $$;

-- Makes the partition of a moment. It is attached, not created in place: readers go on.
create function series.make_part(s series.series, start timestamptz) returns void language plpgsql set search_path = pg_catalog as $$
declare part text := series.part_name(s.grain, start); child text := series.table_of('raw', s.id, part); stop timestamptz := series.part_from(s.grain, start + case s.grain when 'day' then interval '26 hours' else interval '32 days' end);
begin
  perform pg_advisory_xact_lock(hashtext('series.' || s.id || part));
  if exists (select from series.part p where p.series = s.id and p.name = part) then return; end if;
  execute format('create table series.%I (like series.%I including all)', child, series.table_of('raw', s.id));
  execute format('alter table series.%I attach partition series.%I for values from (%L) to (%L)', series.table_of('raw', s.id), child, start, stop);
  execute format('revoke all on series.%I from series_app, series_app_all', child);
  insert into series.part (series, name, from_at, until_at) values (s.id, part, start, stop);
end $$;

-- Writes rows once: a repeated one changes nothing, so roll-ups count each row once. Rows of partitions that are not hot any more, and
-- rows more than an hour ahead of the clock, are refused and counted.
create function series.append(series_id text, sensors text[], ats timestamptz[], vals float8[], out written int, out repeated int, out refused int)
language plpgsql security definer set search_path = pg_catalog as $$
declare s series.series := series.mine(series_id); start timestamptz; closed timestamptz[] := '{}'; state text; total int := cardinality(sensors);
begin
  if cardinality(ats) <> total or cardinality(vals) <> total then raise exception 'three lists of one length' using errcode = '22023'; end if;
  for start in select distinct series.part_from(s.grain, a) from unnest(ats) a where a <= kernel.now() + interval '1 hour' order by 1 loop
    loop
      -- Held until the commit: a move waits for those who write, and nobody writes into what is being moved.
      select p.state into state from series.part p where p.series = s.id and p.from_at = start for share;
      exit when found;
      perform series.make_part(s, start);
    end loop;
    if state <> 'hot' then closed := closed || start; end if;
  end loop;
  execute format($q$
    with given as (
      select distinct on (sensor, at) sensor collate "C" as sensor, at, value from unnest($1, $2, $3) as g(sensor, at, value)
      where at <= kernel.now() + interval '1 hour' and not series.part_from(%1$L, at) = any ($4) order by sensor, at),
    fresh as (insert into series.%2$I (sensor, at, value) select sensor, at, value from given order by sensor, at on conflict do nothing returning sensor, at, value),
    latest as (
      insert into series.%3$I as l (sensor, at, value) select distinct on (sensor) sensor, at, value from fresh order by sensor, at desc
      on conflict (sensor) do update set at = excluded.at, value = excluded.value where excluded.at > l.at),
    m5 as (
      insert into series.%4$I as r (sensor, at, n, total, low, high)
      select sensor, series.bin('5 minutes', at), count(*), sum(value), min(value), max(value) from fresh group by 1, 2 order by 1, 2
      on conflict (sensor, at) do update set n = r.n + excluded.n, total = r.total + excluded.total, low = least(r.low, excluded.low), high = greatest(r.high, excluded.high)),
    h1 as (
      insert into series.%5$I as r (sensor, at, n, total, low, high)
      select sensor, series.bin('1 hour', at), count(*), sum(value), min(value), max(value) from fresh group by 1, 2 order by 1, 2
      on conflict (sensor, at) do update set n = r.n + excluded.n, total = r.total + excluded.total, low = least(r.low, excluded.low), high = greatest(r.high, excluded.high)),
    d1 as (
      insert into series.%6$I as r (sensor, at, n, total, low, high)
      select sensor, series.bin('1 day', at), count(*), sum(value), min(value), max(value) from fresh group by 1, 2 order by 1, 2
      on conflict (sensor, at) do update set n = r.n + excluded.n, total = r.total + excluded.total, low = least(r.low, excluded.low), high = greatest(r.high, excluded.high))
    select (select count(*) from fresh)::int, (select count(*) from given)::int - (select count(*) from fresh)::int,
      (select count(*) from unnest($2) a where a > kernel.now() + interval '1 hour' or series.part_from(%1$L, a) = any ($4))::int $q$,
    s.grain, series.table_of('raw', s.id), series.table_of('latest', s.id), series.table_of('m5', s.id), series.table_of('h1', s.id), series.table_of('d1', s.id))
  into written, repeated, refused using sensors, ats, vals, closed;
  repeated := total - written - refused;
end $$;

-- Parts of a period, held as they are until the transaction ends: what a reader finds in one tier cannot slip into the other meanwhile.
create function series.parts_of(series_id text, from_at timestamptz, until_at timestamptz) returns setof series.part language plpgsql security definer set search_path = pg_catalog as $$
declare s series.series := series.mine(series_id);
begin
  insert into series.part_read (series, name, on_day)
    select p.series, p.name, (kernel.now() at time zone 'Asia/Shanghai')::date from series.part p where p.series = s.id and p.from_at < parts_of.until_at and p.until_at > parts_of.from_at
    on conflict do nothing;
  return query select p.* from series.part p where p.series = s.id and p.from_at < parts_of.until_at and p.until_at > parts_of.from_at order by p.from_at for share;
end $$;

create function series.read_raw(series_id text, sensors text[], from_at timestamptz, until_at timestamptz, most int) returns table (sensor text, at timestamptz, value float8)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare s series.series := series.mine(series_id);
begin
  return query execute format('select r.sensor, r.at, r.value from series.%I r where ($1 is null or r.sensor = any ($1)) and r.at >= $2 and r.at < $3 order by r.sensor, r.at limit $4', series.table_of('raw', s.id))
    using sensors, from_at, until_at, most;
end $$;

-- The same of all sensors as one line, a point for each moment that has values.
create function series.read_raw_together(series_id text, sensors text[], from_at timestamptz, until_at timestamptz, most int)
returns table (at timestamptz, n bigint, total float8, low float8, high float8) language plpgsql stable security definer set search_path = pg_catalog as $$
declare s series.series := series.mine(series_id);
begin
  return query execute format('select r.at, count(*), sum(r.value), min(r.value), max(r.value) from series.%I r where ($1 is null or r.sensor = any ($1)) and r.at >= $2 and r.at < $3 group by r.at order by r.at limit $4',
    series.table_of('raw', s.id)) using sensors, from_at, until_at, most;
end $$;

-- Roll-ups of a period; with `together` all sensors are one line (trend of the whole).
create function series.read_rolled(series_id text, step text, sensors text[], from_at timestamptz, until_at timestamptz, together boolean, most int)
returns table (sensor text, at timestamptz, n bigint, total float8, low float8, high float8) language plpgsql stable security definer set search_path = pg_catalog as $$
declare s series.series := series.mine(series_id);
begin
  if step not in ('m5', 'h1', 'd1') then raise exception 'no such step' using errcode = '22023'; end if;
  return query execute format(case when together then
      'select null::text, r.at, sum(r.n)::bigint, sum(r.total), min(r.low), max(r.high) from series.%I r where ($1 is null or r.sensor = any ($1)) and r.at >= $2 and r.at < $3 group by r.at order by r.at limit $4'
    else 'select r.sensor, r.at, r.n, r.total, r.low, r.high from series.%I r where ($1 is null or r.sensor = any ($1)) and r.at >= $2 and r.at < $3 order by r.sensor, r.at limit $4' end, series.table_of(step, s.id))
    using sensors, from_at, until_at, most;
end $$;

create function series.read_latest(series_id text, sensors text[]) returns table (sensor text, at timestamptz, value float8) language plpgsql stable security definer set search_path = pg_catalog as $$
declare s series.series := series.mine(series_id);
begin
  return query execute format('select l.sensor, l.at, l.value from series.%I l where $1 is null or l.sensor = any ($1) order by l.sensor', series.table_of('latest', s.id)) using sensors;
end $$;

-- Some lines of a partition in the order of its key, after the line named: sensor, microseconds since 1970, value. The page comes in order from the
-- index, and an aggregate takes it as it comes: sorting it again would cost three times as much.
create function series.part_lines(series_id text, part text, after_sensor text, after_micros bigint, most int, out lines text, out rows int, out first_sensor text, out last_sensor text, out last_micros bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  execute format($q$
    with page as (select sensor, at, round(date_part('epoch', at) * 1000000)::bigint as us, value from series.%I
      where $1 is null or (sensor, at) > ($1 collate "C", timestamptz 'epoch' + $2 * interval '1 microsecond') order by sensor, at limit $3)
    select string_agg(concat(sensor, E'\t', us, E'\t', value, E'\n'), ''), count(*)::int, min(sensor), max(sensor), (array_agg(us))[count(*)] from page $q$,
    series.table_of('raw', series_id, part)) into lines, rows, first_sensor, last_sensor, last_micros using after_sensor, after_micros, most;
end $$;

-- Rows of a partition now, and bytes of all tables of a series.
create function series.part_rows(series_id text, part text) returns bigint language plpgsql stable security definer set search_path = pg_catalog as $$
declare n bigint;
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  execute format('select count(*) from series.%I', series.table_of('raw', series_id, part)) into n;
  return n;
end $$;

-- The end of a move: the rows leave the database only while what is written of them is all of them.
create function series.drop_part(series_id text, part text) returns void language plpgsql security definer set search_path = pg_catalog set lock_timeout = '5s' as $$
declare p series.part;
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select * into strict p from series.part x where x.series = series_id and x.name = part for update;
  if p.state not in ('moving', 'expiring') then raise exception 'PART_STATE' using errcode = '55000'; end if;
  if series.part_rows(series_id, part) is distinct from p.rows then raise exception 'PART_CHANGED' using errcode = '55000'; end if;
  execute format('drop table series.%I', series.table_of('raw', series_id, part));
  if p.state = 'moving' then update series.part x set state = 'cold', moved_at = kernel.now() where x.series = series_id and x.name = part; end if;
end $$;

-- Rows come back: into a table that nobody reads yet (begin), in pieces (lines), and in one step with the change of state (end).
create function series.return_begin(series_id text, part text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  update series.part x set state = 'returning' where x.series = series_id and x.name = part and x.state in ('cold', 'returning');
  if not found then raise exception 'PART_STATE' using errcode = '55000'; end if;
  execute format('drop table if exists series.%I', series.table_of('raw', series_id, part));
  execute format('create table series.%I (like series.%I including all)', series.table_of('raw', series_id, part), series.table_of('raw', series_id));
  execute format('revoke all on series.%I from series_app, series_app_all', series.table_of('raw', series_id, part));
end $$;
create function series.return_lines(series_id text, part text, lines text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  execute format($q$insert into series.%I select split_part(l, E'\t', 1), timestamptz 'epoch' + split_part(l, E'\t', 2)::bigint * interval '1 microsecond', split_part(l, E'\t', 3)::float8
    from string_to_table($1, E'\n') l where l <> ''$q$, series.table_of('raw', series_id, part)) using lines;
end $$;
create function series.return_end(series_id text, part text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare p series.part;
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select * into strict p from series.part x where x.series = series_id and x.name = part for update;
  if p.state <> 'returning' or series.part_rows(series_id, part) is distinct from p.rows then raise exception 'PART_CHANGED' using errcode = '55000'; end if;
  execute format('alter table series.%I attach partition series.%I for values from (%L) to (%L)', series.table_of('raw', series_id), series.table_of('raw', series_id, part), p.from_at, p.until_at);
  update series.part x set state = 'hot', moved_at = kernel.now(), bytes = null where x.series = series_id and x.name = part;
end $$;

-- Whether a hold that is not released covers any of a period.
create function series.held(series_id text, from_at timestamptz, until_at timestamptz) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from series.hold h where h.series = series_id and h.released_at is null and h.from_at < held.until_at and h.until_at > held.from_at)
$$;
create function series.release(hold_id uuid, why text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare of_series text;
begin
  update series.hold h set released_at = kernel.now(), released_by = kernel.actor('name'), release_reason = why where h.id = hold_id and h.released_at is null returning h.series into of_series;
  return of_series;
end $$;

-- A deletion begins with its proof; a part that a hold covers is not begun.
create function series.expire_begin(series_id text, part text, line_count bigint, line_digest text, by_rule text, by_version int, by_digest text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare p series.part;
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select * into strict p from series.part x where x.series = series_id and x.name = part for update;
  if series.held(series_id, p.from_at, p.until_at) then raise exception 'PART_HELD' using errcode = '55000'; end if;
  insert into series.expiry (series, what, from_at, until_at, rows, digest, rule, rule_version, rule_digest)
  values (series_id, 'raw/' || part, p.from_at, p.until_at, line_count, line_digest, by_rule, by_version, by_digest);
  update series.part x set rows = line_count, digest = line_digest, state = 'expiring' where x.series = series_id and x.name = part;
end $$;
create function series.expire_end(series_id text, part text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  delete from series.part x where x.series = series_id and x.name = part and x.state = 'expiring';
  if not found then raise exception 'PART_STATE' using errcode = '55000'; end if;
  update series.expiry e set done_at = kernel.now() where e.series = series_id and e.what = 'raw/' || part and e.done_at is null;
end $$;

-- Deletes roll-ups of a month that are older than the rule says, and gives what they were as lines for the proof.
create function series.expire_rolled(series_id text, step text, until_at timestamptz) returns table (month timestamptz, lines text, rows bigint) language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  return query execute format($q$
    with gone as (delete from series.%I r where series.part_from('month', r.at) in (
        select m from (select distinct series.part_from('month', x.at) as m from series.%1$I x where x.at < $1) y
        where m + interval '1 month' <= $1 and not series.held($2, m, m + interval '1 month')) returning *)
    select series.part_from('month', at), string_agg(concat_ws(E'\t', sensor, round(date_part('epoch', at) * 1000000)::bigint, n, total, low, high) || E'\n', '' order by sensor, at), count(*) from gone group by 1 order by 1 $q$,
    series.table_of(step, series_id)) using until_at, series_id;
end $$;
create function series.prove(series_id text, proof_what text, from_day timestamptz, until_day timestamptz, line_count bigint, line_digest text, by_rule text, by_version int, by_digest text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  insert into series.expiry (series, what, from_at, until_at, rows, digest, rule, rule_version, rule_digest, done_at)
  values (series_id, proof_what, from_day, until_day, line_count, line_digest, by_rule, by_version, by_digest, kernel.now());
end $$;
create function series.note_repair(series_id text, part_name text, copy_no int, good text, bad text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  insert into series.repair (series, part, copy, digest, found) values (series_id, part_name, copy_no, good, bad);
end $$;

-- What the placement board shows of each series and tier: parts, bytes, last use, holds.
create function series.placements() returns table (series text, module text, title jsonb, tier text, parts int, bytes bigint, rows bigint, last_read date, from_at timestamptz, until_at timestamptz, raw_least text, raw_most text, held boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') not in ('series', 'theme') then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  return query
    select s.id, s.module, s.title, t.tier, count(*)::int,
      sum(case t.tier when 'cold' then 2 * p.bytes else coalesce(pg_total_relation_size(to_regclass(format('series.%I', series.table_of('raw', s.id, p.name)))), 0) end)::bigint,
      sum(case t.tier when 'cold' then p.rows else (select nullif(c.reltuples, -1)::bigint from pg_class c where c.oid = to_regclass(format('series.%I', series.table_of('raw', s.id, p.name)))) end)::bigint,
      max((select max(r.on_day) from series.part_read r where r.series = p.series and r.name = p.name)), min(p.from_at), max(p.until_at), s.raw_least, s.raw_most, bool_or(series.held(s.id, p.from_at, p.until_at))
    from series.series s join series.part p on p.series = s.id cross join lateral (select case when p.state in ('cold', 'returning') then 'cold' else 'hot' end as tier) t
    group by s.id, t.tier order by s.id, t.tier desc;
end $$;
grant usage on schema series to district_module;
grant execute on function series.declare(text, jsonb, text, text, text, text, text, text), series.append(text, text[], timestamptz[], float8[]), series.parts_of(text, timestamptz, timestamptz),
  series.read_raw(text, text[], timestamptz, timestamptz, int), series.read_raw_together(text, text[], timestamptz, timestamptz, int), series.read_rolled(text, text, text[], timestamptz, timestamptz, boolean, int), series.read_latest(text, text[]), series.placements() to district_module;
-- The rows of a hot part whose deletion has begun.
create function series.expire_hot(series_id text, part text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') <> 'series' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  if to_regclass(format('series.%I', series.table_of('raw', series_id, part))) is not null then perform series.drop_part(series_id, part); end if;
end $$;
