-- Addresses (地址), rooms, responsible posts, other names; buildings over time; what people have to decide.

alter table space.building
  add column managed_by text,
  -- 立面保护要求, as planning states it.
  add column facade_class text,
  -- 涉密类别: what public answers must not show, and why; null for almost all.
  add column secrecy text,
  -- 房屋统一编码; see unified-code.ts for the structure.
  add column unified_code text collate "C",
  -- A code is given once: a building that ended keeps its row for ever.
  add column status text not null default 'standing' check (status in ('standing', 'demolished', 'merged', 'split')),
  add column ended_on date,
  add constraint building_ended check ((status = 'standing') = (ended_on is null));
revoke delete on space.building from space_app, space_app_all;

create function space.keep_ended() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.status <> 'standing' and (new.status, new.ended_on) is distinct from (old.status, old.ended_on) then
    raise exception 'building % has ended; its code is not used again', old.code;
  end if;
  return new;
end $$;
create trigger keep_ended before update on space.building for each row execute function space.keep_ended();

-- What of which kind public maps and answers leave out (涉密与不得公开表示的内容). `verified` stays false until a named person
-- has compared the entry with the rule.
create table space.secrecy_rule (
  kind text primary key,
  title jsonb not null,
  hidden boolean not null,
  source text not null,
  verified boolean not null default false
);
insert into space.secrecy_rule values
  ('military', '{"zh":"军事设施","en":"Military sites"}', true, '《公开地图内容表示规范》（自然资规〔2023〕2号），条款待核'),
  ('police', '{"zh":"公安与监管场所","en":"Police and custody sites"}', true, '《公开地图内容表示规范》（自然资规〔2023〕2号），条款待核'),
  ('pipe', '{"zh":"地下管线","en":"Underground pipes"}', true, '《公开地图内容表示规范》（自然资规〔2023〕2号），条款待核'),
  ('height', '{"zh":"建筑物高度","en":"Heights of buildings"}', true, '本区从严：测绘成果中的精确高度不公开，条款待核');
revoke insert, update, delete on space.secrecy_rule from space_app, space_app_all;

-- A kind that no rule knows is hidden.
create function space.hides(kind text) returns boolean language sql stable set search_path = pg_catalog as $$
  select kind is not null and coalesce((select r.hidden from space.secrecy_rule r where r.kind = hides.kind), true)
$$;

create table space.address (
  key text collate "C" not null,
  building_code text collate "C" not null references space.building,
  standard text not null,
  road text,
  lane text,
  number text,
  status text not null default 'current' check (status in ('current', 'former')),
  valid_from date not null,
  valid_to date,
  id text collate "C" generated always as (building_code || ':' || key) stored primary key,
  check ((status = 'current') = (valid_to is null))
);
create index address_building on space.address (building_code);
create index address_key on space.address (key);

create table space.alias (
  id text collate "C" generated always as (kind || ':' || alias || ':' || target) stored primary key,
  alias text not null,
  kind text not null check (kind in ('road', 'venue', 'district-own', 'district-other')),
  target text not null,
  valid_from date,
  valid_to date,
  source text not null,
  claim_id bigint not null
);

-- Other names are public (L1): modules that resolve addresses read them as they read the map.
create function space.other_names() returns table (alias text, kind text, target text)
language sql stable security definer set search_path = pg_catalog as $$ select a.alias, a.kind, a.target from space.alias a $$;
grant usage on schema space to district_module;
grant execute on function space.other_names() to district_module;

create table space.room (
  id text collate "C" generated always as (building_code || ':' || number) stored primary key,
  building_code text collate "C" not null references space.building,
  floor int,
  number text not null,
  kind text not null,
  area_m2 float8 check (area_m2 > 0),
  use text,
  right_type text,
  claim_id bigint not null
);
create index room_building on space.room (building_code);

-- Posts that answer for an area or a building; never persons.
create table space.responsibility (
  id text collate "C" generated always as (scope_code || ':' || duty) stored primary key,
  scope_code text collate "C" not null,
  duty text not null,
  unit text not null,
  post text not null,
  contact text,
  claim_id bigint not null
);

