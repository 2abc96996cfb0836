-- Enterprises that are found without a credit code: their records come and go as claims are linked (platform/linkage).

-- The subject that the engine knows an enterprise by. One that no credit code is known of has no row here; its key is provisional: Z and
-- 17 figures of its subject. GB 32100 has no Z, so that it can be mistaken for no code.
create table legal_entity.subject (
  uscc text collate "C" primary key,
  eid uuid not null unique
);
insert into legal_entity.subject (uscc, eid)
  select k.uscc, gen_random_uuid() from (select distinct uscc from legal_entity.entity_claim) k;

alter table legal_entity.entity_claim add column eid uuid, add column method text not null default 'code';
update legal_entity.entity_claim c set eid = s.eid from legal_entity.subject s where s.uscc = c.uscc;
alter table legal_entity.entity_claim alter column eid set not null;
create index entity_claim_eid on legal_entity.entity_claim (eid);

-- A golden record ends when its claims turn out to be about another; its versions stay.
alter table legal_entity.entity_version drop constraint entity_version_uscc_fkey;

-- Claims under a code that contradict its holder in name, place and head alike: a code in the wrong line. They are linked by what else they say.
create table legal_entity.held_code (
  claim_id bigint primary key,
  uscc text collate "C" not null,
  at timestamptz not null default kernel.now()
);
create index held_code_uscc on legal_entity.held_code (uscc);

alter table legal_entity.entity
  add column registration_no text,
  add column phone text,
  add column status_on text,
  add column registrar_area text,
  add column premises_address text,
  add column trading_address text,
  add column tax_office text,
  add column tax_state text,
  add column foreign_filing text,
  add column trade_right text,
  -- Derived: where it stands in its life and since when, its size, and the units whose registers it stands in.
  add column life_state text,
  add column life_on text,
  add column size_class text,
  add column registers text;
create index entity_founded on legal_entity.entity (founded_on);
