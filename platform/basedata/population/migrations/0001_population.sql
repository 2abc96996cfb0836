-- Population base database (人口基础库): golden records derived from claims, every version kept.

-- A person as known now. Every value has its source in `sources`: attribute → {c: claim, d: dataset, u: unit, at, from}.
create table population.person (
  pid uuid primary key,
  name text, sex text, birth_date date, nation text, phone text,
  household_no text, relation text,
  building_code text collate "C", room text, residence_address text, residence_from date,
  hukou_address text, death_date date,
  -- Derived: committee of the building, address as compared with buildings, masked identity number.
  committee_code text collate "C", address_key text, id_masked text,
  sources jsonb not null,
  tx_from timestamptz not null
);
create index person_area on population.person (committee_code, building_code, room, pid);
create index person_name on population.person (name collate "C", pid);
create index person_household on population.person (household_no);
create index person_building on population.person (building_code);
create index person_address on population.person (address_key) where building_code is null;

-- Closed versions: what the platform held to be true from tx_from to tx_to.
create table population.person_version (
  pid uuid not null references population.person,
  tx_from timestamptz not null,
  tx_to timestamptz not null,
  record jsonb not null,
  primary key (pid, tx_from),
  check (tx_from < tx_to)
);

-- Conditions (人员状况) that only some may see: insured, maritalStatus, school, lowIncome, disability. Open = tx_to is null.
create table population.condition (
  pid uuid not null references population.person,
  kind text not null check (kind in ('insured', 'maritalStatus', 'school', 'lowIncome', 'disability')),
  value text not null,
  source jsonb not null,
  tx_from timestamptz not null,
  tx_to timestamptz,
  primary key (pid, kind, tx_from)
);
create unique index condition_now on population.condition (pid, kind) where tx_to is null;

-- Identifiers of a person. In clear nowhere: look-up digest, sealed value, masked text.
create table population.identifier (
  kind text not null,
  lookup_key text not null,
  sealed text not null,
  masked text not null,
  pid uuid not null,
  primary key (kind, lookup_key)
);
create index identifier_person on population.identifier (pid);

-- Which person a claim is about, and by which method that was found; pid null = none yet (no usable identifier).
create table population.person_claim (
  claim_id bigint primary key,
  pid uuid,
  method text not null,
  at timestamptz not null default kernel.now()
);
create index person_claim_person on population.person_claim (pid);
create index person_claim_unmatched on population.person_claim (at) where pid is null;

-- Claims under one identity number that contradict its holder in name and birth date: held apart until a person decides.
create table population.conflict (
  claim_id bigint primary key,
  pid uuid not null,
  kind text not null default 'identity',
  state text not null default 'frozen' check (state in ('frozen', 'released')),
  found_at timestamptz not null default kernel.now(),
  released_at timestamptz
);
create index conflict_person on population.conflict (pid);

-- Households (户): derived from their members.
create table population.household (
  household_no text primary key,
  head uuid,
  head_name text,
  members int not null,
  building_code text collate "C",
  committee_code text collate "C",
  address text,
  updated_at timestamptz not null
);
create index household_area on population.household (committee_code, building_code, household_no);

-- Fields that were opened in clear: the audit says who and when, this says which field.
create table population.unmasking (
  trace text not null,
  pid uuid not null,
  field text not null,
  at timestamptz not null default kernel.now()
);
create index unmasking_person on population.unmasking (pid, at);
revoke update, delete on population.unmasking, population.person_version from population_app, population_app_all;

alter table population.person enable row level security;
alter table population.person_version enable row level security;
alter table population.condition enable row level security;
alter table population.identifier enable row level security;
alter table population.household enable row level security;
alter table population.conflict enable row level security;
alter table population.unmasking enable row level security;
-- A post sees the people of its area; what hangs on a person is seen with the person.
create policy own_area on population.person to population_app
  using (committee_code >= (select kernel.area_from()) and committee_code < (select kernel.area_to()));
create policy own_area on population.household to population_app
  using (committee_code >= (select kernel.area_from()) and committee_code < (select kernel.area_to()));
create policy with_person on population.person_version to population_app using (exists (select from population.person p where p.pid = person_version.pid));
create policy with_person on population.condition to population_app using (exists (select from population.person p where p.pid = condition.pid));
create policy with_person on population.identifier to population_app using (exists (select from population.person p where p.pid = identifier.pid));
create policy with_person on population.conflict for select to population_app using (exists (select from population.person p where p.pid = conflict.pid));
create policy own_writing on population.unmasking for insert to population_app with check (true);
create policy all_persons on population.person to population_app_all using (true) with check (true);
create policy all_persons on population.person_version to population_app_all using (true) with check (true);
create policy all_persons on population.condition to population_app_all using (true) with check (true);
create policy all_persons on population.identifier to population_app_all using (true) with check (true);
create policy all_persons on population.household to population_app_all using (true) with check (true);
create policy all_persons on population.conflict to population_app_all using (true) with check (true);
create policy all_persons on population.unmasking to population_app_all using (true) with check (true);

-- A resident's own data, whatever the area of the account: the views run with the owner's rights and hold one person.
create view population.own_person as select * from population.person where pid = nullif(kernel.actor('person'), '')::uuid;
create view population.own_person_version as select * from population.person_version where pid = nullif(kernel.actor('person'), '')::uuid;
create view population.own_condition as select * from population.condition where pid = nullif(kernel.actor('person'), '')::uuid;
create view population.own_unmasking as select * from population.unmasking where pid = nullif(kernel.actor('person'), '')::uuid;
revoke insert, update, delete on population.own_person, population.own_person_version, population.own_condition, population.own_unmasking from population_app, population_app_all;

-- The person behind a look-up digest, for linking an account to its holder.
create function population.resolve_subject(digest text) returns uuid language sql stable security definer set search_path = pg_catalog
  as $$ select pid from population.identifier where kind = 'id18' and lookup_key = digest $$;
do $$ declare r text; begin
  foreach r in array array['identity_app', 'identity_app_all'] loop
    if exists (select from pg_roles where rolname = r) then
      execute format('grant usage on schema population to %I', r);
      execute format('grant execute on function population.resolve_subject(text) to %I', r);
    end if;
  end loop;
end $$;

-- Answers yes, no or unknown field by field (核验) about anyone in the district, and shows no value.
create function population.verify(digest text, person uuid, stated jsonb) returns table (pid uuid, field text, answer text)
language sql stable security definer set search_path = pg_catalog as $$
  with subject as (
    select to_jsonb(p) as record, p.pid from population.person p
    where p.pid = coalesce(person, (select i.pid from population.identifier i where i.kind = 'id18' and i.lookup_key = digest)))
  select s.pid, f.key, case
    when s.pid is null or held.value is null then 'unknown'
    when held.value = f.value then 'yes' else 'no' end
  from jsonb_each_text(stated) f
  left join subject s on true
  left join lateral (
    select coalesce(
      s.record ->> (case f.key when 'name' then 'name' when 'sex' then 'sex' when 'birthDate' then 'birth_date' when 'phone' then 'phone'
        when 'address' then 'address_key' when 'buildingCode' then 'building_code' when 'committeeCode' then 'committee_code' when 'householdNo' then 'household_no' end),
      (select c.value from population.condition c where c.pid = s.pid and c.kind = f.key and c.tx_to is null)) as value) held on true
$$;
