-- Space base database (空间地理和建筑设施信息库): golden buildings derived from claims, every version kept.

-- A building as known now. Every value has its source in `sources`: attribute → {c: claim, d: dataset, u: unit, at}.
create table space.building (
  code text collate "C" primary key,
  name text,
  address text,
  -- Committee as a source states it; where the building stands is committee_code.
  committee_stated text collate "C",
  year_built int,
  floors int,
  height_m float8,
  structure text,
  use text,
  heritage_class text,
  dwellings int,
  -- Outline as its source gave it (GeoJSON, EPSG:4490), and as a geometry.
  outline text,
  geometry public.geometry(MultiPolygon, 4490) generated always as (
    public.ST_CollectionExtract(public.ST_Multi(public.ST_MakeValid(public.ST_SetSRID(public.ST_GeomFromGeoJSON(outline), 4490))), 3)) stored,
  -- Derived: committee and cell by place (the committee as stated where no cell is known), address as compared.
  committee_code text collate "C",
  cell_code text collate "C",
  address_key text,
  sources jsonb not null,
  tx_from timestamptz not null
);
create index building_geometry on space.building using gist (geometry);
create index building_area on space.building (committee_code, code);
create index building_address on space.building (address_key);

-- Closed versions: what the platform held to be true from tx_from to tx_to.
create table space.building_version (
  code text collate "C" not null references space.building,
  tx_from timestamptz not null,
  tx_to timestamptz not null,
  record jsonb not null,
  primary key (code, tx_from),
  check (tx_from < tx_to)
);
revoke update, delete on space.building_version from space_app, space_app_all;

-- Which building a claim is about.
create table space.building_claim (
  claim_id bigint primary key,
  code text collate "C" not null
);
create index building_claim_code on space.building_claim (code);