-- Predecessor and successor (沿革): who asks for an old code finds what became of it.
create table space.succession (
  id uuid primary key,
  predecessor text collate "C" not null references space.building,
  successor text collate "C" references space.building,
  kind text not null check (kind in ('demolished', 'merged', 'split')),
  happened_on date not null,
  basis text not null,
  recorded_at timestamptz not null,
  check ((kind = 'demolished') = (successor is null)),
  check (successor is distinct from predecessor)
);
create unique index succession_once on space.succession (predecessor, coalesce(successor, ''));
create index succession_successor on space.succession (successor);
revoke update, delete on space.succession from space_app, space_app_all;

-- Outlines that came without a building code, and what they were taken for.
create table space.outline (
  id text collate "C" primary key,
  claim_id bigint not null,
  address text,
  geometry public.geometry(MultiPolygon, 4490) not null,
  building_code text collate "C" references space.building,
  relation text check (relation in ('same', 'part', 'whole'))
);
create index outline_geometry on space.outline using gist (geometry);

-- What a person has to look at (冲突队列).
create table space.conflict (
  id uuid primary key,
  kind text not null check (kind in ('outline', 'room-twice', 'overlap')),
  -- The same finding comes once, however often a file is loaded.
  about text not null unique,
  building_code text collate "C",
  outline_id text collate "C" references space.outline,
  detail jsonb not null default '{}',
  state text not null default 'open' check (state in ('open', 'decided')),
  decision text,
  note text,
  decided_by text,
  decided_at timestamptz,
  found_at timestamptz not null,
  check ((state = 'decided') = (decision is not null))
);
create index conflict_open on space.conflict (found_at, id) where state = 'open';

-- Facilities (设施), classes of GB/T 30428.2. Underground ones stay off public maps.
create table space.facility (
  id text collate "C" primary key,
  kind text not null,
  class_code text,
  building_code text collate "C" references space.building,
  secrecy text,
  geometry public.geometry(Geometry, 4490) not null,
  claim_id bigint not null
);
create index facility_geometry on space.facility using gist (geometry);

-- Moves on with every change of what an address book holds, and with nothing else: address books in memory compare it. `house` tells
-- two installations apart that one process serves.
create table space.revision (
  single boolean primary key default true check (single),
  number bigint not null default 0,
  house uuid not null default gen_random_uuid()
);
insert into space.revision default values;
-- The argument names the columns that an address book holds. A statement that touches no row, or none of these columns, changes no book.
create function space.book_changed() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  changed boolean := true;
begin
  if tg_op = 'INSERT' then
    changed := exists (select from new_rows);
  elsif tg_op = 'DELETE' then
    changed := exists (select from old_rows);
  elsif tg_op = 'UPDATE' then
    execute format('select exists ((select %1$s from new_rows except select %1$s from old_rows) union all (select %1$s from old_rows except select %1$s from new_rows))', tg_argv[0])
      into changed;
  end if;
  if changed then
    update space.revision set number = number + 1;
  end if;
  return null;
end $$;
do $$
declare
  held record;
begin
  for held in select * from (values ('address', 'building_code, standard, status'), ('alias', 'alias, kind, target'), ('building', 'code, address_key, status, secrecy'))
      as h (name, columns) loop
    execute format('create trigger book_added after insert on space.%I referencing new table as new_rows for each statement execute function space.book_changed()', held.name);
    execute format('create trigger book_taken after delete on space.%I referencing old table as old_rows for each statement execute function space.book_changed()', held.name);
    execute format('create trigger book_changed after update on space.%I referencing old table as old_rows new table as new_rows for each statement execute function space.book_changed(%L)',
      held.name, held.columns);
    execute format('create trigger book_emptied after truncate on space.%I for each statement execute function space.book_changed()', held.name);
  end loop;
end $$;

-- For modules that resolve addresses: whether the book that they keep is still the one, and which houses are gone (both public, L1).
create function space.book_revision() returns text
language sql stable security definer set search_path = pg_catalog as $$ select r.house || ':' || r.number from space.revision r $$;
create function space.ended_buildings() returns setof text
language sql stable security definer set search_path = pg_catalog as $$ select b.code from space.building b where b.status <> 'standing' $$;
grant execute on function space.book_revision(), space.ended_buildings() to district_module;

-- Addresses of the buildings that are already here.
insert into space.address (key, building_code, standard, valid_from)
select address_key, code, address, (tx_from at time zone 'Asia/Shanghai')::date from space.building where address_key is not null;

-- Codes are handed out one after the other and never twice, also where the building is gone.
create table space.last_code (street text collate "C" primary key, number int not null);
