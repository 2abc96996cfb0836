-- Areas of the district (行政区划与单元网格). Codes are prefixes of each other, so a scope is a range of codes.
create table geo.area (
  code text collate "C" primary key,
  level text not null check (level in ('district', 'street', 'committee', 'cell')),
  name text not null,
  name_en text,
  -- No foreign key: a register of committees may arrive before that of streets, and the prefix says the same.
  parent text collate "C",
  geometry public.geometry(MultiPolygon, 4490),
  -- The outline was made by the sample generator, not surveyed.
  generated boolean not null default false,
  -- Where code and name come from; where the outline comes from.
  dataset text not null,
  outline_dataset text,
  licence text,
  batch text,
  valid_from date not null default '2000-01-01',
  valid_to date,
  constraint area_code_fits_level check (
    code ~ '^[0-9]+$' and length(code) = case level when 'district' then 6 when 'street' then 9 when 'committee' then 12 else 14 end),
  constraint area_parent_is_prefix check ((level = 'district') = (parent is null) and (parent is null or left(code, length(parent)) = parent)),
  constraint area_valid check (valid_to is null or valid_to > valid_from)
);
create index area_geometry on geo.area using gist (geometry);
create index area_level on geo.area (level, code);
create index area_parent on geo.area (parent);

-- Moves on with every change of an area: caches compare it instead of waiting for a message.
create table geo.revision (
  single boolean primary key default true check (single),
  number bigint not null default 0
);
insert into geo.revision default values;
create function geo.area_changed() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update geo.revision set number = number + 1;
  return null;
end $$;
create trigger area_changed after insert or update or delete or truncate on geo.area for each statement execute function geo.area_changed();

-- One row for each file of places: what it is, whose it is and what may be done with it.
create table geo.dataset (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title jsonb not null,
  licence text not null,
  attribution text,
  source_url text,
  badge text not null check (badge in ('sample', 'real', 'reference')),
  -- Derived from OpenStreetMap: its rows stand in osm_place, so that the share-alike of the ODbL stays with them.
  osm boolean not null default false,
  updated_at timestamptz not null default kernel.now()
);

create table geo.place (
  key text collate "C" generated always as (dataset || ':' || place_id) stored primary key,
  dataset text not null references geo.dataset,
  place_id text not null,
  name text,
  name_en text,
  kind text not null,
  category text,
  geometry public.geometry(Geometry, 4490) not null,
  properties jsonb not null default '{}' check (jsonb_typeof(properties) = 'object'),
  licence text not null,
  -- The claim (申报数据) that this row was made from.
  claim text,
  batch text,
  updated_at timestamptz not null default kernel.now()
);
create index place_geometry on geo.place using gist (geometry);
create index place_dataset on geo.place (dataset, key);
create index place_name on geo.place using gin (name public.gin_trgm_ops);

-- The same for what comes from OpenStreetMap, © OpenStreetMap contributors, Open Database License 1.0.
create table geo.osm_place (
  key text collate "C" generated always as (dataset || ':' || place_id) stored primary key,
  dataset text not null references geo.dataset,
  place_id text not null,
  name text,
  name_en text,
  kind text not null,
  category text,
  geometry public.geometry(Geometry, 4490) not null,
  properties jsonb not null default '{}' check (jsonb_typeof(properties) = 'object'),
  licence text not null default 'ODbL-1.0',
  claim text,
  batch text,
  updated_at timestamptz not null default kernel.now()
);
create index osm_place_geometry on geo.osm_place using gist (geometry);
create index osm_place_dataset on geo.osm_place (dataset, key);
create index osm_place_name on geo.osm_place using gin (name public.gin_trgm_ops);
