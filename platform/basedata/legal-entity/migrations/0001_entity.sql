-- Legal-entity base database (法人单位基础信息库): golden enterprises derived from claims, every version kept.

-- An enterprise as known now, by unified social credit code. Every value has its source in `sources`.
create table legal_entity.entity (
  uscc text collate "C" primary key,
  name text,
  kind text,
  status text,
  legal_representative text,
  founded_on text,
  registered_capital text,
  industry_code text,
  industry_name text,
  registered_address text,
  business_address text,
  tax_address text,
  building_code text collate "C",
  staff text,
  foreign_invested text,
  tax_rating text,
  -- Derived: committee of the building where the enterprise is.
  committee_code text collate "C",
  sources jsonb not null,
  tx_from timestamptz not null
);
create index entity_area on legal_entity.entity (committee_code, uscc);
create index entity_building on legal_entity.entity (building_code);
create index entity_name on legal_entity.entity using gin (name public.gin_trgm_ops);

-- Closed versions: what the platform held to be true from tx_from to tx_to.
create table legal_entity.entity_version (
  uscc text collate "C" not null references legal_entity.entity,
  tx_from timestamptz not null,
  tx_to timestamptz not null,
  record jsonb not null,
  primary key (uscc, tx_from),
  check (tx_from < tx_to)
);
revoke update, delete on legal_entity.entity_version from legal_entity_app, legal_entity_app_all;

-- Which enterprise a claim is about.
create table legal_entity.entity_claim (
  claim_id bigint primary key,
  uscc text collate "C" not null
);
create index entity_claim_uscc on legal_entity.entity_claim (uscc);
